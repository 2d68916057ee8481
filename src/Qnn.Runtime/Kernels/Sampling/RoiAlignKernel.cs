using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Counted;

namespace Qnn.Runtime.Kernels.Sampling;

/// <summary>
/// ONNX's RoiAlign in ONNX Runtime's float operations: the bins of regions [R, 4] (x1, y1, x2, y2) of images [N, C, H, W], one image index a region (int64), are sampled bilinearly: [R, C, OH, OW]. Of the regions, as many may count as another operand says (int64); the others are zeros. An item is a channel of a region.
/// </summary>
internal sealed unsafe class RoiAlignKernel : Kernel
{
    // More samples of a bin than pixels of any image are a fault of the region.
    private const int MostSamples = 1 << 12;

    private readonly TensorInfo _images, _regions, _indices, _output;
    private readonly TensorInfo? _count;
    private readonly RoiAlignParameters _p;
    private readonly int _height, _width;

    private RoiAlignKernel(StepInfo step)
    {
        (_images, _regions, _indices, _count, _output, _p) = (step.Input(0), step.Input(1), step.Input(2), step.OptionalInput(3), step.Output(0), step.ReadParameters<RoiAlignParameters>());
        step.Require(_count is null || _count.Type == ElementType.S64 && _count.Count == 1, "the count is malformed");
        step.Require(_p.Samples is >= 0 and <= MostSamples, "the parameters are out of range");
        step.Require(_images.Type == ElementType.F32 && _regions.Type == ElementType.F32 && _output.Type == ElementType.F32 && _indices.Type == ElementType.S64, "the element types do not fit");
        step.Require(_images.Rank == 4 && _output.Rank == 4 && _images.Count > 0 && _output.Shape[1] == _images.Shape[1] && _regions.Count == 4L * _output.Shape[0] && _indices.Count == _output.Shape[0], "the shapes do not fit");
        (_height, _width) = (_images.Shape[2], _images.Shape[3]);
    }

    public static Kernel Create(StepInfo step) => new RoiAlignKernel(step);

    public override string Name => "roi_align";

    public override int WorkItems => _output.Count == 0 ? 0 : _output.Shape[0] * _output.Shape[1];

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int channels = _output.Shape[1], rows = _output.Shape[2], columns = _output.Shape[3];
        int there = channels * (_count is null ? _output.Shape[0] : CountedAxis.Read(context, _count, _output.Shape[0]));
        if (end > there)
        {
            int first = Math.Max(begin, there);
            new Span<float>(context.Pointer<float>(_output) + (nint)first * rows * columns, (end - first) * rows * columns).Clear();
            end = there;
        }
        for (int item = begin; item < end; item++)
        {
            var (region, channel) = Math.DivRem(item, channels);
            long image = Math.Clamp(context.Pointer<long>(_indices)[region], 0, _images.Shape[0] - 1);
            float* pixels = context.Pointer<float>(_images) + ((nint)image * channels + channel) * _height * _width, to = context.Pointer<float>(_output) + (nint)item * rows * columns;
            float* corners = context.Pointer<float>(_regions) + (nint)region * 4;
            float offset = _p.HalfPixel != 0 ? 0.5f : 0;
            float left = corners[0] * _p.Scale - offset, top = corners[1] * _p.Scale - offset, width = corners[2] * _p.Scale - offset - left, height = corners[3] * _p.Scale - offset - top;
            if (_p.HalfPixel == 0) (width, height) = (MathF.Max(width, 1), MathF.Max(height, 1));
            float binHeight = height / rows, binWidth = width / columns;
            int down = Samples(height / rows), across = Samples(width / columns);
            for (int y = 0; y < rows; y++)
            {
                for (int x = 0; x < columns; x++) to[y * columns + x] = Bin(pixels, top + y * binHeight, left + x * binWidth, binHeight, binWidth, down, across);
            }
        }
    }

    private int Samples(float extent) => _p.Samples > 0 ? _p.Samples : (int)Math.Clamp(MathF.Ceiling(extent), 0, MostSamples);

    private float Bin(float* pixels, float top, float left, float height, float width, int down, int across)
    {
        float result = 0;
        bool any = false;
        for (int i = 0; i < down; i++)
        {
            float y = top + (i + 0.5f) * height / down;
            for (int j = 0; j < across; j++)
            {
                float x = left + (j + 0.5f) * width / across;
                var s = Neighbours(pixels, y, x);
                if (_p.Greatest == 0)
                {
                    result += s.A + s.B + s.C + s.D;
                    continue;
                }
                float greatest = MathF.Max(MathF.Max(MathF.Max(s.A, s.B), s.C), s.D);
                result = any ? MathF.Max(result, greatest) : greatest;
                any = true;
            }
        }
        return _p.Greatest != 0 ? result : result / Math.Max(down * across, 1);
    }

    // The four neighbours of a place, each times its weight; zeros outside.
    private (float A, float B, float C, float D) Neighbours(float* pixels, float y, float x)
    {
        if (!(y >= -1 && y <= _height && x >= -1 && x <= _width)) return default;
        (y, x) = (MathF.Max(y, 0), MathF.Max(x, 0));
        int top = (int)y, left = (int)x, bottom = top + 1, right = left + 1;
        if (top >= _height - 1) (top, bottom, y) = (_height - 1, _height - 1, _height - 1);
        if (left >= _width - 1) (left, right, x) = (_width - 1, _width - 1, _width - 1);
        float below = y - top, after = x - left, above = 1 - below, before = 1 - after;
        float* upper = pixels + (nint)top * _width, lower = pixels + (nint)bottom * _width;
        return (above * before * upper[left], above * after * upper[right], below * before * lower[left], below * after * lower[right]);
    }
}
