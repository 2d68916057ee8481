using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>ADD and SUB.</summary>
internal static class Add
{
    [TfLiteOperator(BuiltinOperator.ADD)]
    public static void ImportAdd(TfLiteNode node)
    {
        var options = node.Options<AddOptions>();
        Import(node, subtract: false, options.FusedActivationFunction, options.PotScaleInt16);
    }

    [TfLiteOperator(BuiltinOperator.SUB)]
    public static void ImportSub(TfLiteNode node)
    {
        var options = node.Options<SubOptions>();
        Import(node, subtract: true, options.FusedActivationFunction, options.PotScaleInt16);
    }

    private static void Import(TfLiteNode node, bool subtract, ActivationFunctionType activation, bool powerOfTwo16)
    {
        var (a, b) = (node.Input(0), node.Input(1));
        if (!a.Type.IsQuantized() || a.Type.IsPlain16(node))
        {
            var (low, high) = node.RealRange(activation);
            node.EmitResult(new Binary(subtract ? BinaryKind.Subtract : BinaryKind.Add, low, high), a, b);
            return;
        }
        var (min, max) = node.QuantizedRange(activation);
        node.EmitResult(new QuantizedAdd(Arithmetic(node, powerOfTwo16), subtract, min, max), a, b);
    }

    private static AddArithmetic Arithmetic(TfLiteNode node, bool powerOfTwo16)
    {
        var (a, b, y) = (node.Input(0).Type.Quantization, node.Input(1).Type.Quantization, node.OutputQuantization());
        if (a is null || b is null || y is null) throw node.Malformed("adds quantized numbers without scales");
        if (node.Input(0).Type.Element == ElementType.S16)
        {
            // Only when all scales are powers of two; one operand at least needs no shift, and none may become finer.
            bool exact = powerOfTwo16 && a.ZeroPoint == 0 && b.ZeroPoint == 0 && y.ZeroPoint == 0 && IsPowerOfTwo(a.Scale) && IsPowerOfTwo(b.Scale) && IsPowerOfTwo(y.Scale);
            if (!exact) return AddArithmetic.FixedPoint;
            int shiftA = Log2(a.Scale) - Log2(y.Scale), shiftB = Log2(b.Scale) - Log2(y.Scale);
            if ((shiftA != 0 && shiftB != 0) || shiftA > 0 || shiftB > 0) throw node.Unsupported("its 16-bit scales are powers of two that do not match");
            return AddArithmetic.PowerOfTwo;
        }
        return node.Numerics == TfLiteNumerics.Xnnpack && TakenByXnnpack(a.Scale / y.Scale) && TakenByXnnpack(b.Scale / y.Scale) ? AddArithmetic.Shift : AddArithmetic.FixedPoint;
    }

    private static bool TakenByXnnpack(float ratio) => ratio is >= 1f / 1024 and < 256;

    // TensorFlow Lite's CheckedLog2 allows for this much.
    private static bool IsPowerOfTwo(float scale) => Math.Abs(Math.Log2(scale) - Log2(scale)) < 1e-3;

    private static int Log2(float scale) => (int)Math.Round(Math.Log2(scale));
}
