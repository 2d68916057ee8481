using Qnn.Runtime;
using Qnn.Testing;

namespace Qnn.Bench;

/// <summary>TorchScript networks beside PyTorch itself, by each of its engines, and beside ONNX Runtime on ONNX files of the same networks.</summary>
internal sealed class TorchRace(Report report, InferenceOptions options, int rounds, string? python)
{
    private static readonly int[] s_threads = [1, 2];

    // QNNPACK is made for ARM; nobody would choose it here.
    private static readonly string[] s_engines = ["fbgemm", "onednn", "x86"];

    private static readonly string[] s_numerics = ["fbgemm", "onednn"];

    /// <summary>A network: its TorchScript file, the shapes of its inputs, and ONNX files with their titles.</summary>
    private sealed record Network(string Name, string Path, string Shapes, IReadOnlyList<(string Title, string Path)> Onnx);

    /// <summary>Measures the networks of a folder, and MobileNetV2 of the test models, where they are there.</summary>
    public void Run(string folder, string shapes, string artifacts, Func<string, bool> isWanted)
    {
        report.Line($"Machine: {Machine.Describe()}.");
        TorchPeer[] peers = [.. new[] { TorchPeer.OfPython(python), TorchPeer.OfLibTorch() }.OfType<TorchPeer>()];
        if (!peers.Any(p => p.Name.StartsWith("PyTorch", StringComparison.Ordinal))) Skip("PyTorch was skipped: python3 has no torch (--python names another interpreter).");
        if (!peers.Any(p => p.Name.StartsWith("libtorch", StringComparison.Ordinal))) Skip("libtorch was skipped: build bench/peers/LibTorch with -c Release to measure it.");
        foreach (var network in Networks(folder, shapes).Where(n => isWanted(n.Name))) Measure(network, peers, artifacts);
    }

    private static IEnumerable<Network> Networks(string folder, string shapes)
    {
        const string MobileNet = "mobilenet_v2_qint8_perchannel";
        if (TestModels.Names("torchscript").Contains(MobileNet))
        {
            var model = TestModels.Open("torchscript", MobileNet);
            var onnx = new[] { "onnx_mobilenet_v2_qop_perchannel", "onnx_mobilenet_v2_qdq_perchannel" }.Where(TestModels.Names("onnx").Contains);
            yield return new Network("MobileNetV2", model.ModelPath, model.InputShapes!, [.. onnx.Select(o => (o, TestModels.Open("onnx", o).ModelPath))]);
        }
        foreach (string file in Directory.GetFiles(folder, "*.pt").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            yield return new Network(name, file, shapes, [.. Directory.GetFiles(folder, $"{name}_q*.onnx").Order(StringComparer.Ordinal).Select(f => (Path.GetFileNameWithoutExtension(f), f))]);
        }
    }

    private void Measure(Network network, TorchPeer[] peers, string artifacts)
    {
        BenchModel[] ours = [.. s_numerics.Select(n => BenchModel.CompileTorch($"Qnn.Sdk, {n}", network.Path, network.Shapes, n, artifacts))];
        var runs = new List<Contender[]>();
        foreach (int threads in s_threads)
        {
            Contender[] contenders = [.. Contenders(network, ours, peers, threads)];
            Race.Run(contenders, rounds);
            runs.Add(contenders);
            foreach (var contender in contenders) contender.Dispose();
        }
        report.Line();
        report.Head($"{network.Name}, {Report.Millions(ours[0].MultiplyAdds)} M mul-adds, by turns", "1 thread min, ms", "1 thread median", "2 threads min", "2 threads median", "Qnn.Sdk to it, minima of 1 thread", "of 2 threads");
        for (int i = 0; i < runs[0].Length; i++)
        {
            var (one, two) = (runs[0][i], runs[1][i]);
            report.Row(
                one.Name, Report.Milliseconds(one.Minimum), Report.Milliseconds(one.Median), Report.Milliseconds(two.Minimum), Report.Milliseconds(two.Median),
                Report.Ratio(runs[0][0].Minimum / one.Minimum), Report.Ratio(runs[1][0].Minimum / two.Minimum));
        }
    }

    private IEnumerable<Contender> Contenders(Network network, BenchModel[] ours, TorchPeer[] peers, int threads)
    {
        string[] shapes = [];
        foreach (var model in ours)
        {
            var contender = new QnnContender(model.Title, model.Artifact, options with { Threads = threads });
            shapes = [.. contender.Session.Model.Inputs.Select(i => string.Join('x', i.Shape))];
            yield return contender;
        }
        foreach (var peer in peers)
        {
            foreach (string engine in peer.Engines.Intersect(s_engines))
            {
                if (PeerContender.Load(peer, engine, network.Path, threads, shapes, out string? fault) is { } contender) yield return contender;
                else Skip($"Skipped: {fault}");
            }
        }
        foreach (var (title, file) in network.Onnx) yield return new OnnxContender($"ONNX Runtime, {title}", file, threads);
    }

    private void Skip(string why)
    {
        Console.Error.WriteLine(why);
        report.Line(why);
    }
}
