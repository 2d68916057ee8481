using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>RESIZE_BILINEAR.</summary>
internal static class Resize
{
    [TfLiteOperator(BuiltinOperator.RESIZE_BILINEAR)]
    public static void ImportBilinear(TfLiteNode node)
    {
        var x = node.Input(0);
        int[] size = node.Constant(1, "the size").ToInt32();
        if (size.Length != 2) throw node.Malformed("has a size that is not height and width");
        var options = node.Options<ResizeBilinearOptions>();
        if (!x.Type.IsQuantized()) throw node.Unsupported($"it resizes {x.Type.Element.Name()}");
        var arithmetic = x.Type.Element switch
        {
            ElementType.S16 => ResizeArithmetic.Fixed10,
            _ when node.Numerics == TfLiteNumerics.Xnnpack => ResizeArithmetic.Fixed11,
            ElementType.S8 => ResizeArithmetic.Fixed10,
            _ => ResizeArithmetic.Float32,
        };
        node.EmitResult(new QuantizedResizeBilinear(arithmetic, size[0], size[1], options.AlignCorners, options.HalfPixelCenters), x);
    }
}
