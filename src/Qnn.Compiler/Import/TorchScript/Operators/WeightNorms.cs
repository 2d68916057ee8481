using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Weights that are a direction and a length: v * (g / |v|), the length of the parts along one axis.</summary>
internal static class WeightNorms
{
    private const int Lanes = 8;

    /// <summary>(v, g, dim), constants; dim is the first or the last axis, of which PyTorch has kernels (WeightNormKernel.cpp).</summary>
    [TorchOperator("aten::_weight_norm")]
    public static object? WeightNorm(TorchCall call)
    {
        Value direction = call.Tensor(0), length = call.Tensor(1);
        var shape = direction.Type.Shape;
        int axis = call.Axis(call.Long(2, "dim", 0), shape.Rank);
        if (axis != 0 && axis != shape.Rank - 1) throw call.Unsupported("it has the lengths of parts along an axis in the middle");
        float[] v = Archive.Quantizations.Floats(direction), g = Archive.Quantizations.Floats(length), weights = new float[v.Length];
        int parts = shape[axis], each = v.Length / Math.Max(1, parts);
        if (g.Length != parts || v.Length == 0) throw call.Malformed($"has {g.Length} lengths for {shape}");
        for (int p = 0; p < parts; p++)
        {
            int begin = axis == 0 ? p * each : p, step = axis == 0 ? 1 : parts;
            float squares = axis == 0 ? RowSquares(v.AsSpan(begin, each)) : 0;
            if (axis != 0) for (int i = 0; i < each; i++) squares = MathF.FusedMultiplyAdd(v[begin + i * step], v[begin + i * step], squares);
            float factor = g[p] / MathF.Sqrt(squares);
            for (int i = 0; i < each; i++) weights[begin + i * step] = v[begin + i * step] * factor;
        }
        return TorchCall.Constant(Tensor.Of<float>(shape, weights));
    }

    // vec::map_reduce_all: eight lanes, what fills no eight joins the first ones; halves are added until one is left. Fewer than eight in order.
    private static float RowSquares(ReadOnlySpan<float> row)
    {
        var lanes = new float[Lanes];
        for (int i = 0; i < row.Length; i++) lanes[i % Lanes] = i < Lanes ? row[i] * row[i] : MathF.FusedMultiplyAdd(row[i], row[i], lanes[i % Lanes]);
        if (row.Length < Lanes)
        {
            for (int i = 1; i < row.Length; i++) lanes[0] += lanes[i];
            return lanes[0];
        }
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        }
        return lanes[0];
    }
}
