using System.Diagnostics;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;

namespace Qnn.Compiler.Tests.Import;

/// <summary>Faults of the compiler that changed models show, one for each place of the code: whatever is wrong with a model, it is imported and lowered, or refused with a <see cref="ModelException"/>, in a time that has a bound.</summary>
internal sealed class ImportFaults
{
    // Graphs whose tensors are larger are not lowered.
    private const long LargestTensor = 1 << 26;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(100);

    private readonly SortedDictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>Imports and lowers a changed model.</summary>
    public void Try(string name, Func<Graph> import)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var graph = import();
            if (graph.Nodes.All(n => n.Outputs.All(o => o.Type.ByteLength < LargestTensor))) GraphLowering.Lower(PassPipeline.Run(graph));
        }
        catch (ModelException e)
        {
            Assert.All(e.Diagnostics, d => Assert.StartsWith("QNN", d.Code, StringComparison.Ordinal));
        }
        catch (Exception e)
        {
            _faults.TryAdd(e.StackTrace!.Split('\n').First(l => l.Contains("Qnn.", StringComparison.Ordinal)).Trim(), $"{name}: {e}");
        }
        if (clock.Elapsed > s_limit) _faults.TryAdd($"slow {name}", $"{name} took {clock.Elapsed}");
    }

    /// <summary>Fails, with all of them, where there are any.</summary>
    public void AssertNone() => Assert.True(_faults.Count == 0, string.Join("\n\n", _faults.Values));
}
