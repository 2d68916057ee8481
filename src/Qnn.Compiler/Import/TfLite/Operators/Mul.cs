using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>MUL.</summary>
internal static class Mul
{
    [TfLiteOperator(BuiltinOperator.MUL)]
    public static void Import(TfLiteNode node)
    {
        var (a, b) = (node.Input(0), node.Input(1));
        var activation = node.Options<MulOptions>().FusedActivationFunction;
        if (!a.Type.IsQuantized() || a.Type.IsPlain16(node))
        {
            var (low, high) = node.RealRange(activation);
            node.EmitResult(new Binary(BinaryKind.Multiply, low, high), a, b);
            return;
        }
        var (min, max) = node.QuantizedRange(activation);
        node.EmitResult(new QuantizedMul(Arithmetic(node), node.OutputElement(), min, max), a, b);
    }

    private static MulArithmetic Arithmetic(TfLiteNode node)
    {
        var (a, b, y) = (node.Input(0).Type, node.Input(1).Type, node.OutputQuantization());
        if (a.Quantization is null || b.Quantization is null || y is null) throw node.Malformed("multiplies quantized numbers without scales");
        float factor = a.Scale * b.Scale / y.Scale;
        bool taken = node.Numerics == TfLiteNumerics.Xnnpack && a.Element != ElementType.S16 && factor is >= 1f / 65536 and < 256;
        return taken ? MulArithmetic.Float32NearestEven : MulArithmetic.FixedPoint;
    }
}
