using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Where the elements of a resized axis lie between those before.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Extent">Its extent before.</param>
/// <param name="Places">The places, on the axis before.</param>
/// <param name="Linear">The two neighbours of each place, and their weights.</param>
internal sealed record AxisNeighbours(int Axis, int Extent, float[] Places, (int[] At, float[] Weights)[] Linear);

/// <summary>Linear interpolation that is no plain one of float images: as a sum of neighbours, each with the product of its weights.</summary>
internal static class Resampling
{
    private const int FractionBits = 10;

    // Operators that ONNX Runtime keeps channels last between convolutions.
    private static readonly HashSet<string> s_transparent = ["MaxPool", "Resize", "QLinearAdd", "QLinearMul", "QLinearConcat", "QLinearLeakyRelu", "QLinearSigmoid", "QLinearAveragePool", "QLinearGlobalAveragePool"];

    /// <summary>Volumes (and series, which are taken for volumes): eight neighbours, the last axis innermost, in float.</summary>
    public static Value Volumes(OnnxNode node, AxisNeighbours[] axes)
    {
        var x = node.Input(0);
        if (x.Type.Element != ElementType.F32) throw node.Unsupported($"it interpolates {x.Type}");
        return Sum(node, x, axes, (i, taps) => taps.Reverse().Select((tap, a) => axes[axes.Length - 1 - a].Linear[i[axes.Length - 1 - a]].Weights[tap]).Aggregate((p, w) => p * w));
    }

    /// <summary>
    /// Images of 8 bits: in float, the result cut off; where a convolution made them, whose channels are last, with weights of 10 fractional bits, the sum divided by 2^20 and cut off.
    /// </summary>
    public static Value Bytes(OnnxNode node, AxisNeighbours[] axes)
    {
        var x = node.Input(0);
        Value sum;
        if (node.Importer.Patterns.ComesFrom(node.Proto.Input[0], "QLinearConv", s_transparent))
        {
            var fixedPoint = axes.Select(Fixed).ToArray();
            sum = Sum(node, node.Emit(new Cast(ElementType.S32), x), axes, (i, taps) => fixedPoint[0][i[0]][taps[0]] * fixedPoint[1][i[1]][taps[1]]);
            sum = node.Emit(new Binary(BinaryKind.Divide), sum, OnnxNode.Scalar(1 << 2 * FractionBits));
        }
        else
        {
            sum = Sum(node, node.Emit(new Cast(ElementType.F32), x), axes, (i, taps) => axes[1].Linear[i[1]].Weights[taps[1]] * axes[0].Linear[i[0]].Weights[taps[0]]);
            sum = node.Emit(new Cast(ElementType.S32), sum);
        }
        return node.EmitQuantized(new Cast(x.Type.Element), x.Type.Quantization, sum);
    }

    // The weights of an axis with 10 fractional bits; halves where both neighbours are the same.
    private static int[][] Fixed(AxisNeighbours axis) => [.. axis.Places.Select((place, i) =>
    {
        var (at, _) = axis.Linear[i];
        int scaled = (int)(Math.Clamp(place, 0, axis.Extent - 1) * (1 << FractionBits));
        return at[0] == at[1] ? (int[])[1 << FractionBits - 1, 1 << FractionBits - 1] : [Math.Abs(scaled - (at[1] << FractionBits)), Math.Abs(scaled - (at[0] << FractionBits))];
    })];

    private static Value Sum<T>(OnnxNode node, Value x, AxisNeighbours[] axes, Func<int[], int[], T> weight) where T : unmanaged
    {
        int[] extents = [.. Enumerable.Repeat(1, x.Type.Shape.Rank)], counts = [.. axes.Select(a => a.Linear.Length)];
        foreach (var axis in axes) extents[axis.Axis] = axis.Linear.Length;
        var shape = new Shape(extents);
        int[] strides = new Shape(counts).Strides();
        Value? sum = null;
        for (int corner = 0; corner < 1 << axes.Length; corner++)
        {
            int[] taps = [.. axes.Select((_, a) => corner >> axes.Length - 1 - a & 1)];
            var weights = new T[shape.ElementCount];
            for (int i = 0; i < weights.Length; i++) weights[i] = weight([.. counts.Select((count, a) => i / strides[a] % count)], taps);
            var taken = axes.Select((axis, a) => (axis, a)).Aggregate(x, (v, p) => node.Emit(new Gather(p.axis.Axis), v, Value.Of("places", Tensor.Of<long>(new Shape(counts[p.a]), [.. p.axis.Linear.Select(n => (long)n.At[taps[p.a]])]))));
            var part = node.Emit(new Binary(BinaryKind.Multiply), taken, Value.Of("weights", Tensor.Of<T>(shape, weights)));
            sum = sum is null ? part : node.Emit(new Binary(BinaryKind.Add), sum, part);
        }
        return sum!;
    }
}
