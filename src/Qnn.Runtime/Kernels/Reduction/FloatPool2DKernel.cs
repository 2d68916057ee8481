using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>The window of <see cref="FloatPool2DKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FloatPool2DParameters
{
    /// <summary>A <see cref="PoolKind"/>.</summary>
    public int Kind;

    public int KernelHeight, KernelWidth, StrideHeight, StrideWidth, PadTop, PadLeft;

    /// <summary>The least result.</summary>
    public float Min;

    /// <summary>The greatest result.</summary>
    public float Max;

    /// <summary>The order in which averages are summed.</summary>
    public PoolOrder Order;
}

/// <summary>Pools floats, NHWC; channels side by side, the window's elements in row-major order unless an order is given. An item is one output row.</summary>
internal sealed unsafe class FloatPool2DKernel : Kernel
{
    private readonly TensorInfo _input, _output;
    private readonly FloatPool2DParameters _p;

    private readonly bool _vectors;

    private FloatPool2DKernel(StepInfo step, FloatPool2DParameters p) => (_input, _output, _p, _vectors) = (step.Input(0), step.Output(0), p, step.Tier != KernelTier.Scalar);

    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<FloatPool2DParameters>();
        step.Require(input.Type == ElementType.F32 && output.Type == ElementType.F32 && input.Rank == 4 && output.Rank == 4, "the operands are no float32 images");
        step.Require(input.Shape[0] == output.Shape[0] && input.Shape[3] == output.Shape[3], "batch or channels differ");
        step.Require(p.Order == PoolOrder.Rows || p.Order is PoolOrder.Nines or PoolOrder.Columns && (PoolKind)p.Kind == PoolKind.Average, "the order of summation is unknown");
        step.Require((PoolKind)p.Kind is PoolKind.Average or PoolKind.Max or PoolKind.L2, "the kind is unknown");
        step.Require(p.KernelHeight > 0 && p.KernelWidth > 0 && p.StrideHeight > 0 && p.StrideWidth > 0 && p.PadTop >= 0 && p.PadLeft >= 0, "the window is malformed");
        step.Require(((long)output.Shape[1] - 1) * p.StrideHeight + p.KernelHeight < int.MaxValue && ((long)output.Shape[2] - 1) * p.StrideWidth + p.KernelWidth < int.MaxValue, "the window is too large");
        return new FloatPool2DKernel(step, p);
    }

    public override string Name => "pool2d.f32";

    public override int WorkItems => _output.Count == 0 ? 0 : _output.Shape[0] * _output.Shape[1];

    public override Region Reads(TensorInfo input, int begin, int end)
    {
        int lines = _output.Shape[1], height = _input.Shape[1], last = end - 1;
        long top = (long)(begin % lines) * _p.StrideHeight - _p.PadTop, bottom = (long)(last % lines) * _p.StrideHeight - _p.PadTop + _p.KernelHeight;
        return Region.Lines(input, begin / lines * height + (int)Math.Clamp(top, 0, height), last / lines * height + (int)Math.Clamp(bottom, 0, height));
    }

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Lines(output, begin, end);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* input = context.Pointer<float>(_input), output = context.Pointer<float>(_output);
        int height = _input.Shape[1], width = _input.Shape[2], channels = _input.Shape[3], outputWidth = _output.Shape[2];
        var kind = (PoolKind)_p.Kind;
        for (int row = begin; row < end; row++)
        {
            float* image = input + (nint)(row / _output.Shape[1]) * height * width * channels;
            float* to = output + (nint)row * outputWidth * channels;
            int y = row % _output.Shape[1] * _p.StrideHeight - _p.PadTop;
            int top = Math.Max(y, 0), bottom = Math.Min(y + _p.KernelHeight, height);
            for (int ox = 0; ox < outputWidth; ox++, to += channels)
            {
                int x = ox * _p.StrideWidth - _p.PadLeft;
                int left = Math.Max(x, 0), right = Math.Min(x + _p.KernelWidth, width);
                int count = Math.Max(0, bottom - top) * Math.Max(0, right - left);
                if (_p.Order == PoolOrder.Nines)
                {
                    AverageNines(image, to, y, x, count);
                    continue;
                }
                new Span<float>(to, channels).Fill(kind == PoolKind.Max ? float.MinValue : 0);
                if (_p.Order == PoolOrder.Columns) AddColumns(image, to, top, bottom, left, right);
                else for (int iy = top; iy < bottom; iy++)
                {
                    for (int ix = left; ix < right; ix++) Take(kind, image + ((nint)iy * width + ix) * channels, to, channels);
                }
                Finish(kind, to, channels, count);
            }
        }
    }

    private void AddColumns(float* image, float* to, int top, int bottom, int left, int right)
    {
        int width = _input.Shape[2], channels = _input.Shape[3];
        for (int c = 0; c < channels; c++)
        {
            for (int x = left; x < right; x++)
            {
                float sum = 0;
                for (int y = top; y < bottom; y++) sum += image[((nint)y * width + x) * channels + c];
                to[c] += sum;
            }
        }
    }

    // Column-major, nine by nine, padding as zeros: ((2 + 3) + (4 + 5)) + (((0 + 1) + 8) + (6 + 7)).
    private void AverageNines(float* image, float* to, int y, int x, int count)
    {
        int channels = _input.Shape[3], taps = _p.KernelHeight * _p.KernelWidth;
        float factor = count == 0 ? 0 : 1f / count;
        float* v = stackalloc float[9];
        for (int c = 0; c < channels; c++)
        {
            float sum = 0;
            for (int first = 0; first < taps; first += 9)
            {
                for (int i = 0; i < 9; i++)
                {
                    int tap = first + i, ix = x + tap / _p.KernelHeight, iy = y + tap % _p.KernelHeight;
                    bool inside = tap < taps && (uint)iy < (uint)_input.Shape[1] && (uint)ix < (uint)_input.Shape[2];
                    v[i] = inside ? image[((nint)iy * _input.Shape[2] + ix) * channels + c] : 0;
                }
                sum += v[2] + v[3] + (v[4] + v[5]) + (v[0] + v[1] + v[8] + (v[6] + v[7]));
            }
            float mean = sum * factor;
            to[c] = mean < _p.Min ? _p.Min : mean > _p.Max ? _p.Max : mean;
        }
    }

    private void Take(PoolKind kind, float* from, float* to, int channels)
    {
        int c = 0;
        if (_vectors)
        {
            for (; c <= channels - 8; c += 8)
            {
                Vector256<float> x = Vector256.Load(from + c), y = Vector256.Load(to + c);
                var v = kind switch
                {
                    PoolKind.Average => y + x,
                    PoolKind.Max => Vector256.ConditionalSelect(Vector256.GreaterThan(x, y), x, y),
                    _ => y + x * x,
                };
                v.Store(to + c);
            }
        }
        for (; c < channels; c++)
        {
            to[c] = kind switch
            {
                PoolKind.Average => to[c] + from[c],
                PoolKind.Max => from[c] > to[c] ? from[c] : to[c],
                _ => to[c] + from[c] * from[c],
            };
        }
    }

    // The results of so many elements each.
    private void Finish(PoolKind kind, float* to, int channels, int count)
    {
        int c = 0;
        if (_vectors && (kind == PoolKind.Max || count > 0))
        {
            Vector256<float> low = Vector256.Create(_p.Min), high = Vector256.Create(_p.Max), divisor = Vector256.Create((float)count);
            for (; c <= channels - 8; c += 8)
            {
                var v = Vector256.Load(to + c);
                if (kind != PoolKind.Max) v /= divisor;
                if (kind == PoolKind.L2) v = Vector256.Sqrt(v);
                v = Vector256.ConditionalSelect(Vector256.GreaterThan(v, high), high, v);
                Vector256.ConditionalSelect(Vector256.LessThan(v, low), low, v).Store(to + c);
            }
        }
        for (; c < channels; c++)
        {
            float v = kind == PoolKind.Max ? to[c] : count == 0 ? 0 : to[c] / count;
            if (kind == PoolKind.L2) v = MathF.Sqrt(v);
            to[c] = v < _p.Min ? _p.Min : v > _p.Max ? _p.Max : v;
        }
    }
}
