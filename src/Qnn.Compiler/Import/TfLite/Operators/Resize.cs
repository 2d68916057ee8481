using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR.</summary>
internal static class Resize
{
    [TfLiteOperator(BuiltinOperator.RESIZE_BILINEAR)]
    public static void ImportBilinear(TfLiteNode node)
    {
        var x = node.Input(0);
        int[] size = node.Constant(1, "the size").ToInt32();
        if (size.Length != 2) throw node.Malformed("has a size that is not height and width");
        var options = node.Options<ResizeBilinearOptions>();
        if (!x.Type.IsQuantized())
        {
            var order = node.Numerics switch
            {
                TfLiteNumerics.Xnnpack => BilinearOrder.Lines,
                TfLiteNumerics.Reference => BilinearOrder.Neighbours,
                _ when !options.AlignCorners && !options.HalfPixelCenters && x.Type.Shape.Rank == 4 && size[0] == 2 * x.Type.Shape[1] && size[1] == 2 * x.Type.Shape[2] => BilinearOrder.Doubled,
                _ => BilinearOrder.Products,
            };
            node.EmitResult(new Resize2D(order, size[0], size[1], options.AlignCorners, options.HalfPixelCenters), x);
            return;
        }
        var arithmetic = x.Type.Element switch
        {
            ElementType.S16 => ResizeArithmetic.Fixed10,
            _ when node.Numerics == TfLiteNumerics.Xnnpack => ResizeArithmetic.Fixed11,
            ElementType.S8 => ResizeArithmetic.Fixed10,
            _ => node.Numerics == TfLiteNumerics.Reference ? ResizeArithmetic.Float32 : ResizeArithmetic.Float32Products,
        };
        node.EmitResult(new QuantizedResizeBilinear(arithmetic, size[0], size[1], options.AlignCorners, options.HalfPixelCenters), x);
    }

    /// <summary>Elements move as they are, whatever their type.</summary>
    [TfLiteOperator(BuiltinOperator.RESIZE_NEAREST_NEIGHBOR)]
    public static void ImportNearest(TfLiteNode node)
    {
        int[] size = node.ConstantInts(1, "the size", 2);
        var options = node.Options<ResizeNearestNeighborOptions>();
        node.EmitResult(new Resize2D(BilinearOrder.None, size[0], size[1], options.AlignCorners, options.HalfPixelCenters), node.Input(0));
    }
}
