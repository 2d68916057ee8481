using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Resize: nearest elements are looked up axis by axis; images are interpolated by an operator of their own, anything else by weighted sums along each axis.</summary>
internal static class Resizing
{
    [OnnxOperator("Resize", Varying = VaryingOperands.Taken)]
    [OnnxOperator("Upsample")]
    public static void Resize(OnnxNode node)
    {
        if (CountedResizes.Takes(node))
        {
            CountedResizes.Resize(node);
            return;
        }
        var shape = node.Input(0).Type.Shape;
        bool old = node.Proto.OpType == "Upsample" || node.Opset < 11;
        string mode = node.Text("mode", "nearest"), transformation = node.Text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
        bool smooths = node.Int("antialias", 0) != 0 && mode is "linear" or "cubic";
        if (smooths && (node.Input(0).Type.Element != ElementType.F32 || transformation == "tf_crop_and_resize")) throw node.Unsupported($"it smooths {node.Input(0).Type}");
        var axes = Axes(node, old, transformation);
        var places = axes.ToDictionary(a => a.Axis, a => a.Sampling.Places(transformation) ?? throw node.Unsupported($"its coordinates are {transformation}"));
        switch (mode)
        {
            case "linear" or "cubic" when smooths:
                node.Result(Enumerable.Reverse(axes).Aggregate(node.Input(0), (data, a) => Sum(node, data, a.Axis, a.Sampling.Smoothed(places[a.Axis], mode == "cubic" ? node.Float("cubic_coeff_a", -0.75f) : null, node.Int("exclude_outside", 0) != 0))));
                return;
            case "nearest":
                string rounding = node.Text("nearest_mode", old ? "floor" : "round_prefer_floor");
                Value Nearest(Value x, int behind) => axes.Aggregate(x, (data, a) =>
                    Taken(node, data, a.Axis - behind, places[a.Axis].Select(p => a.Sampling.Nearest(p, Sampling.Rounding(rounding) ?? throw node.Unsupported($"it rounds by {rounding}")))));
                // With channels last, whole pixels are taken.
                bool isImage = shape.Rank == 4 && axes.All(a => a.Axis >= 2);
                Shaping.Moved(node, x => isImage ? Channels.ToSecond(node.Importer.Builder, Nearest(Channels.ToLast(node.Importer.Builder, x, node.Location), 1), node.Location) : Nearest(x, 0));
                return;
            case "linear" when transformation != "tf_crop_and_resize" && node.Input(0).Type.Element is ElementType.U8 or ElementType.S8 && shape.Rank == 4 && axes.All(a => a.Axis >= 2):
                node.Result(Resampling.Bytes(node, [.. Enumerable.Range(2, 2).Select(axis => Neighbours(node, axis, axes, places))]));
                return;
            case "linear" when transformation != "tf_crop_and_resize" && (shape.Rank == 3 || shape.Rank == 5 && axes.All(a => a.Axis >= 2)):
                node.Result(Resampling.Volumes(node, [.. Enumerable.Range(shape.Rank - 3, 3).Select(axis => Neighbours(node, axis, axes, places))]));
                return;
            case "linear" when shape.Rank == 4 && axes.All(a => a.Axis >= 2) && transformation != "tf_crop_and_resize":
                node.Result(Images(node, axes, places));
                return;
            case "linear" or "cubic":
                // Rows first.
                node.Result(Enumerable.Reverse(axes).Aggregate(node.Input(0), (data, a) => Weighted(node, data, a.Axis, a.Sampling, places[a.Axis], mode == "cubic", transformation == "tf_crop_and_resize")));
                return;
            default:
                throw node.Unsupported($"its mode is {mode}");
        }
    }

    // The transformations of coordinates that images in blocks of channels know.
    private static readonly HashSet<string> s_blocked = ["half_pixel", "asymmetric", "align_corners"];

    /// <summary>Whether images in blocks of channels stay so: where heights and widths grow by whole factors.</summary>
    public static bool IsByWholeFactors(OnnxNode node)
    {
        bool old = node.Proto.OpType == "Upsample" || node.Opset < 11;
        string mode = node.Text("mode", "nearest"), transformation = node.Text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
        bool isKnown = mode == "nearest" ? transformation == "asymmetric" && node.Text("nearest_mode", old ? "floor" : "round_prefer_floor") == "floor" : mode == "linear" && s_blocked.Contains(transformation);
        return isKnown && node.Int("antialias", 0) == 0 && node.Input(0).Type.Shape.Rank == 4 && Axes(node, old, transformation).All(a => a.Axis >= 2 && a.Sampling.Scale == a.Sampling.To / a.Sampling.From && a.Sampling.To % a.Sampling.From == 0);
    }

    /// <summary>The axes that change, by their stated sizes or factors.</summary>
    private static List<(int Axis, Sampling Sampling)> Axes(OnnxNode node, bool old, string transformation)
    {
        var shape = node.Input(0).Type.Shape;
        int[] axes = [.. (node.Ints("axes") ?? [.. Enumerable.Range(0, shape.Rank)]).Select(a => node.Axis(a, shape.Rank))];
        bool sized = !old && node.OptionalInput(3) is { Type.Shape.ElementCount: > 0 };
        int[] sizes = sized ? node.ConstantInts(3, "sizes") : [];
        float[] scales = sized ? [.. axes.Zip(sizes, (axis, size) => (float)size / shape[axis])] : node.Attribute("scales")?.Floats.ToArray() ?? node.Constant(old ? 1 : 2, "scales").Span<float>().ToArray();
        string policy = node.Text("keep_aspect_ratio_policy", "stretch");
        if (sized && policy != "stretch" && scales.Length == sizes.Length && scales.Length > 0)
        {
            float one = policy switch { "not_larger" => scales.Min(), "not_smaller" => scales.Max(), _ => throw node.Unsupported($"its aspect is {policy}") };
            scales = [.. scales.Select(_ => one)];
            sizes = [.. axes.Select(axis => (int)MathF.Round(one * shape[axis], MidpointRounding.AwayFromZero))];
        }
        float[] region = transformation == "tf_crop_and_resize" ? node.Constant(1, "region of interest").Span<float>().ToArray() : [.. axes.Select(_ => 0f), .. axes.Select(_ => 1f)];
        if (scales.Length != axes.Length || region.Length != 2 * axes.Length || sized && sizes.Length != axes.Length) throw node.Malformed($"has {scales.Length} factors for {axes.Length} axes");
        var result = new List<(int, Sampling)>();
        for (int i = 0; i < axes.Length; i++)
        {
            int extent = shape[axes[i]], size = sized ? sizes[i] : checked((int)MathF.Floor(extent * scales[i]));
            if (size is < 1 or > OnnxNode.MostIndices || extent < 1 || !(scales[i] > 0)) throw node.Unsupported($"it resizes {extent} to {size}");
            var sampling = new Sampling(extent, size, scales[i], region[i], region[axes.Length + i]);
            if (size != extent || scales[i] != 1 || sampling is not { Start: 0, End: 1 }) result.Add((axes[i], sampling));
        }
        return result;
    }

    private static Value Taken(OnnxNode node, Value x, int axis, IEnumerable<int> indices)
    {
        long[] places = [.. indices.Select(i => (long)i)];
        return node.EmitQuantized(new Gather(axis), x.Type.Quantization, x, Value.Of("places", Tensor.Of<long>(new Shape(places.Length), places)));
    }

    // The neighbours of every place along an axis, which may be one that does not change.
    private static AxisNeighbours Neighbours(OnnxNode node, int axis, List<(int Axis, Sampling Sampling)> axes, Dictionary<int, float[]> places)
    {
        int extent = node.Input(0).Type.Shape[axis];
        var sampling = axes.FirstOrDefault(a => a.Axis == axis).Sampling ?? new Sampling(extent, extent, 1, 0, 1);
        float[] at = places.GetValueOrDefault(axis) ?? [.. Enumerable.Range(0, extent).Select(i => (float)i)];
        return new AxisNeighbours(axis, extent, at, [.. at.Select(sampling.Linear)]);
    }

    private static Value Images(OnnxNode node, List<(int Axis, Sampling Sampling)> axes, Dictionary<int, float[]> places)
    {
        bool isBlocked = node.Importer.Blocks.IsBlocked(node.Input(0)) && IsByWholeFactors(node);
        var last = Channels.ToLast(node.Importer.Builder, node.Input(0), node.Location);
        var operands = new List<Value> { last };
        for (int axis = 2; axis < 4; axis++)
        {
            var found = Neighbours(node, axis, axes, places);
            var neighbours = isBlocked ? found.Places.Select(p => Sampling.Fraction(p, found.Extent)).ToArray() : found.Linear;
            operands.Add(Value.Of("neighbours", Tensor.Of<int>(new Shape(neighbours.Length, 2), [.. neighbours.SelectMany(n => n.At)])));
            operands.Add(Value.Of("weights", Tensor.Of<float>(new Shape(neighbours.Length, 2), [.. neighbours.SelectMany(n => n.Weights)])));
        }
        return Channels.ToSecond(node.Importer.Builder, node.Emit(new Interpolate2D(isBlocked ? InterpolationOrder.Paired : InterpolationOrder.InOrder), [.. operands]), node.Location);
    }

    private static Value Weighted(OnnxNode node, Value x, int axis, Sampling sampling, float[] places, bool cubic, bool crops)
    {
        float a = node.Float("cubic_coeff_a", -0.75f);
        bool exclude = node.Int("exclude_outside", 0) != 0;
        var sum = Sum(node, x, axis, [.. places.Select(p => cubic ? sampling.Cubic(p, a, exclude) : sampling.Linear(p))]);
        if (!crops) return sum;
        var extents = Enumerable.Repeat(1, x.Type.Shape.Rank).ToArray();
        extents[axis] = places.Length;
        var outside = Value.Of("outside", Tensor.Of<bool>(new Shape(extents), [.. places.Select(p => p < 0 || p > sampling.From - 1)]));
        return node.Emit(new Select(), outside, OnnxNode.Scalar(node.Float("extrapolation_value", 0)), sum);
    }

    // Sums of an axis' elements, as many for each place, times their weights, in order.
    private static Value Sum(OnnxNode node, Value x, int axis, (int[] At, float[] Weights)[] taps)
    {
        var extents = Enumerable.Repeat(1, x.Type.Shape.Rank).ToArray();
        extents[axis] = taps.Length;
        Value? sum = null;
        for (int tap = 0; tap < taps[0].At.Length; tap++)
        {
            var weights = Value.Of("weights", Tensor.Of<float>(new Shape(extents), [.. taps.Select(t => t.Weights[tap])]));
            var part = node.Emit(new Binary(BinaryKind.Multiply), Taken(node, x, axis, taps.Select(t => t.At[tap])), weights);
            sum = sum is null ? part : node.Emit(new Binary(BinaryKind.Add), sum, part);
        }
        return sum!;
    }
}
