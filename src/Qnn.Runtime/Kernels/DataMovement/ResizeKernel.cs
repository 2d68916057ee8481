using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>How <see cref="ResizeKernel"/> takes its samples.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResizeParameters
{
    /// <summary>How float32 is interpolated; the nearest element may be of any type.</summary>
    public BilinearOrder Order;

    /// <summary>1: the corners' centres of input and output coincide.</summary>
    public int AlignCorners;

    /// <summary>1: elements are areas, and their centres at halves.</summary>
    public int HalfPixelCenters;
}

/// <summary>Resizes images, NHWC. Which rows and columns an output row or column takes, and how much of each, is tabled. An item is one output row.</summary>
internal sealed unsafe class ResizeKernel : Kernel
{
    private readonly TensorInfo _input, _output;
    private readonly BilinearOrder _order;
    private readonly Sample[] _rows, _columns;

    /// <summary>Two indices and the weight of the second.</summary>
    private readonly record struct Sample(int First, int Second, float Weight);

    private ResizeKernel(TensorInfo input, TensorInfo output, ResizeParameters p)
    {
        (_input, _output, _order) = (input, output, p.Order);
        (_rows, _columns) = (Samples(input.Shape[1], output.Shape[1], p), Samples(input.Shape[2], output.Shape[2], p));
    }

    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<ResizeParameters>();
        step.Require(input.Type == output.Type && input.Rank == 4 && output.Rank == 4 && input.Shape[0] == output.Shape[0] && input.Shape[3] == output.Shape[3], "the operands do not fit");
        step.Require(input.Count > 0 && output.Count > 0, "an image is empty");
        step.Require(p.Order is >= BilinearOrder.None and <= BilinearOrder.Doubled && p.AlignCorners is 0 or 1 && p.HalfPixelCenters is 0 or 1, "the parameters are out of range");
        step.Require(p.Order == BilinearOrder.None || input.Type == ElementType.F32, "only floats are interpolated");
        return new ResizeKernel(input, output, p);
    }

    public override string Name => _order != BilinearOrder.None ? "resize.bilinear" : "resize.nearest";

    public override int WorkItems => _output.Shape[0] * _output.Shape[1];

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int channels = _input.Shape[3];
        nint pixel = (nint)channels * _input.Type.Size(), inputRow = _input.Shape[2] * pixel, outputRow = _output.Shape[2] * pixel;
        for (int item = begin; item < end; item++)
        {
            var row = _rows[item % _rows.Length];
            byte* image = context[_input] + item / _rows.Length * _input.Shape[1] * inputRow;
            byte* top = image + row.First * inputRow, bottom = image + row.Second * inputRow;
            byte* to = context[_output] + item * outputRow;
            foreach (var column in _columns)
            {
                float* topLeft = (float*)(top + column.First * pixel), topRight = (float*)(top + column.Second * pixel), bottomLeft = (float*)(bottom + column.First * pixel), bottomRight = (float*)(bottom + column.Second * pixel);
                switch (_order)
                {
                    case BilinearOrder.Neighbours:
                        Interpolate(topLeft, topRight, bottomLeft, bottomRight, (float*)to, channels, row.Weight, column.Weight);
                        break;
                    case BilinearOrder.Lines:
                        InterpolateLines(topLeft, topRight, bottomLeft, bottomRight, (float*)to, channels, row.Weight, column.Weight);
                        break;
                    case BilinearOrder.Products:
                        InterpolateProducts(topLeft, topRight, bottomLeft, bottomRight, (float*)to, channels, row.Weight, column.Weight);
                        break;
                    case BilinearOrder.Doubled:
                        InterpolateDoubled(topLeft, topRight, bottomLeft, bottomRight, (float*)to, channels, row.Weight, column.Weight);
                        break;
                    default:
                        Buffer.MemoryCopy(top + column.First * pixel, to, pixel, pixel);
                        break;
                }
                to += pixel;
            }
        }
    }

    private static void Interpolate(float* topLeft, float* topRight, float* bottomLeft, float* bottomRight, float* to, int channels, float dy, float dx)
    {
        for (int c = 0; c < channels; c++)
        {
            to[c] = topLeft[c] * (1 - dy) * (1 - dx) + bottomLeft[c] * dy * (1 - dx) + topRight[c] * (1 - dy) * dx + bottomRight[c] * dy * dx;
        }
    }

    private static void InterpolateLines(float* topLeft, float* topRight, float* bottomLeft, float* bottomRight, float* to, int channels, float dy, float dx)
    {
        for (int c = 0; c < channels; c++)
        {
            float upper = topLeft[c] + (topRight[c] - topLeft[c]) * dx, lower = bottomLeft[c] + (bottomRight[c] - bottomLeft[c]) * dx;
            to[c] = upper + (lower - upper) * dy;
        }
    }

    private static void InterpolateProducts(float* topLeft, float* topRight, float* bottomLeft, float* bottomRight, float* to, int channels, float dy, float dx)
    {
        float upLeft = (1 - dy) * (1 - dx), upRight = (1 - dy) * dx, downLeft = dy * (1 - dx), downRight = dy * dx;
        for (int c = 0; c < channels; c++) to[c] = topLeft[c] * upLeft + topRight[c] * upRight + bottomLeft[c] * downLeft + bottomRight[c] * downRight;
    }

    private static void InterpolateDoubled(float* topLeft, float* topRight, float* bottomLeft, float* bottomRight, float* to, int channels, float dy, float dx)
    {
        for (int c = 0; c < channels; c++)
        {
            float left = dy == 0 ? topLeft[c] : (topLeft[c] + bottomLeft[c]) / 2, right = dy == 0 ? topRight[c] : (topRight[c] + bottomRight[c]) / 2;
            to[c] = dx == 0 ? left : (left + right) / 2;
        }
    }

    private static Sample[] Samples(int input, int output, ResizeParameters p)
    {
        float scale = p.AlignCorners == 1 && output > 1 ? (float)(input - 1) / (output - 1) : (float)input / output;
        float offset = p.HalfPixelCenters == 1 ? 0.5f : 0;
        var samples = new Sample[output];
        for (int i = 0; i < output; i++)
        {
            if (p.Order == BilinearOrder.None)
            {
                float at = (i + offset) * scale;
                int nearest = (int)Math.Min(p.AlignCorners == 1 ? MathF.Round(at, MidpointRounding.AwayFromZero) : MathF.Floor(at), input - 1);
                samples[i] = new Sample(Math.Max(nearest, 0), 0, 0);
            }
            else if (p.Order == BilinearOrder.Lines)
            {
                float at = p.HalfPixelCenters == 1 && p.AlignCorners == 0 ? Math.Clamp(i * scale + (0.5f * scale - 0.5f), 0, input - 1) : i * scale;
                int first = Math.Min((int)at, input - 1);
                samples[i] = new Sample(first, Math.Min(first + 1, input - 1), at - first);
            }
            else
            {
                float at = p.HalfPixelCenters == 1 ? (i + 0.5f) * scale - 0.5f : i * scale;
                int first = (int)MathF.Floor(at);
                first = Math.Clamp(first, 0, input - 1);
                samples[i] = new Sample(first, Math.Clamp((int)MathF.Ceiling(at), 0, input - 1), at - first);
            }
        }
        return samples;
    }
}
