using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>
/// Maximum of windows of an NHWC tensor of 8-bit numbers, in vectors of bytes: the lines of a row of windows first, into one line of scratch, then the columns of each window.
/// As <see cref="QuantizedPool2DKernel{T, TLanes, TInt, TFloat}"/> otherwise. An item is a row of results.
/// </summary>
internal sealed unsafe class MaxPoolBytesKernel<T>(QuantizedPool2DParameters p, TensorInfo input, TensorInfo output) : Kernel
    where T : unmanaged, INumber<T>
{
    private readonly int _height = input.Shape[1], _width = input.Shape[2], _channels = input.Shape[3], _outHeight = output.Shape[1], _outWidth = output.Shape[2];
    private readonly T _min = T.CreateSaturating(p.Min), _max = T.CreateSaturating(p.Max);

    public override string Name => "max_pool.bytes";
    public override int WorkItems => output.Shape[0] * _outHeight;
    public override int Grain => Math.Max(1, 65536 / Math.Max(1, _width * _channels * Math.Min(p.KernelHeight, _height)));
    public override nint ScratchBytes => (nint)_width * _channels;

    public override Region Reads(TensorInfo input, int begin, int end)
    {
        var (first, last) = (begin / _outHeight, (end - 1) / _outHeight);
        return Region.Lines(input, first * _height + Lines(begin).First, last * _height + Lines(end - 1).Last);
    }

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Lines(output, begin, end);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* x = context.Pointer<T>(input), y = context.Pointer<T>(output) + (nint)begin * _outWidth * _channels;
        var line = (T*)scratch;
        nint pitch = (nint)_width * _channels;
        for (int item = begin; item < end; item++)
        {
            var (first, last) = Lines(item);
            Maximum(x + ((nint)(item / _outHeight) * _height + first) * pitch, pitch, last - first, line, (int)pitch);
            for (int column = 0; column < _outWidth; column++, y += _channels)
            {
                int left = column * p.StrideWidth - p.PadLeft;
                int start = Math.Max(left, 0);
                Maximum(line + (nint)start * _channels, _channels, Math.Min(left + p.KernelWidth, _width) - start, y, _channels);
            }
        }
    }

    // The input's lines of a row of windows.
    private (int First, int Last) Lines(int item)
    {
        int top = item % _outHeight * p.StrideHeight - p.PadTop;
        int first = Math.Max(top, 0);
        return (first, Math.Max(first, Math.Min(top + p.KernelHeight, _height)));
    }

    // result[i] = the clamped maximum of count rows' elements i; the least result of no rows. The last vector overlaps the one before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Maximum(T* rows, nint pitch, int count, T* result, int length)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated && length >= Vector256<byte>.Count)
        {
            var (min, max) = (Vector256.Create(_min), Vector256.Create(_max));
            while (i < length)
            {
                i = Math.Min(i, length - Vector256<byte>.Count);
                var value = min;
                T* row = rows + i;
                for (int r = 0; r < count; r++, row += pitch) value = Vector256.Max(value, Vector256.Load(row));
                Vector256.Min(value, max).Store(result + i);
                i += Vector256<byte>.Count;
            }
        }
        else if (length >= Vector128<byte>.Count)
        {
            var (min, max) = (Vector128.Create(_min), Vector128.Create(_max));
            while (i < length)
            {
                i = Math.Min(i, length - Vector128<byte>.Count);
                var value = min;
                T* row = rows + i;
                for (int r = 0; r < count; r++, row += pitch) value = Vector128.Max(value, Vector128.Load(row));
                Vector128.Min(value, max).Store(result + i);
                i += Vector128<byte>.Count;
            }
        }
        else
        {
            for (; i < length; i++)
            {
                T value = _min;
                T* row = rows + i;
                for (int r = 0; r < count; r++, row += pitch) value = T.Max(value, *row);
                result[i] = T.Min(value, _max);
            }
        }
    }
}
