using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Passes;

/// <summary>A rewritten graph, run on all kernels that this machine has.</summary>
internal static class EveryTier
{
    /// <summary>Checks that the graph's first output is <paramref name="expected"/>, bit for bit, on each of them with one thread and with several.</summary>
    public static void Gives(Tensor expected, Graph graph, params Tensor[] inputs)
    {
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(graph), ArtifactMetadata.None));
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
                for (int i = 0; i < inputs.Length; i++) inputs[i].Bytes.Span.CopyTo(session.Input(i));
                session.Run();
                Assert.Equal(expected.Bytes.ToArray(), session.Output(0).ToArray());
            }
        }
    }
}
