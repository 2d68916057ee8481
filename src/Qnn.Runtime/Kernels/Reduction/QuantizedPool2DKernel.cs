using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>
/// Parameters of <see cref="OpCode.QuantizedPool2D"/>. Average: y = clamp(round(sum of (x - Origin) / count) + Origin, Min, Max), halves away from zero, count the elements inside the input.
/// Max: y = clamp(max x, Min, Max).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedPool2DParameters
{
    public PoolKind Kind;
    public int KernelHeight, KernelWidth, StrideHeight, StrideWidth, PadTop, PadLeft;
    public int Origin;
    public int Min, Max;
}

/// <summary>Average and maximum of windows of an NHWC tensor of U8, S8 or S16. An item is a row of results.</summary>
internal sealed unsafe class QuantizedPool2DKernel<T, TLanes, TInt, TFloat>(QuantizedPool2DParameters p, TensorInfo input, TensorInfo output) : Kernel
    where T : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private readonly int _height = input.Shape[1], _width = input.Shape[2], _channels = input.Shape[3], _outHeight = output.Shape[1], _outWidth = output.Shape[2];

    public override string Name { get; } = $"qpool.{TLanes.Name}";
    public override int WorkItems => output.Shape[0] * _outHeight;
    public override int Grain => Math.Max(1, 16384 / Math.Max(1, _outWidth * _channels * Math.Min(p.KernelHeight, _height) * Math.Min(p.KernelWidth, _width)));

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Lines(output, begin, end);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* x = context[input], y = context[output];
        for (int item = begin; item < end; item++)
        {
            var image = (T*)x + (nint)(item / _outHeight) * _height * _width * _channels;
            int top = item % _outHeight * p.StrideHeight - p.PadTop;
            int firstRow = Math.Max(top, 0), lastRow = Math.Min(top + p.KernelHeight, _height);
            for (int column = 0; column < _outWidth; column++)
            {
                int left = column * p.StrideWidth - p.PadLeft;
                int firstColumn = Math.Max(left, 0), lastColumn = Math.Min(left + p.KernelWidth, _width);
                var window = image + ((nint)firstRow * _width + firstColumn) * _channels;
                var result = (T*)y + ((nint)item * _outWidth + column) * _channels;
                Pool(window, Math.Max(lastRow - firstRow, 0), Math.Max(lastColumn - firstColumn, 0), result);
            }
        }
    }

    [SkipLocalsInit]
    private void Pool(T* window, int rows, int columns, T* result)
    {
        int width = TLanes.Count, c = 0, count = rows * columns;
        // An empty window, which no model has, gives the origin.
        var (divisor, half) = (TLanes.Create((float)Math.Max(count, 1)), TLanes.Create((float)(count / 2)));
        for (; c <= _channels - width && typeof(TLanes) != typeof(ScalarLanes); c += width) TLanes.Store(result + c, Reduce(window + c, rows, columns, count, divisor, half));
        for (; c < _channels; c++)
        {
            int value = p.Kind == PoolKind.Max ? ScalarMax(window + c, rows, columns) : Average(ScalarSum(window + c, rows, columns), count);
            ScalarLanes.Store(result + c, Math.Min(Math.Max(value, p.Min), p.Max));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TInt Reduce(T* window, int rows, int columns, int count, TFloat divisor, TFloat half)
    {
        nint rowStride = (nint)_width * _channels;
        var (min, max) = (TLanes.Create(p.Min), TLanes.Create(p.Max));
        TInt value;
        if (p.Kind == PoolKind.Max)
        {
            value = min;
            for (int r = 0; r < rows; r++, window += rowStride)
            {
                for (int k = 0; k < columns; k++) value = TLanes.Max(value, TLanes.Load(window + (nint)k * _channels));
            }
        }
        else
        {
            var sum = TLanes.Create(-p.Origin * count);
            for (int r = 0; r < rows; r++, window += rowStride)
            {
                for (int k = 0; k < columns; k++) sum = TLanes.Add(sum, TLanes.Load(window + (nint)k * _channels));
            }
            // The quotient of integers of at most 24 bits is exact enough in float that truncation gives the integer quotient; the factory sees to it.
            var real = TLanes.ToFloat(sum);
            var quotient = TLanes.Truncate(TLanes.Divide(TLanes.Add(real, TLanes.CopySign(half, real)), divisor));
            value = TLanes.Add(quotient, TLanes.Create(p.Origin));
        }
        return TLanes.Min(TLanes.Max(value, min), max);
    }

    private int ScalarMax(T* window, int rows, int columns)
    {
        int value = p.Min;
        for (int r = 0; r < rows; r++)
        {
            for (int k = 0; k < columns; k++) value = Math.Max(value, ScalarLanes.Load(window + ((nint)r * _width + k) * _channels));
        }
        return value;
    }

    private int ScalarSum(T* window, int rows, int columns)
    {
        int sum = -p.Origin * rows * columns;
        for (int r = 0; r < rows; r++)
        {
            for (int k = 0; k < columns; k++) sum += ScalarLanes.Load(window + ((nint)r * _width + k) * _channels);
        }
        return sum;
    }

    private int Average(int sum, int count) => count == 0 ? p.Origin : (sum > 0 ? sum + count / 2 : sum - count / 2) / count + p.Origin;
}

/// <summary>Makes <see cref="QuantizedPool2DKernel{T, TLanes, TInt, TFloat}"/>.</summary>
internal static class QuantizedPool2DKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (x, y) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<QuantizedPool2DParameters>();
        step.Require(x.Type == y.Type && x.Type is ElementType.U8 or ElementType.S8 or ElementType.S16, "the operands must be of one 8 or 16-bit type");
        step.Require(x.Rank == 4 && y.Rank == 4 && x.Shape[0] == y.Shape[0] && x.Shape[3] == y.Shape[3]);
        step.Require(p.Kind is PoolKind.Average or PoolKind.Max && p.Min <= p.Max && p.Origin is >= short.MinValue and <= short.MaxValue);
        step.Require(p.KernelHeight is > 0 and < 1 << 20 && p.KernelWidth is > 0 and < 1 << 20 && p.StrideHeight is > 0 and < 1 << 20 && p.StrideWidth is > 0 and < 1 << 20);
        step.Require(p.PadTop >= 0 && p.PadLeft >= 0 && p.PadTop < 1 << 20 && p.PadLeft < 1 << 20);
        step.Require((long)y.Shape[1] * p.StrideHeight + p.KernelHeight < int.MaxValue && (long)y.Shape[2] * p.StrideWidth + p.KernelWidth < int.MaxValue);
        // Windows begin inside the input, or in the padding before it.
        step.Require((long)(y.Shape[1] - 1) * p.StrideHeight - p.PadTop < x.Shape[1] && (long)(y.Shape[2] - 1) * p.StrideWidth - p.PadLeft < x.Shape[2]);
        long area = Math.Min((long)p.KernelHeight, x.Shape[1]) * Math.Min((long)p.KernelWidth, x.Shape[2]);
        step.Require(area < 1 << 15, "the window is too large");
        if (p.Kind == PoolKind.Max && step.Tier != KernelTier.Scalar && x.Type != ElementType.S16) return x.Type == ElementType.U8 ? new MaxPoolBytesKernel<byte>(p, x, y) : new MaxPoolBytesKernel<sbyte>(p, x, y);
        bool exact = p.Kind == PoolKind.Max || (x.Type == ElementType.S16 ? area <= 256 : area < 1 << 14);
        return (exact ? step.Tier : KernelTier.Scalar).Create<Factory, Kernel>(new Factory(p, x, y));
    }

    private readonly struct Factory(QuantizedPool2DParameters p, TensorInfo x, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => x.Type switch
        {
            ElementType.U8 => new QuantizedPool2DKernel<byte, TLanes, TInt, TFloat>(p, x, y),
            ElementType.S8 => new QuantizedPool2DKernel<sbyte, TLanes, TInt, TFloat>(p, x, y),
            _ => new QuantizedPool2DKernel<short, TLanes, TInt, TFloat>(p, x, y),
        };
    }
}
