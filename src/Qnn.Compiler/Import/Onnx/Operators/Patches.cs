using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>What the windows over data [N, C, spatial...] see, by a table of indices: for windows that no operator of the IR has (three axes, distances between taps).</summary>
/// <param name="Data">[N, C, taps, windows]</param>
/// <param name="Windows">The number of windows along each spatial axis.</param>
internal sealed record Patches(Value Data, int[] Windows)
{
    /// <summary>Looks the elements of all windows up. Padding has a value.</summary>
    public static Patches Of(OnnxNode node, Value x, Windows windows, double padding)
    {
        var padded = node.EmitQuantized(new Pad(new Ints([0, 0, .. windows.Before]), new Ints([0, 0, .. windows.After]), padding), x.Type.Quantization, x);
        int[] extents = [.. padded.Type.Shape.Skip(2)], counts = windows.Counts(extents);
        long taps = windows.Kernel.Aggregate(1L, (n, k) => n * k), places = counts.Aggregate(1L, (n, c) => n * c);
        if (counts.Any(c => c < 1)) throw node.Malformed("has a window larger than its data");
        if (taps > OnnxNode.MostIndices || places > OnnxNode.MostIndices || taps * places > OnnxNode.MostIndices) throw node.Unsupported("its windows take too many elements");
        var table = new long[taps * places];
        int[] tapStrides = new Shape(windows.Kernel).Strides(), placeStrides = new Shape(counts).Strides(), strides = new Shape(extents).Strides();
        for (int i = 0; i < table.Length; i++)
        {
            var (tap, place) = Math.DivRem(i, (int)places);
            for (int axis = 0; axis < extents.Length; axis++)
            {
                int t = tap / tapStrides[axis] % windows.Kernel[axis], p = place / placeStrides[axis] % counts[axis];
                table[i] += (long)(p * windows.Strides[axis] + t * windows.Dilations[axis]) * strides[axis];
            }
        }
        var s = padded.Type.Shape;
        if (taps == 1 && places == s.Skip(2).Aggregate(1L, (n, e) => n * e)) return new Patches(node.Reshape(padded, s[0], s[1], 1, (int)places), counts);
        var flat = node.Reshape(padded, s[0], s[1], s.Skip(2).Aggregate(1, (n, e) => n * e));
        var indices = Value.Of("windows", Tensor.Of<long>(new Shape((int)taps, (int)places), table));
        return new Patches(node.EmitQuantized(new Gather(2), x.Type.Quantization, flat, indices), counts);
    }

    /// <summary>[N, C', windows] as [N, C', spatial...].</summary>
    public Value Spread(OnnxNode node, Value y) => node.Reshape(y, [y.Type.Shape[0], y.Type.Shape[1], .. Windows]);
}
