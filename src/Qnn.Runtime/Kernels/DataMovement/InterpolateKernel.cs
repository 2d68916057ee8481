using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Parameters of <see cref="InterpolateKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InterpolateParameters
{
    /// <summary>An <see cref="InterpolationOrder"/>.</summary>
    public int Order;
}

/// <summary>
/// Interpolates float NHWC images between four neighbours, in ONNX Runtime's order or in PyTorch's. Inputs: images; for rows, then for columns, the indices of the two neighbours (int32 [n, 2])
/// and their weights (float32 [n, 2]). Indices outside are taken to the edge. An item is one output row.
/// </summary>
internal sealed unsafe class InterpolateKernel : Kernel
{
    private const int Block = 8;

    private readonly InterpolationOrder _order;
    private readonly TensorInfo _images, _rows, _rowWeights, _columns, _columnWeights, _output;

    private InterpolateKernel(StepInfo step)
    {
        _order = (InterpolationOrder)step.ReadParameters<InterpolateParameters>().Order;
        step.Require(Enum.IsDefined(_order), "the order is unknown");
        (_images, _rows, _rowWeights, _columns, _columnWeights, _output) = (step.Input(0), step.Input(1), step.Input(2), step.Input(3), step.Input(4), step.Output(0));
        step.Require(_images.Type == ElementType.F32 && _output.Type == ElementType.F32 && _images.Rank == 4 && _output.Rank == 4, "it takes float images only");
        step.Require(_images.Shape[0] == _output.Shape[0] && _images.Shape[3] == _output.Shape[3] && _images.Count > 0, "the operands do not fit");
        foreach (var (indices, weights, axis) in ((TensorInfo, TensorInfo, int)[])[(_rows, _rowWeights, 1), (_columns, _columnWeights, 2)])
        {
            step.Require(indices.Type == ElementType.S32 && weights.Type == ElementType.F32, "the neighbours have wrong types");
            step.Require(indices.Count == 2L * _output.Shape[axis] && weights.Count == indices.Count, "the neighbours do not fit the result");
        }
    }

    public static Kernel Create(StepInfo step) => new InterpolateKernel(step);

    public override string Name => "interpolate";

    public override int WorkItems => _output.Shape[0] * _output.Shape[1];

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int height = _images.Shape[1], width = _images.Shape[2], channels = _images.Shape[3], rows = _output.Shape[1], columns = _output.Shape[2];
        int* rowAt = context.Pointer<int>(_rows), columnAt = context.Pointer<int>(_columns);
        float* rowWeight = context.Pointer<float>(_rowWeights), columnWeight = context.Pointer<float>(_columnWeights);
        nint line = (nint)width * channels;
        for (int item = begin; item < end; item++)
        {
            int row = item % rows;
            float* image = context.Pointer<float>(_images) + item / rows * height * line, to = context.Pointer<float>(_output) + (nint)item * columns * channels;
            float* top = image + Math.Clamp(rowAt[2 * row], 0, height - 1) * line, bottom = image + Math.Clamp(rowAt[2 * row + 1], 0, height - 1) * line;
            float above = rowWeight[2 * row], below = rowWeight[2 * row + 1];
            for (int column = 0; column < columns; column++, to += channels)
            {
                nint left = (nint)Math.Clamp(columnAt[2 * column], 0, width - 1) * channels, right = (nint)Math.Clamp(columnAt[2 * column + 1], 0, width - 1) * channels;
                float before = columnWeight[2 * column], after = columnWeight[2 * column + 1];
                if (_order == InterpolationOrder.Fused)
                {
                    Fused(top, bottom, left, right, (above, below, before, after), to, channels);
                    continue;
                }
                float topLeft = before * above, topRight = after * above, bottomLeft = before * below, bottomRight = after * below;
                if (_order == InterpolationOrder.Chained) Chained(top, bottom, left, right, (topLeft, topRight, bottomLeft, bottomRight), to, channels);
                else InOrder(top + left, top + right, bottom + left, bottom + right, (topLeft, topRight, bottomLeft, bottomRight), to, channels, _order == InterpolationOrder.Paired);
            }
        }
    }

    // Four products that are added one after the other, or in pairs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InOrder(float* topLeft, float* topRight, float* bottomLeft, float* bottomRight, (float TopLeft, float TopRight, float BottomLeft, float BottomRight) w, float* to, int channels, bool isPaired)
    {
        int c = 0;
        if (Vector256.IsHardwareAccelerated && channels >= Block)
        {
            Vector256<float> first = Vector256.Create(w.TopLeft), second = Vector256.Create(w.TopRight), third = Vector256.Create(w.BottomLeft), fourth = Vector256.Create(w.BottomRight);
            for (; c < channels; c += Block)
            {
                // The last ones begin among those before them.
                c = Math.Min(c, channels - Block);
                var upper = first * Vector256.Load(topLeft + c) + second * Vector256.Load(topRight + c);
                Vector256<float> left = third * Vector256.Load(bottomLeft + c), right = fourth * Vector256.Load(bottomRight + c);
                (isPaired ? upper + (left + right) : upper + left + right).Store(to + c);
            }
            return;
        }
        for (; c < channels; c++)
        {
            float upper = w.TopLeft * topLeft[c] + w.TopRight * topRight[c], left = w.BottomLeft * bottomLeft[c], right = w.BottomRight * bottomRight[c];
            to[c] = isPaired ? upper + (left + right) : upper + left + right;
        }
    }

    private static void Chained(float* top, float* bottom, nint left, nint right, (float TopLeft, float TopRight, float BottomLeft, float BottomRight) w, float* to, int channels)
    {
        int c = 0;
        for (; c < channels / Block * Block; c++)
        {
            float sum = MathF.FusedMultiplyAdd(w.BottomRight, bottom[right + c], w.BottomLeft * bottom[left + c]);
            to[c] = MathF.FusedMultiplyAdd(w.TopLeft, top[left + c], MathF.FusedMultiplyAdd(w.TopRight, top[right + c], sum));
        }
        for (; c < channels; c++)
        {
            float sum = MathF.FusedMultiplyAdd(w.TopLeft, top[left + c], w.TopRight * top[right + c]);
            to[c] = MathF.FusedMultiplyAdd(w.BottomRight, bottom[right + c], MathF.FusedMultiplyAdd(w.BottomLeft, bottom[left + c], sum));
        }
    }

    private static void Fused(float* top, float* bottom, nint left, nint right, (float Above, float Below, float Before, float After) w, float* to, int channels)
    {
        int c = 0;
        for (; c < channels / Block * Block; c++)
        {
            float upper = MathF.FusedMultiplyAdd(w.After, top[right + c], w.Before * top[left + c]), lower = MathF.FusedMultiplyAdd(w.After, bottom[right + c], w.Before * bottom[left + c]);
            to[c] = MathF.FusedMultiplyAdd(w.Below, lower, w.Above * upper);
        }
        for (; c < channels; c++)
        {
            float upper = MathF.FusedMultiplyAdd(w.Before, top[left + c], w.After * top[right + c]), lower = MathF.FusedMultiplyAdd(w.Before, bottom[left + c], w.After * bottom[right + c]);
            to[c] = MathF.FusedMultiplyAdd(w.Above, upper, w.Below * lower);
        }
    }
}
