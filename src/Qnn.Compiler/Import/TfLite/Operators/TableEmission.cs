using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Tensor = Qnn.Compiler.Ir.Tensor;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Elementwise operators that are tables.</summary>
internal static class TableEmission
{
    /// <summary>Makes the node's result by looking up its 8-bit operand in 256 entries of the result's 8-bit type, in the order of the unsigned index.</summary>
    public static void EmitTable(this TfLiteNode node, byte[] table)
    {
        var type = new Ir.TensorType(node.OutputElement(), new Shape(256));
        node.EmitResult(new LookupTable(), node.Input(0), node.AddConstant("table", new Tensor(type, table)));
    }

    /// <summary>Makes the node's result by looking up its 16-bit operand in 513 or 65536 entries.</summary>
    public static void EmitTable(this TfLiteNode node, short[] table) =>
        node.EmitResult(new LookupTable(), node.Input(0), node.AddConstant("table", Tensor.Of<short>(new Shape(table.Length), table)));

    /// <summary>Makes the node's result from its 8-bit operand by a function of real numbers: TensorFlow Lite's LUTPopulate.</summary>
    public static void EmitRealTable(this TfLiteNode node, Func<float, float> function)
    {
        var (input, output) = node.ElementwiseQuantization();
        node.EmitTable(TfLiteTables.Bytes(node.OutputElement(), input.Scale, input.ZeroPoint, output.Scale, output.ZeroPoint, function));
    }

    /// <summary>The same by the table that XNNPACK makes.</summary>
    public static void EmitXnnpackTable(this TfLiteNode node, Func<float, float> function)
    {
        var (input, output) = node.ElementwiseQuantization();
        node.EmitTable(TfLiteTables.XnnpackBytes(node.OutputElement(), input.Scale, input.ZeroPoint, output.Scale, output.ZeroPoint, function));
    }

    /// <summary>The scales of operand and result, which must be of one type and have one each.</summary>
    public static (Quantization Input, Quantization Output) ElementwiseQuantization(this TfLiteNode node)
    {
        if (node.Input(0).Type.Element != node.OutputElement()) throw node.Malformed("changes the element type");
        if (node.Input(0).Type.Quantization is not { IsPerChannel: false } input || node.OutputQuantization() is not { IsPerChannel: false } output) throw node.Malformed("computes with quantized numbers without one scale");
        return (input, output);
    }
}
