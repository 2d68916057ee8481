using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// Floats resampled axis by axis, the last one first, and read at the points of a grid. Weights are float, every step rounded; the sums are fused, as PyTorch's kernels are compiled (UpSampleKernel.cpp).
/// </summary>
internal static class Resampling
{
    // The elements of the axis that make one of the result, in the order in which they are added, and their weights: the second one's product is rounded, the first one's joins it, then the others'.
    private delegate (int[] Places, float[] Weights) Taps(int output, int extent, int outputs, float scale);

    /// <summary>(data, size, align_corners, scales): four neighbours of each axis, by a cubic with the coefficient -3/4.</summary>
    [TorchOperator("aten::upsample_bicubic2d")]
    public static object? Bicubic(TorchCall call)
    {
        bool aligned = call.Flag(2, "align_corners");
        return Resampled(call, 2, aligned, (output, extent, _, scale) =>
        {
            float place = aligned ? scale * output : MathF.FusedMultiplyAdd(scale, output + 0.5f, -0.5f);
            int first = (int)MathF.Floor(place);
            float fraction = Math.Clamp(place - first, 0, 1);
            return ([first, first - 1, first + 1, first + 2], [Inner(fraction, -0.75f), Outer(fraction + 1, -0.75f), Inner(1 - fraction, -0.75f), Outer(1 - fraction + 1, -0.75f)]);
        });
    }

    /// <summary>(data, size, align_corners, scales): two neighbours of each of three axes.</summary>
    [TorchOperator("aten::upsample_trilinear3d")]
    public static object? Trilinear(TorchCall call) => Linear(call, 3);

    /// <summary>Two neighbours of each axis.</summary>
    public static Value Linear(TorchCall call, int axes)
    {
        bool aligned = call.Flag(2, "align_corners");
        return Resampled(call, axes, aligned, (output, extent, outputs, scale) =>
        {
            if (extent == outputs) return ([output, output], [0, 1]);
            float place = aligned ? scale * output : MathF.Max(MathF.FusedMultiplyAdd(scale, output + 0.5f, -0.5f), 0);
            int first = Math.Min((int)place, extent - 1);
            float second = Math.Clamp(place - first, 0, 1);
            return ([Math.Min(first + 1, extent - 1), first], [second, 1 - second]);
        });
    }

    /// <summary>(data, size, align_corners, scales): as wide a triangle or cubic, with the coefficient -1/2, as the factor asks for, its weights divided by their sum.</summary>
    [TorchOperator("aten::_upsample_bilinear2d_aa", "aten::_upsample_bicubic2d_aa")]
    public static object? Smoothed(TorchCall call)
    {
        bool cubic = call.Operator.Contains("bicubic", StringComparison.Ordinal);
        return Resampled(call, 2, call.Flag(2, "align_corners"), (output, extent, _, scale) =>
        {
            float reach = cubic ? 2 : 1, support = scale >= 1 ? reach * scale : reach, inverse = scale >= 1 ? 1 / scale : 1, center = scale * (output + 0.5f);
            int first = Math.Max((int)(center - support + 0.5f), 0), count = Math.Max(1, Math.Min((int)(center + support + 0.5f), extent) - first);
            float total = 0;
            float[] weights = [.. Enumerable.Range(0, count).Select(i => Filter((i + first - center + 0.5f) * inverse))];
            foreach (float weight in weights) total += weight;
            return ([.. Enumerable.Range(first, count)], total == 0 ? weights : [.. weights.Select(w => w / total)]);

            float Filter(float x)
            {
                x = MathF.Abs(x);
                return cubic ? x < 1 ? Inner(x, -0.5f) : x < 2 ? Outer(x, -0.5f) : 0 : x < 1 ? 1 - x : 0;
            }
        });
    }

    /// <summary>(images, grid, mode, padding, align_corners)</summary>
    [TorchOperator("aten::grid_sampler", "aten::grid_sampler_2d")]
    public static object? Grid(TorchCall call)
    {
        var (images, grid) = (call.Tensor(0), call.Tensor(1));
        if (images.Type.Shape.Rank == 5) return VolumeSampling.Grid(call);
        if (images.Type.Shape.Rank != 4 || images.Type.Quantization is not null) throw call.Unsupported($"it reads {images.Type} at points");
        var mode = call.Long(2) switch { 0 => GridSampleMode.TorchLinear, 1 => GridSampleMode.TorchNearest, 2 => GridSampleMode.TorchCubic, var other => throw call.Malformed($"has mode {other}") };
        var padding = call.Long(3) switch { 0 => GridSamplePadding.Zeros, 1 => GridSamplePadding.Border, 2 => GridSamplePadding.Reflection, var other => throw call.Malformed($"has padding {other}") };
        return call.Emit(new GridSample(mode, padding, call.Flag(4)), images, grid);
    }

    /// <summary>(theta [N, 2, 3] or [N, 3, 4], size, align_corners): the points of a grid from -1 to 1, turned and moved.</summary>
    [TorchOperator("aten::affine_grid_generator")]
    public static object? AffineGrid(TorchCall call)
    {
        var theta = call.Tensor(0);
        int[] size = call.Ints(1);
        int axes = size.Length - 2, points = size.Skip(2).Aggregate(1, (n, e) => n * e);
        bool aligned = call.Flag(2);
        if (axes is not (2 or 3) || theta.Type.Shape is not { Rank: 3 } t || t[0] != size[0] || t[1] != axes || t[2] != axes + 1 || points is <= 0 or > 1 << 24) throw call.Malformed($"makes no grid of {theta.Type} and {string.Join('x', size)}");
        var grid = new float[points * (axes + 1)];
        for (int i = 0; i < points; i++)
        {
            for (int a = 0, rest = i; a < axes; a++)
            {
                int extent = size[^(a + 1)];
                grid[i * (axes + 1) + a] = Place(rest % extent, extent);
                rest /= extent;
            }
            grid[i * (axes + 1) + axes] = 1;
        }
        var flat = call.Emit(new BroadcastTo(new Shape(size[0], points, axes + 1)), TorchCall.Constant(Tensor.Of<float>(new Shape(points, axes + 1), grid)));
        return call.Reshape(MklProducts.Batched(call, flat, call.Permute(theta, 0, 2, 1), null, isTurned: true), [size[0], .. size[2..], axes]);

        // As linspace makes it, from both ends.
        float Place(int i, int extent)
        {
            if (extent == 1) return 0;
            float step = 2f / (extent - 1), place = i < extent / 2 ? -1 + step * i : 1 - step * (extent - i - 1);
            return aligned ? place : place * (extent - 1) / extent;
        }
    }

    private static Value Resampled(TorchCall call, int axes, bool aligned, Taps taps)
    {
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank;
        if (rank != axes + 2 || data.Type.Element != ElementType.F32 || data.Type.Shape.ElementCount == 0) throw call.Unsupported($"it resamples {data.Type}");
        var (size, scales) = Upsampling.Geometry(call, [.. data.Type.Shape.Span[2..]], 3);
        for (int a = axes - 1; a >= 0; a--)
        {
            int[] extents = data.Type.Shape.ToArray();
            int axis = a + 2, extent = extents[axis], outputs = size[a];
            if (outputs == extent && !aligned && scales[a] is null) continue;
            float scale = aligned ? outputs > 1 ? (float)(extent - 1) / (outputs - 1) : 0 : Upsampling.Scale(extent, outputs, scales[a]);
            var all = Enumerable.Range(0, outputs).Select(o => taps(o, extent, outputs, scale)).ToArray();
            int count = all.Max(t => t.Places.Length);
            var shape = new Shape(outputs, count);
            T[] Flat<T>(Func<(int[] Places, float[] Weights), T[]> of) where T : struct => [.. all.SelectMany(t => of(t).Concat(Enumerable.Repeat(default(T), count - t.Places.Length)))];
            int outer = extents[..axis].Aggregate(1, (n, e) => n * e), inner = extents[(axis + 1)..].Aggregate(1, (n, e) => n * e);
            var sampled = call.Emit(
                new SampleAxis(), call.Reshape(data, outer, extent, inner), TorchCall.Constant(Tensor.Of<int>(shape, Flat(t => t.Places))), TorchCall.Constant(Tensor.Of<float>(shape, Flat(t => t.Weights))));
            extents[axis] = outputs;
            data = call.Reshape(sampled, extents);
        }
        return data;
    }

    // The cubic up to 1, and from 1 to 2.
    private static float Inner(float x, float a) => MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(a + 2, x, -(a + 3)) * x, x, 1);

    private static float Outer(float x, float a) => MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(a, x, -5 * a), x, 8 * a), x, -4 * a);
}
