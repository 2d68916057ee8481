using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Tensor = Qnn.Compiler.Ir.Tensor;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>Expands sparse constants.</summary>
internal static class SparseTensors
{
    /// <summary>The dense form of a sparse constant.</summary>
    public static Tensor Expand(TfLiteTensor tensor) =>
        throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{tensor} is sparse, which is not supported.");
}
