using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// Resized images. An element samples at i * s, s being input / output extent, or the reciprocal of the factor that is given; with half-pixel centres at (i + 0.5) * s - 0.5, not below 0.
/// Quantized ones are interpolated on their integers, as floats, across, then down, and the zero point is taken off before rounding; where channels are last, with fused operations.
/// </summary>
internal static class Upsampling
{
    [TorchOperator("aten::upsample_nearest1d", "aten::upsample_nearest2d", "aten::upsample_nearest3d", "aten::_upsample_nearest_exact1d", "aten::_upsample_nearest_exact2d", "aten::_upsample_nearest_exact3d")]
    public static object? Nearest(TorchCall call)
    {
        int axes = call.Operator[^2] - '0';
        float offset = call.Operator.Contains("exact", StringComparison.Ordinal) ? 0.5f : 0;
        var x = new Spatial(call, call.Tensor(0), axes);
        var (size, scales) = Geometry(call, x, axes, 2);
        var places = new int[3][];
        for (int a = 0; a < 3; a++)
        {
            int extent = x.Extents[a + 1];
            float by = Scale(extent, size[a], scales[a]);
            places[a] = [.. Enumerable.Range(0, size[a]).Select(i => Math.Min((int)MathF.Floor((i + offset) * by), extent - 1))];
        }
        var value = Taken(call, x.Value, 1, places[0]);
        var s = value.Type.Shape;
        if (IsWhole(places[1], s[2]) && IsWhole(places[2], s[3]))
        {
            var image = call.Reshape(value, s[0] * s[1], s[2], s[3], s[4]);
            value = call.EmitQuantized(new Resize2D(BilinearOrder.None, size[1], size[2], false, false), image.Type.Quantization, image);
        }
        else value = Taken(call, Taken(call, value, 2, places[1]), 3, places[2]);
        return x.With(call.Reshape(value, s[0], s[1], size[1], size[2], s[4])).Back();
    }

    [TorchOperator("aten::upsample_linear1d", "aten::upsample_bilinear2d")]
    public static object? Bilinear(TorchCall call)
    {
        int axes = call.Operator[^2] - '0';
        if (axes == 1 && call.Tensor(0).Type.Element == Qnn.Runtime.ElementType.F32) return Resampling.Linear(call, 1);
        var x = new Spatial(call, call.Tensor(0), axes);
        bool aligned = call.Flag(2, "align_corners");
        var (size, scales) = Geometry(call, x, axes, 3);
        var s = x.Extents;
        var image = call.Reshape(x.Value, s[0], s[2], s[3], s[4]);
        Value resized;
        if (image.Type.Quantization is { } same)
        {
            var numbers = call.Emit(new Cast(Qnn.Runtime.ElementType.F32), image);
            var interpolated = axes == 2 && call.Formats.IsChannelsLast(call.Tensor(0)) ? Fused(numbers, InterpolationOrder.Fused) : Interpolated(numbers);
            var centered = call.Emit(new Binary(BinaryKind.Subtract), interpolated, TorchCall.Constant((float)same.ZeroPoint));
            var quantized = call.Quantize(centered, new Quantization(1, same.ZeroPoint), image.Type.Element);
            resized = call.EmitQuantized(new Reshape(quantized.Type.Shape), same, quantized);
        }
        else resized = axes == 2 ? Fused(image, InterpolationOrder.Chained) : Interpolated(image);
        return x.With(call.Reshape(resized, s[0], 1, size[1], size[2], s[4])).Back();

        // The kernels for channels last, which all floats go to, are compiled with fused operations, the places included.
        Value Fused(Value numbers, InterpolationOrder order)
        {
            var (rows, rowWeights) = Neighbours(s[2], size[1], aligned, scales[1], true);
            var (columns, columnWeights) = Neighbours(s[3], size[2], aligned, scales[2], true);
            return call.Emit(new Interpolate2D(order), numbers, rows, rowWeights, columns, columnWeights);
        }

        // Where one axis keeps its elements, its weights are 1 and 0, and the sum of four is one of two.
        Value Interpolated(Value numbers)
        {
            var (rows, rowWeights) = Neighbours(s[2], size[1], aligned, scales[1]);
            var (columns, columnWeights) = Neighbours(s[3], size[2], aligned, scales[2]);
            var (same, sameWeights) = Neighbours(s[2], s[2], false, null);
            var (all, allWeights) = Neighbours(size[2], size[2], false, null);
            var across = size[2] == s[3] ? numbers : call.Emit(new Interpolate2D(), numbers, same, sameWeights, columns, columnWeights);
            return size[1] == s[2] ? across : call.Emit(new Interpolate2D(), across, rows, rowWeights, all, allWeights);
        }
    }

    // For each element of an axis its two neighbours, and their weights.
    private static (Value Places, Value Weights) Neighbours(int input, int output, bool aligned, double? factor, bool fused = false)
    {
        float by = aligned ? output > 1 ? (float)(input - 1) / (output - 1) : 0 : Scale(input, output, factor);
        int[] places = new int[2 * output];
        float[] weights = new float[2 * output];
        for (int i = 0; i < output; i++)
        {
            float at = aligned ? by * i : MathF.Max(fused ? MathF.FusedMultiplyAdd(by, i + 0.5f, -0.5f) : by * (i + 0.5f) - 0.5f, 0);
            int first = Math.Min((int)at, input - 1);
            float second = MathF.Min(MathF.Max(at - first, 0), 1);
            (places[2 * i], places[2 * i + 1]) = (first, Math.Min(first + 1, input - 1));
            (weights[2 * i], weights[2 * i + 1]) = (1 - second, second);
        }
        var shape = new Shape(output, 2);
        return (TorchCall.Constant(Tensor.Of<int>(shape, places)), TorchCall.Constant(Tensor.Of<float>(shape, weights)));
    }

    /// <summary>How far the places of two elements lie apart: the reciprocal of the factor that is given, else the quotient of the extents.</summary>
    public static float Scale(int input, int output, double? factor) => factor is > 0 and { } f ? (float)(1 / f) : (float)input / output;

    private static bool IsWhole(int[] places, int extent) => places.Length % extent == 0 && places.Select((p, i) => p == i / (places.Length / extent)).All(w => w);

    private static Value Taken(TorchCall call, Value value, int axis, int[] places) => places.Length == value.Type.Shape[axis] && IsWhole(places, places.Length)
        ? value
        : call.EmitQuantized(new Gather(axis), value.Type.Quantization, value, TorchCall.Constant(Tensor.Of<int>(new Shape(places.Length), places)));

    // Extents of depth, height and width, and the factors that were given.
    private static (int[] Size, double?[] Scales) Geometry(TorchCall call, Spatial x, int axes, int factors)
    {
        var (size, scales) = Geometry(call, x.Extents.Span[(4 - axes)..4].ToArray(), factors);
        return (Spatial.Widen(size, 1), [.. Enumerable.Repeat((double?)null, 3 - axes), .. scales]);
    }

    /// <summary>The extents of the axes that are resized, and the factors that were given.</summary>
    public static (int[] Size, double?[] Scales) Geometry(TorchCall call, int[] extents, int factors)
    {
        int axes = extents.Length;
        int[]? given = call.OptionalInts(1, "output_size");
        double?[] by = [.. call.Argument(factors, "scale_factors") is double or null
            ? Enumerable.Range(factors, axes).Select(i => call.Argument(i) is null ? (double?)null : call.Real(i))
            : call.OptionalReals(factors, "scale_factors")!.Select(f => (double?)f)];
        if (by.Length != axes || given is not null && given.Length != axes) throw call.Malformed("has a bad size");
        int[] size = [.. Enumerable.Range(0, axes).Select(a => given is not null ? given[a] : by[a] is { } f ? (int)Math.Clamp(extents[a] * f, 0, 1 << 20) : throw call.Malformed("has neither a size nor factors"))];
        return size.All(s => s is > 0 and <= 1 << 20) ? (size, by) : throw call.Malformed("has a bad size");
    }
}
