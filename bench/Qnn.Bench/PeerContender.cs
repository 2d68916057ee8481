using System.Globalization;

namespace Qnn.Bench;

/// <summary>A model in another process, which measures its own calls.</summary>
internal sealed class PeerContender : Contender
{
    private readonly Peer _peer;

    private PeerContender(string name, int threads, Peer peer) : base(name, threads) => _peer = peer;

    /// <summary>Loads a model into a peer of its own; says why where the peer cannot.</summary>
    public static PeerContender? Load(TorchPeer torch, string engine, string path, int threads, IEnumerable<string> shapes, out string? fault)
    {
        fault = null;
        var peer = torch.Start();
        string? answer = peer?.Ask(["load", path, engine, threads.ToString(CultureInfo.InvariantCulture), .. shapes]);
        if (answer == "loaded") return new PeerContender($"{torch.Name}, {engine}", threads, peer!);
        peer?.Dispose();
        fault = $"{torch.Name}, {engine}: {answer ?? "it ended"}";
        return null;
    }

    public override void Run() => Ask(1, 0);

    public override void Measure(int warmCalls, int measuredCalls)
    {
        string answer = Ask(warmCalls, measuredCalls);
        Milliseconds.AddRange(answer.Split(' ').Select(t => double.Parse(t, CultureInfo.InvariantCulture)));
    }

    public override void Dispose() => _peer.Dispose();

    private string Ask(int warmCalls, int measuredCalls) =>
        _peer.Ask("run", warmCalls.ToString(CultureInfo.InvariantCulture), measuredCalls.ToString(CultureInfo.InvariantCulture)) is { } answer && !answer.StartsWith("error", StringComparison.Ordinal)
            ? answer
            : throw new InvalidOperationException($"{Name} does not run.");
}
