using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Sampling;

/// <summary>
/// PyTorch's grid_sample of images: images [N, C, H, W] read at the points of a grid [N, OH, OW, 2]. Sums are fused where its kernels are compiled so: one neighbour after the other joins the first one's product, a cubic's rows with every operation rounded (GridSamplerKernel.cpp). An item is a channel of an image.
/// </summary>
internal sealed unsafe class TorchGridSampleKernel(TensorInfo images, TensorInfo grid, TensorInfo output, GridSampleParameters p) : Kernel
{
    private readonly int _height = images.Shape[2], _width = images.Shape[3];

    public override string Name => "grid_sample.torch";

    public override int WorkItems => output.Count == 0 ? 0 : output.Shape[0] * output.Shape[1];

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int points = output.Shape[2] * output.Shape[3], channels = output.Shape[1];
        for (int item = begin; item < end; item++)
        {
            float* image = context.Pointer<float>(images) + (nint)item * _height * _width, to = context.Pointer<float>(output) + (nint)item * points;
            float* point = context.Pointer<float>(grid) + (nint)(item / channels) * points * 2;
            for (int i = 0; i < points; i++, point += 2) to[i] = Sample(image, Place(point[0], _width), Place(point[1], _height));
        }
    }

    private float Place(float n, int extent) => p.AlignCorners != 0 ? (n + 1) * ((extent - 1) / 2f) : MathF.FusedMultiplyAdd(n + 1, extent / 2f, -0.5f);

    private float Sample(float* image, float x, float y)
    {
        if (p.Mode == GridSampleMode.TorchCubic) return Cubic(image, x, y);
        (x, y) = (Inside(x, _width), Inside(y, _height));
        if (p.Mode == GridSampleMode.TorchNearest) return Pixel(image, MathF.Round(y, MidpointRounding.ToEven), MathF.Round(x, MidpointRounding.ToEven));
        float left = MathF.Floor(x), top = MathF.Floor(y), before = x - left, after = 1 - before, above = y - top, below = 1 - above;
        float sum = MathF.FusedMultiplyAdd(Pixel(image, top, left + 1), below * before, Pixel(image, top, left) * (below * after));
        sum = MathF.FusedMultiplyAdd(Pixel(image, top + 1, left), above * after, sum);
        return MathF.FusedMultiplyAdd(Pixel(image, top + 1, left + 1), above * before, sum);
    }

    private float Cubic(float* image, float x, float y)
    {
        float* weights = stackalloc float[4], rows = stackalloc float[4], values = stackalloc float[4];
        float left = MathF.Floor(x), top = MathF.Floor(y);
        Weights(x - left, weights);
        for (int h = 0; h < 4; h++)
        {
            for (int w = 0; w < 4; w++) values[w] = Pixel(image, Inside(top + (h - 1), _height), Inside(left + (w - 1), _width));
            rows[h] = weights[0] * values[0] + weights[1] * values[1] + weights[2] * values[2] + weights[3] * values[3];
        }
        Weights(y - top, weights);
        return MathF.FusedMultiplyAdd(weights[3], rows[3], MathF.FusedMultiplyAdd(weights[2], rows[2], MathF.FusedMultiplyAdd(weights[1], rows[1], weights[0] * rows[0])));
    }

    private static void Weights(float t, float* weights)
    {
        const float A = -0.75f;
        weights[0] = Outer(t + 1);
        weights[1] = Inner(t);
        weights[2] = Inner(1 - t);
        weights[3] = Outer(2 - t);

        static float Inner(float x) => MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(A + 2, x, -(A + 3)) * x, x, 1);
        static float Outer(float x) => ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
    }

    // A place that is beyond an edge is the edge, or as far on this side of it.
    private float Inside(float place, int extent)
    {
        if (p.Padding == GridSamplePadding.Zeros) return place;
        if (p.Padding == GridSamplePadding.Reflection) place = Reflected(place, extent);
        return float.IsNaN(place) ? 0 : MathF.Min(extent - 1, MathF.Max(place, 0));
    }

    private float Reflected(float place, int extent)
    {
        float low = p.AlignCorners != 0 ? 0 : -0.5f, twice = p.AlignCorners != 0 ? 2 * (extent - 1) : 2 * extent;
        // There is one place only.
        if (twice == 0) return 0;
        float size = MathF.Abs(place - low), turns = MathF.Truncate(size / twice), rest = MathF.FusedMultiplyAdd(-turns, twice, size);
        return MathF.Min(rest, twice - rest) + low;
    }

    // 0 outside, and where a place is no number.
    private float Pixel(float* image, float y, float x) => y >= 0 && y < _height && x >= 0 && x < _width ? image[(nint)y * _width + (nint)x] : 0;
}
