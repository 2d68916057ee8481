using Qnn.Compiler.Import.TfLite.Schema;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>LOCAL_RESPONSE_NORMALIZATION, which TFLite has for floats only.</summary>
internal static class LocalResponse
{
    [TfLiteOperator(BuiltinOperator.LOCAL_RESPONSE_NORMALIZATION)]
    public static void Import(TfLiteNode node)
    {
        var options = node.Options<LocalResponseNormalizationOptions>();
        node.EmitResult(new Ir.Operators.LocalResponseNormalization(options.Radius, options.Alpha, options.Beta, options.Bias), node.Input(0));
    }
}
