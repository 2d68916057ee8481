using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Images read at places that are computed at run time.</summary>
internal static class Regions
{
    /// <summary>Images, and the points to read them at.</summary>
    [OnnxOperator("GridSample")]
    public static void GridSample(OnnxNode node)
    {
        var mode = node.Text("mode", "linear") switch
        {
            "linear" or "bilinear" => GridSampleMode.Linear,
            "nearest" => GridSampleMode.Nearest,
            "cubic" or "bicubic" => GridSampleMode.Cubic,
            var m => throw node.Unsupported($"its mode is {m}"),
        };
        var padding = node.Text("padding_mode", "zeros") switch
        {
            "zeros" => GridSamplePadding.Zeros,
            "border" => GridSamplePadding.Border,
            "reflection" => GridSamplePadding.Reflection,
            var p => throw node.Unsupported($"its padding is {p}"),
        };
        if (node.Input(0).Type.Shape.Rank != 4) throw node.Unsupported($"its images are {node.Input(0).Type}");
        node.Result(node.Emit(new GridSample(mode, padding, node.Int("align_corners", 0) != 0), node.Input(0), node.Input(1)));
    }

    /// <summary>Images, regions, and the image of each. Pixels are at their centres since version 16, unless said otherwise.</summary>
    [OnnxOperator("RoiAlign")]
    public static void RoiAlign(OnnxNode node)
    {
        bool half = node.Text("coordinate_transformation_mode", node.Opset < 16 ? "output_half_pixel" : "half_pixel") == "half_pixel";
        bool greatest = node.Text("mode", "avg") == "max";
        var op = new RoiAlign(node.Int("output_height", 1), node.Int("output_width", 1), node.Int("sampling_ratio", 0), greatest, node.Float("spatial_scale", 1), half);
        node.Result(node.Emit(op, node.Input(0), node.Input(1), node.Input(2)));
    }
}
