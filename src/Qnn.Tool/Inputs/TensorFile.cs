using Qnn.Compiler.Diagnostics;
using Qnn.Runtime;

namespace Qnn.Tool.Inputs;

/// <summary>Reads a file of a tensor's elements: raw little-endian, row-major, of the model's own element type; or .npy.</summary>
internal static class TensorFile
{
    /// <summary>The elements that a file holds, if they are of a type.</summary>
    /// <exception cref="ModelException">It cannot be read.</exception>
    public static int Count(string path, ElementType type)
    {
        try
        {
            using var file = File.OpenRead(path);
            NpyHeader.TryRead(file, path);
            return (int)Math.Min((file.Length - file.Position) / type.Size(), int.MaxValue);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CannotRead(path, fault);
        }
    }

    /// <summary>Reads a file into an input.</summary>
    /// <exception cref="ModelException">It does not fit.</exception>
    public static void Read(string path, TensorDescription tensor, Span<byte> destination)
    {
        try
        {
            using var file = File.OpenRead(path);
            long length = file.Length;
            if (NpyHeader.TryRead(file, path) is { } header)
            {
                header.Check(tensor, path);
                length -= file.Position;
            }
            if (length != destination.Length)
            {
                throw Mismatch(path, $"it holds {length} bytes; input '{tensor.Name}' takes {destination.Length}: {tensor.Type.Name()} {string.Join('x', tensor.Shape)}");
            }
            file.ReadExactly(destination);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CannotRead(path, fault);
        }
    }

    private static ModelException CannotRead(string path, Exception fault) =>
        new(Diagnostic.Error(DiagnosticCodes.FileNotFound, $"The input file cannot be read: {fault.Message}", path));

    /// <summary>The fault of a file that does not fit the model.</summary>
    public static ModelException Mismatch(string path, string why) =>
        new(Diagnostic.Error(DiagnosticCodes.InputMismatch, $"The file does not fit the model: {why}.", path));
}
