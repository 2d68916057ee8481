using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import;

/// <summary>
/// Where channels stand. The IR's windows (convolutions, pools, resizes) take them last; PyTorch, ONNX and MXNet put them second.
/// Importers wrap each such operator in a pair of transposes, and a pass moves those to the edges of the graph.
/// </summary>
internal static class Channels
{
    /// <summary>[N, C, ...] as [N, ..., C].</summary>
    public static Value ToLast(GraphBuilder builder, Value value, SourceLocation location) => value.Type.Shape.Rank < 3
        ? value
        : Permute(builder, value, [0, .. Enumerable.Range(2, value.Type.Shape.Rank - 2), 1], location);

    /// <summary>[N, ..., C] as [N, C, ...].</summary>
    public static Value ToSecond(GraphBuilder builder, Value value, SourceLocation location) => value.Type.Shape.Rank < 3
        ? value
        : Permute(builder, value, [0, value.Type.Shape.Rank - 1, .. Enumerable.Range(1, value.Type.Shape.Rank - 2)], location);

    /// <summary>Transposes a value; the axis of a per-channel quantization moves along. What was transposed the other way round just before is taken as it was.</summary>
    public static Value Permute(GraphBuilder builder, Value value, int[] permutation, SourceLocation location)
    {
        if (builder.Producer(value) is { Operator: Transpose before } producer && permutation.Select((axis, i) => before.Permutation[axis] == i).All(same => same)) return producer.Input(0);
        var quantization = value.Type.Quantization;
        if (quantization is { IsPerChannel: true }) quantization = new Quantization(quantization.Scales, quantization.ZeroPoints, Array.IndexOf(permutation, quantization.Axis));
        return builder.Add(new Transpose(new Ints(permutation)), [value], location, quantization);
    }
}
