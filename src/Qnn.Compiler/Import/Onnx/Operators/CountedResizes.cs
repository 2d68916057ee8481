using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Resize of float images whose height and width, before or behind, are known at run time only.</summary>
internal static class CountedResizes
{
    /// <summary>Whether a Resize is one.</summary>
    public static bool Takes(OnnxNode node)
    {
        if (node.Proto.OpType == "Upsample" || node.Opset < 11 || node.OptionalInput(3) is not { Type.Shape.ElementCount: > 0 } sizes) return false;
        return !sizes.IsConstant || node.Varying.AllOf(node.Input(0)).Any(v => v.Axis >= 2);
    }

    /// <summary>To sizes of four axes, of which the first two stay.</summary>
    public static void Resize(OnnxNode node)
    {
        var x = node.Input(0);
        var v = node.Varying;
        var sizes = v.Numbers(node, 3, "sizes");
        string policy = node.Text("keep_aspect_ratio_policy", "stretch"), coordinates = node.Text("coordinate_transformation_mode", "half_pixel"), rounding = node.Text("nearest_mode", "round_prefer_floor");
        Exception Refused(string what) => node.Unsupported($"its size is computed at run time, and {what}");
        if (node.Ints("axes") is { } axes)
        {
            if (!axes.Select(a => node.Axis(a, x.Type.Shape.Rank)).SequenceEqual([2, 3])) throw Refused("it has other axes than height and width");
            sizes = [v.ExtentOf(x, 0), v.ExtentOf(x, 1), .. sizes];
        }
        if (x.Type.Element != ElementType.F32 || x.Type.Shape.Rank != 4 || sizes.Length != 4) throw Refused($"its data are {x.Type}");
        if (node.Int("antialias", 0) != 0 || node.Int("exclude_outside", 0) != 0 || policy != "stretch") throw Refused("it smooths, leaves out what lies outside, or keeps the aspect");
        for (int axis = 0; axis < 2; axis++) if (sizes[axis].Count != v.ExtentOf(x, axis).Count || sizes[axis].IsKnown && sizes[axis].Bound != x.Type.Shape[axis]) throw Refused("more than height and width change");
        var (height, width) = (v.Extent(node, sizes[2], "height"), v.Extent(node, sizes[3], "width"));
        if ((double)height.Bound * width.Bound > OnnxNode.MostIndices) throw Refused($"it may be as large as {height.Bound} x {width.Bound}");
        var op = new CountedResize(
            Math.Max(1, height.Bound),
            Math.Max(1, width.Bound),
            node.Text("mode", "nearest") switch { "nearest" => CountedResizeMode.Nearest, "linear" => CountedResizeMode.Linear, "cubic" => CountedResizeMode.Cubic, var m => throw node.Unsupported($"its mode is {m}") },
            coordinates switch
            {
                "half_pixel" => ResizeCoordinates.HalfPixel,
                "pytorch_half_pixel" => ResizeCoordinates.PyTorchHalfPixel,
                "asymmetric" => ResizeCoordinates.Asymmetric,
                "align_corners" => ResizeCoordinates.AlignCorners,
                _ => throw Refused($"its coordinates are {coordinates}"),
            },
            Sampling.Rounding(rounding) ?? throw node.Unsupported($"it rounds by {rounding}"),
            node.Float("cubic_coeff_a", -0.75f));
        var y = node.Emit(op, x, VaryingAxes.ValueOf(height), VaryingAxes.ValueOf(width), v.ExtentOf(x, 2).Count, v.ExtentOf(x, 3).Count);
        if (!height.IsKnown) y = v.Vary(node, y, 2, height);
        if (!width.IsKnown) y = v.Vary(node, y, 3, width);
        node.Result(y);
    }
}
