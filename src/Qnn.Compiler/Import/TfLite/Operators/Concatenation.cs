using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Tensor = Qnn.Compiler.Ir.Tensor;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>CONCATENATION. Operands of uint8 with other scales than the result's are rescaled first, by a table; TensorFlow Lite has that for uint8 only.</summary>
internal static class Concatenation
{
    [TfLiteOperator(BuiltinOperator.CONCATENATION)]
    public static void Import(TfLiteNode node)
    {
        var options = node.Options<ConcatenationOptions>();
        if (options.FusedActivationFunction != ActivationFunctionType.NONE) throw node.Unsupported($"its fused activation is {options.FusedActivationFunction}");
        if (node.Inputs.Count == 0) throw node.Malformed("joins nothing");
        int axis = options.Axis < 0 ? options.Axis + node.Input(0).Type.Shape.Rank : options.Axis;
        var operands = Enumerable.Range(0, node.Inputs.Count).Select(i => Rescaled(node, i)).ToArray();
        node.EmitResult(new Concat(axis), operands);
    }

    private static Value Rescaled(TfLiteNode node, int index)
    {
        var value = node.Input(index);
        if (value.Type.Element != ElementType.U8 || value.Type.Quantization is not { } input || node.OutputQuantization() is not { } output) return value;
        if (input.Scale == output.Scale && input.ZeroPoint == output.ZeroPoint) return value;
        float scale = input.Scale * (1f / output.Scale), bias = -input.ZeroPoint * scale;
        byte[] table = TfLiteTables.Integers(ElementType.U8, x => (long)MathF.Round(x * scale + bias, MidpointRounding.AwayFromZero) + output.ZeroPoint);
        return node.EmitQuantized(new LookupTable(), output, value, node.AddConstant($"table{index}", Tensor.Of<byte>(new Shape(256), table)));
    }
}
