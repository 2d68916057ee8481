using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// CONV_3D and CONV_3D_TRANSPOSE of floats: images whose rows are those that a window's depth and height take, convolved with the weights of these rows. Sums are in the order of the reference kernels:
/// taps in row-major order, channels innermost, bias last; the optimised ones' order is another.
/// </summary>
internal static class Conv3D
{
    private const int Spatial = 3;

    /// <summary>Operands data [N, D, H, W, C], weights [KD, KH, KW, C, O], bias (optional).</summary>
    [TfLiteOperator(BuiltinOperator.CONV_3D)]
    public static void Import(TfLiteNode node)
    {
        var (options, data, weights) = (node.Options<Conv3DOptions>(), node.Input(0), Weights(node, node.Input(0), transposed: false));
        int[] strides = [options.StrideD, options.StrideH, options.StrideW], dilations = [options.DilationDFactor, options.DilationHFactor, options.DilationWFactor];
        var (before, after) = (new int[5], new int[5]);
        for (int i = 0; i < Spatial; i++)
        {
            if (strides[i] < 1 || dilations[i] < 1) throw node.Malformed($"has strides {new Ints(strides)} and dilations {new Ints(dilations)}");
            if (options.Padding != Schema.Padding.SAME) continue;
            int extent = data.Type.Shape[i + 1];
            long total = Math.Max(0, (long)((extent - 1) / strides[i]) * strides[i] + (long)(weights.Type.Shape[i + 1] - 1) * dilations[i] + 1 - extent);
            (before[i + 1], after[i + 1]) = ((int)(total / 2), (int)(total - total / 2));
        }
        var padded = node.Emit(new Ir.Operators.Pad(new Ints(before), new Ints(after)), data);
        Emit(node, padded, weights, node.OptionalInput(2), strides, dilations, options.FusedActivationFunction);
    }

    /// <summary>Operands the result's shape, weights [KD, KH, KW, O, C], data [N, D, H, W, C], bias (optional): a convolution of the data, zeros between their elements, with the weights turned around.</summary>
    [TfLiteOperator(BuiltinOperator.CONV_3D_TRANSPOSE)]
    public static void ImportTranspose(TfLiteNode node)
    {
        var (options, data) = (node.Options<Conv3DOptions>(), node.Input(2));
        var weights = Weights(node, data, transposed: true);
        int[] shape = node.ConstantInts(0, "the shape of its result", 5), strides = [options.StrideD, options.StrideH, options.StrideW], dilations = [options.DilationDFactor, options.DilationHFactor, options.DilationWFactor];
        var (before, after) = (new int[5], new int[5]);
        for (int i = 0; i < Spatial; i++)
        {
            if (strides[i] < 1 || dilations[i] < 1 || shape[i + 1] < 1) throw node.Malformed($"makes {new Ints(shape)} by strides {new Ints(strides)} and dilations {new Ints(dilations)}");
            int extent = shape[i + 1];
            long reach = (long)(weights.Type.Shape[i + 1] - 1) * dilations[i], given = (data.Type.Shape[i + 1] - 1L) * strides[i] + 1;
            long total = options.Padding == Schema.Padding.SAME ? Math.Max(0, (long)((extent - 1) / strides[i]) * strides[i] + reach + 1 - extent) : 0;
            before[i + 1] = checked((int)(reach - total / 2));
            after[i + 1] = checked((int)(extent + reach - given - before[i + 1]));
        }
        var surrounded = Windows.Surrounded(node, data, before, after, [1, .. strides, 1], 0);
        Emit(node, surrounded, node.Emit(new Ir.Operators.Reverse(new Ints(1, 2, 3)), weights), node.OptionalInput(3), [1, 1, 1], dilations, options.FusedActivationFunction);
    }

    // [O, KD, KH, KW, C]
    private static Value Weights(TfLiteNode node, Value data, bool transposed)
    {
        var weights = node.Input(1);
        if (data.Type.Element != ElementType.F32 || weights.Type.Element != ElementType.F32) throw node.Unsupported($"it has data {data.Type} and weights {weights.Type}");
        if (data.Type.Shape.Rank != 5 || weights.Type.Shape.Rank != 5 || weights.Type.Shape[transposed ? 4 : 3] != data.Type.Shape[4] || weights.Type.Shape.ElementCount == 0) throw node.Malformed($"has data {data.Type} and weights {weights.Type}");
        return node.Emit(new Ir.Operators.Transpose(transposed ? new Ints(3, 0, 1, 2, 4) : new Ints(4, 0, 1, 2, 3)), weights);
    }

    // Data [N, D, H, W, C] that windows do not leave.
    private static void Emit(TfLiteNode node, Value data, Value weights, Value? bias, int[] strides, int[] dilations, ActivationFunctionType activation)
    {
        Shape shape = data.Type.Shape, kernel = weights.Type.Shape;
        var (min, max) = node.RealRange(activation);
        // [N, OD, KD, H, W, C], then [N, OD, KD, OH, KH, W, C].
        var rows = node.Emit(new Ir.Operators.Gather(1), data, Places(0));
        rows = node.Emit(new Ir.Operators.Gather(3), rows, Places(1));
        int depth = rows.Type.Shape[1], height = rows.Type.Shape[3], taps = kernel[1] * kernel[2];
        rows = node.Emit(new Ir.Operators.Transpose(new Ints(0, 1, 3, 2, 4, 5, 6)), rows);
        rows = node.Reshape(rows, shape[0] * depth * height, taps, shape[3], shape[4]);
        var window = new Window2D(taps, kernel[3], StrideWidth: strides[2], DilationWidth: dilations[2]);
        var result = node.Emit(new Ir.Operators.Conv2D(window, min, max), rows, node.Reshape(weights, kernel[0], taps, kernel[3], kernel[4]), bias);
        node.EmitResult(new Ir.Operators.Reshape(new Shape(shape[0], depth, height, result.Type.Shape[2], kernel[0])), result);

        // Which indices of an axis each window takes: [windows, taps].
        Value Places(int axis)
        {
            int size = kernel[axis + 1], last = shape[axis + 1] - 1 - (size - 1) * dilations[axis];
            if (last < 0) throw node.Malformed($"has a window {kernel} in {shape}");
            int count = last / strides[axis] + 1;
            int[] places = [.. Enumerable.Range(0, count * size).Select(i => i / size * strides[axis] + i % size * dilations[axis])];
            return node.AddConstant($"places{axis}", Ir.Tensor.Of<int>(new Shape(count, size), places));
        }
    }
}
