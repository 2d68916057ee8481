using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>FULLY_CONNECTED, by the type of its data: operands data, weights O x I, bias (optional). The data's last axes hold the I inputs of a row.</summary>
internal static class FullyConnected
{
    [TfLiteOperator(BuiltinOperator.FULLY_CONNECTED)]
    public static void Import(TfLiteNode node)
    {
        switch (node.Input(0).Type.Element)
        {
            case ElementType.U8 or ElementType.S8 when node.Input(1) is { IsConstant: false, Type.Quantization: { IsPerChannel: false } }:
                BatchMatMul.FullyConnected(node);
                break;
            case ElementType.U8 or ElementType.S8:
                QuantizedConvolutions.FullyConnected(node);
                break;
            case ElementType.F32 when HybridConvolutions.Matches(node):
                HybridConvolutions.FullyConnected(node);
                break;
            case ElementType.S16:
                WideConvolutions.FullyConnected(node);
                break;
            case ElementType.F32 when node.Input(1).Type.Element == ElementType.F32:
                var (low, high) = node.RealRange(node.Options<FullyConnectedOptions>().FusedActivationFunction);
                node.EmitResult(new Ir.Operators.Dense(low, high, FloatSums.Dense(node)), Rows(node), node.Input(1), node.OptionalInput(2));
                break;
            default:
                throw node.Unsupported($"it has {node.Input(0).Type.Element.Name()} data");
        }
    }

    /// <summary>The data as rows of what the weights take: its own shape where the result keeps that, else two axes.</summary>
    public static Value Rows(TfLiteNode node)
    {
        var options = node.Options<FullyConnectedOptions>();
        var (data, weights) = (node.Input(0), node.Input(1).Type.Shape);
        if (options.WeightsFormat != FullyConnectedOptionsWeightsFormat.DEFAULT) throw node.Unsupported($"its weights are in the format {options.WeightsFormat}");
        if (weights.Rank != 2 || weights[1] == 0 || data.Type.Shape.ElementCount % weights[1] != 0) throw node.Malformed($"has data {data.Type.Shape} and weights {weights}");
        if (options.KeepNumDims || data.Type.Shape.Rank == 2 && data.Type.Shape[1] == weights[1]) return data;
        return node.EmitQuantized(new Ir.Operators.Reshape(new Shape(data.Type.Shape.ElementCount / weights[1], weights[1])), data.Type.Quantization, data);
    }
}
