using System.Diagnostics;

namespace Qnn.Bench;

/// <summary>A process that answers commands, a line each, by a line each: a framework that does not run inside this one. bench/peers/torch_peer.py lists the commands.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    private Peer(Process process) => _process = process;

    /// <summary>Starts a peer; null where there is no such program.</summary>
    public static Peer? Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            var process = Process.Start(start)!;
            // Warnings would fill the pipe.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return new Peer(process);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The answer to a command; null where the peer has ended.</summary>
    public string? Ask(params string[] command)
    {
        try
        {
            _process.StandardInput.WriteLine(string.Join('\t', command));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            return null;
        }
        return _process.StandardOutput.ReadLine();
    }

    public void Dispose()
    {
        // Not the writer: it would write to a peer that has ended.
        _process.StandardInput.BaseStream.Close();
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }
}
