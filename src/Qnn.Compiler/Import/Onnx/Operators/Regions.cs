using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Images read at places that are computed at run time, and boxes of images.</summary>
internal static class Regions
{
    /// <summary>Images, and the points to read them at.</summary>
    [OnnxOperator("GridSample")]
    [OnnxOperator("GridSample", OnnxOperatorAttribute.Microsoft)]
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
    [OnnxOperator("RoiAlign", Varying = VaryingOperands.Taken)]
    public static void RoiAlign(OnnxNode node)
    {
        bool half = node.Text("coordinate_transformation_mode", node.Opset < 16 ? "output_half_pixel" : "half_pixel") == "half_pixel";
        bool greatest = node.Text("mode", "avg") == "max";
        var op = new RoiAlign(node.Int("output_height", 1), node.Int("output_width", 1), node.Int("sampling_ratio", 0), greatest, node.Float("spatial_scale", 1), half);
        var (regions, images) = (node.Input(1), node.Input(2));
        // As many images as regions.
        var count = node.Varying.Of(regions) is { Axis: 0 } varying ? varying.Count : node.Varying.Of(images)?.Count;
        if (count is not null)
        {
            int bound = Math.Min(regions.Type.Shape[0], images.Type.Shape[0]);
            (regions, images) = (node.Varying.First(node, regions, 0, bound), node.Varying.First(node, images, 0, bound));
        }
        var y = node.Emit(op, node.Input(0), regions, images, count);
        node.Result(count is null ? y : node.Varying.Vary(node, y, 0, new Extent(0, count)));
    }

    /// <summary>
    /// Boxes and scores, how many of a class to select at most, the greatest overlap and the least score. The result has a row for each box that is selected.
    /// </summary>
    [OnnxOperator("NonMaxSuppression", Varying = VaryingOperands.Taken)]
    public static void NonMaxSuppression(OnnxNode node)
    {
        float? Number(int operand, string what) => node.OptionalInput(operand) is null ? null : node.Constant(operand, what).Span<float>()[0];
        int most = node.OptionalInput(2) is null ? 0 : node.ConstantInts(2, "count of boxes to select")[0];
        var op = new BoxSelection(Math.Max(0, most), Number(3, "greatest overlap") ?? 0, Number(4, "least score"), node.Int("center_point_box", 0) != 0);
        var (boxes, scores) = (node.Input(0), node.Input(1));
        var v = node.Varying;
        // Boxes and their scores are as many.
        var count = v.Of(scores)?.Count ?? v.Of(boxes)?.Count;
        if (v.Of(boxes) is { Axis: not 1 } || v.Of(scores) is { Axis: not 2 }) throw node.AnyLength();
        if (count is not null)
        {
            int bound = Math.Min(boxes.Type.Shape[1], scores.Type.Shape[2]);
            (boxes, scores) = (v.First(node, boxes, 1, bound), v.First(node, scores, 2, bound));
        }
        var results = node.EmitAll(op, boxes, scores, count);
        node.Result(v.Vary(node, results[0], 0, new Extent(results[0].Type.Shape[0], results[1])));
    }
}
