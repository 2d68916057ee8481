using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Sampling;

/// <summary>
/// ONNX's GridSample in ONNX Runtime's float operations: images [N, C, H, W] read at the points of a grid [N, OH, OW, 2], whose numbers (x, y) from -1 to 1 span the image. An item is a channel of an image.
/// </summary>
internal sealed unsafe class GridSampleKernel : Kernel
{
    private readonly TensorInfo _images, _grid, _output;
    private readonly GridSampleParameters _p;
    private readonly int _height, _width;

    private GridSampleKernel(StepInfo step)
    {
        (_images, _grid, _output, _p) = (step.Input(0), step.Input(1), step.Output(0), step.ReadParameters<GridSampleParameters>());
        step.Require(Enum.IsDefined(_p.Mode) && _p.Padding is >= GridSamplePadding.Zeros and <= GridSamplePadding.Reflection, "the parameters are out of range");
        foreach (var tensor in (ReadOnlySpan<TensorInfo>)[_images, _grid, _output]) step.Require(tensor.Type == ElementType.F32 && tensor.Rank == 4, "the operands are no float32 images");
        step.Require(_grid.Shape[3] == 2 && _grid.Shape[0] == _images.Shape[0] && _output.Shape[0] == _images.Shape[0] && _output.Shape[1] == _images.Shape[1], "the shapes do not fit");
        step.Require(_output.Shape[2] == _grid.Shape[1] && _output.Shape[3] == _grid.Shape[2] && _images.Count > 0, "the shapes do not fit");
        (_height, _width) = (_images.Shape[2], _images.Shape[3]);
    }

    public static Kernel Create(StepInfo step)
    {
        var kernel = new GridSampleKernel(step);
        return kernel._p.Mode >= GridSampleMode.TorchLinear ? new TorchGridSampleKernel(kernel._images, kernel._grid, kernel._output, kernel._p) : kernel;
    }

    public override string Name => "grid_sample";

    public override int WorkItems => _output.Count == 0 ? 0 : _output.Shape[0] * _output.Shape[1];

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int points = _output.Shape[2] * _output.Shape[3], channels = _output.Shape[1];
        for (int item = begin; item < end; item++)
        {
            float* image = context.Pointer<float>(_images) + (nint)item * _height * _width, to = context.Pointer<float>(_output) + (nint)item * points;
            float* point = context.Pointer<float>(_grid) + (nint)(item / channels) * points * 2;
            for (int i = 0; i < points; i++, point += 2) to[i] = Sample(image, Place(point[0], _width), Place(point[1], _height));
        }
    }

    private float Place(float n, int extent) => _p.AlignCorners != 0 ? (n + 1) / 2 * (extent - 1) : ((n + 1) * extent - 1) / 2;

    private float Sample(float* image, float x, float y)
    {
        if (_p.Mode == GridSampleMode.Nearest) return Pixel(image, Whole(MathF.Round(y, MidpointRounding.ToEven)), Whole(MathF.Round(x, MidpointRounding.ToEven)));
        long left = Whole(MathF.Floor(x)), top = Whole(MathF.Floor(y));
        if (_p.Mode == GridSampleMode.Cubic) return Cubic(image, top - 1, left - 1, x - (left - 1) - 1, y - (top - 1) - 1);
        float p11 = Pixel(image, top, left), p12 = Pixel(image, top, left + 1), p21 = Pixel(image, top + 1, left), p22 = Pixel(image, top + 1, left + 1);
        float right = left + 1 - x, before = x - left, below = top + 1 - y, above = y - top;
        // Zeros around corners have products of weights of their own.
        return _p.Padding == GridSamplePadding.Zeros && _p.AlignCorners == 0
            ? below * right * p11 + below * before * p12 + above * right * p21 + above * before * p22
            : below * (right * p11 + before * p12) + above * (right * p21 + before * p22);
    }

    private float Cubic(float* image, long top, long left, float dx, float dy)
    {
        float* rows = stackalloc float[4], weights = stackalloc float[4];
        Weights(dx, weights);
        for (int h = 0; h < 4; h++)
        {
            rows[h] = weights[0] * Pixel(image, top + h, left) + weights[1] * Pixel(image, top + h, left + 1) + weights[2] * Pixel(image, top + h, left + 2) + weights[3] * Pixel(image, top + h, left + 3);
        }
        Weights(dy, weights);
        return weights[0] * rows[0] + weights[1] * rows[1] + weights[2] * rows[2] + weights[3] * rows[3];
    }

    private static void Weights(float x, float* weights)
    {
        const float A = -0.75f;
        x = MathF.Abs(x);
        weights[0] = ((A * (x + 1) - 5 * A) * (x + 1) + 8 * A) * (x + 1) - 4 * A;
        weights[1] = ((A + 2) * x - (A + 3)) * x * x + 1;
        weights[2] = ((A + 2) * (1 - x) - (A + 3)) * (1 - x) * (1 - x) + 1;
        weights[3] = ((A * (2 - x) - 5 * A) * (2 - x) + 8 * A) * (2 - x) - 4 * A;
    }

    // What is no number, or beyond all images, is outside.
    private static long Whole(float place) => float.IsNaN(place) ? long.MinValue / 4 : (long)Math.Clamp(place, -1e9f, 1e9f);

    private float Pixel(float* image, long y, long x)
    {
        switch (_p.Padding)
        {
            case GridSamplePadding.Zeros:
                if ((ulong)y >= (ulong)_height || (ulong)x >= (ulong)_width) return 0;
                break;
            case GridSamplePadding.Reflection:
                (y, x) = ((long)Reflected(y, _height), (long)Reflected(x, _width));
                break;
        }
        return image[(nint)Math.Clamp(y, 0, _height - 1) * _width + (nint)Math.Clamp(x, 0, _width - 1)];
    }

    private float Reflected(float place, int extent)
    {
        var (least, most) = _p.AlignCorners != 0 ? (0f, extent - 1f) : (-0.5f, extent - 0.5f);
        float range = most - least, beyond = place < least ? least - place : place > most ? place - most : 0;
        if (beyond == 0 || range <= 0) return place;
        int turns = (int)(beyond / range);
        float rest = beyond - turns * range;
        return place < least == (turns % 2 == 0) ? least + rest : most - rest;
    }
}
