using System.Buffers.Binary;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Custom operators of MediaPipe's models.</summary>
internal static class MediaPipe
{
    private const int Same = 1, OptionBytes = 12;

    /// <summary>
    /// Float transposed convolution whose sums begin with the bias, as a convolution of the data, zeros between their elements, with the weights turned around.
    /// Operands data [N, H, W, C], weights [O, KH, KW, C], bias [O]; options padding, stride along the width and the height, int32 each.
    /// </summary>
    [TfLiteCustomOperator("Convolution2DTransposeBias")]
    public static void TransposeConvBias(TfLiteNode node)
    {
        var (data, weights) = (node.Input(0), node.Input(1));
        var options = node.Source.CustomOptions.Span;
        if (options.Length < OptionBytes || data.Type.Shape.Rank != 4 || weights.Type.Shape.Rank != 4) throw node.Malformed($"has data {data.Type}, weights {weights.Type} and {options.Length} bytes of options");
        bool same = BinaryPrimitives.ReadInt32LittleEndian(options) == Same;
        int[] strides = [BinaryPrimitives.ReadInt32LittleEndian(options[8..]), BinaryPrimitives.ReadInt32LittleEndian(options[4..])];
        if (data.Type.Element != ElementType.F32 || strides.Any(s => s < 1)) throw node.Malformed($"has data {data.Type} and strides {new Ints(strides)}");
        var (before, after) = (new int[4], new int[4]);
        for (int i = 0; i < strides.Length; i++)
        {
            int kernel = weights.Type.Shape[i + 1], cut = same ? Math.Max(0, kernel - (data.Type.Shape[i + 1] - 1) % strides[i] - 1) : 0;
            (before[i + 1], after[i + 1]) = (kernel - 1 - cut / 2, kernel - 1 - (cut - cut / 2));
        }
        var surrounded = Windows.Surrounded(node, data, before, after, [1, .. strides, 1], 0);
        var window = new Window2D(weights.Type.Shape[1], weights.Type.Shape[2]);
        node.EmitResult(new Ir.Operators.Conv2D(window, Sum: FloatSum.RoundedFromBias), surrounded, node.Emit(new Ir.Operators.Reverse(new Ints(1, 2)), weights), node.Input(2));
    }
}
