using Qnn.Testing;

namespace Qnn.Bench;

/// <summary>A PyTorch that can be measured: its program, and the quantized engines that it has.</summary>
internal sealed record TorchPeer(string Name, IReadOnlyList<string> Engines, string Program, params IReadOnlyList<string> Arguments)
{
    private static string Folder => Path.Combine(TestModels.RepositoryRoot, "bench", "peers");

    /// <summary>Python's PyTorch, of the first interpreter that has one.</summary>
    public static TorchPeer? OfPython(string? python)
    {
        string script = Path.Combine(Folder, "torch_peer.py");
        return (python is null ? ["python3", "/usr/bin/python3"] : new[] { python }).Select(p => Find("PyTorch", p, script)).FirstOrDefault(p => p is not null);
    }

    /// <summary>The libtorch of bench/peers/LibTorch, where that project has been built.</summary>
    public static TorchPeer? OfLibTorch() => Find("libtorch", Path.Combine(TestModels.RepositoryRoot, "artifacts", "bin", "LibTorch", "release_linux-x64", "LibTorch"));

    public Peer? Start() => Peer.Start(Program, [.. Arguments]);

    private static TorchPeer? Find(string name, string program, params string[] arguments)
    {
        using var peer = Peer.Start(program, arguments);
        return peer?.Ask("engines")?.Split(' ') is [var version, .. var engines] ? new TorchPeer($"{name} {version}", engines, program, arguments) : null;
    }
}
