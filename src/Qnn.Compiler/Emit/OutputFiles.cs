using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Emit;

/// <summary>Files that a command writes: all of them whole, or none. Each is written under another name beside its own, and moved there at the end.</summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly List<(string Temporary, string Final)> _files = [];

    /// <summary>Writes a file; it appears under its name at <see cref="Commit"/>.</summary>
    public void Add(string path, ReadOnlySpan<byte> contents)
    {
        try
        {
            string final = Path.GetFullPath(path);
            string temporary = $"{final}.{Environment.ProcessId}.{_files.Count}.tmp";
            Directory.CreateDirectory(Path.GetDirectoryName(final)!);
            _files.Add((temporary, final));
            File.WriteAllBytes(temporary, contents);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CannotWrite(path, fault);
        }
    }

    /// <summary>Writes a text file.</summary>
    public void Add(string path, string text) => Add(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Gives the files their names.</summary>
    public void Commit()
    {
        foreach (var (temporary, final) in _files)
        {
            try
            {
                File.Move(temporary, final, overwrite: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw CannotWrite(final, fault);
            }
        }
        _files.Clear();
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        foreach (var (temporary, _) in _files)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The first fault is the one to report.
            }
        }
    }

    private static ModelException CannotWrite(string path, Exception fault) =>
        new(Diagnostic.Error(DiagnosticCodes.CannotWrite, $"The file cannot be written: {fault.Message}", path));
}
