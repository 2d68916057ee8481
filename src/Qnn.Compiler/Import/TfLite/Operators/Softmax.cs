using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>SOFTMAX.</summary>
internal static class Softmax
{
    [TfLiteOperator(BuiltinOperator.SOFTMAX)]
    public static void Import(TfLiteNode node)
    {
        var x = node.Input(0);
        float beta = node.Options<SoftmaxOptions>().Beta;
        if (!x.Type.IsQuantized())
        {
            var function = node.Numerics switch
            {
                TfLiteNumerics.Reference => RowFunction.Softmax,
                TfLiteNumerics.Xnnpack when beta == 1 => RowFunction.XnnSoftmax,
                _ => RowFunction.ReciprocalSoftmax,
            };
            node.EmitResult(new Ir.Operators.Softmax(beta, function), x);
            return;
        }
        if (x.Type.Quantization is null || node.OutputQuantization() is null) throw node.Malformed("computes with quantized numbers without a scale");
        var arithmetic = x.Type.Element == ElementType.S16 ? SoftmaxArithmetic.Table16
            : node.Numerics == TfLiteNumerics.Reference ? SoftmaxArithmetic.FixedPoint
            : SoftmaxArithmetic.FloatTable;
        node.EmitResult(new QuantizedSoftmax(arithmetic, beta, node.OutputElement()), x);
    }
}
