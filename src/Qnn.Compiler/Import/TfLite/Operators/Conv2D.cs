using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>CONV_2D, by the type of its data: operands data NHWC, weights OHWI, bias (optional). Fewer weight than data channels make groups.</summary>
internal static class Conv2D
{
    [TfLiteOperator(BuiltinOperator.CONV_2D)]
    public static void Import(TfLiteNode node)
    {
        switch (node.Input(0).Type.Element)
        {
            case ElementType.U8 or ElementType.S8:
                QuantizedConvolutions.Conv2D(node);
                break;
            case ElementType.F32 when HybridConvolutions.Matches(node):
                HybridConvolutions.Conv2D(node);
                break;
            case ElementType.S16:
                WideConvolutions.Conv2D(node);
                break;
            case ElementType.F32 when node.Input(1).Type.Element == ElementType.F32:
                var (low, high) = node.RealRange(node.Options<Conv2DOptions>().FusedActivationFunction);
                if (FloatSums.IsDepthwise(node)) node.EmitResult(new Ir.Operators.DepthwiseConv2D(Window(node), low, high, FloatSum.RoundedByColumns), node.Input(0), node.Input(1), node.OptionalInput(2));
                else node.EmitResult(new Ir.Operators.Conv2D(Window(node), low, high, FloatSums.Convolution(node)), node.Input(0), node.Input(1), node.OptionalInput(2));
                break;
            default:
                throw node.Unsupported($"it has {node.Input(0).Type.Element.Name()} data");
        }
    }

    /// <summary>The window that the options and operands describe.</summary>
    public static Window2D Window(TfLiteNode node)
    {
        var options = node.Options<Conv2DOptions>();
        var (data, weights) = (node.Input(0).Type.Shape, node.Input(1).Type.Shape);
        if (data.Rank != 4 || weights.Rank != 4) throw node.Malformed($"has data {data} and weights {weights}");
        return Window2D.Padded(
            options.Padding == Schema.Padding.SAME, data[1], data[2], weights[1], weights[2], options.StrideH, options.StrideW, options.DilationHFactor, options.DilationWFactor);
    }
}
