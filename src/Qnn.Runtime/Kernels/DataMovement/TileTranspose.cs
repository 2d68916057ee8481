using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Transposes matrices by square blocks whose lines fill registers of 16 bytes: 16 x 16 bytes, 8 x 8 elements of two bytes, 4 x 4 of four. Larger elements move one by one.</summary>
internal static unsafe class TileTranspose
{
    // What is read of a line of the source before the next line: a cache line, which is not needed again.
    private const int StripBytes = 64;

    /// <summary>to[row * toStep + column] = from[row + column * fromStep].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(T* from, nint fromStep, T* to, nint toStep, int rows, int columns) where T : unmanaged
    {
        int side = 16 / sizeof(T);
        if (sizeof(T) > 4 || rows < side || columns < side || !(Sse2.IsSupported || AdvSimd.Arm64.IsSupported))
        {
            CopyByElements(from, fromStep, to, toStep, rows, columns);
            return;
        }
        int strip = StripBytes / sizeof(T);
        if (toStep > fromStep)
        {
            // Lines of the result lie farther apart: they are written whole.
            for (int begin = 0; begin < columns; begin += strip)
            {
                int end = Math.Min(begin + strip, columns);
                for (int row = 0; row < rows; row += side)
                {
                    for (int column = begin; column < end; column += side) Block(from, fromStep, to, toStep, Math.Min(row, rows - side), Math.Min(column, columns - side));
                }
            }
            return;
        }
        for (int begin = 0; begin < rows; begin += strip)
        {
            int end = Math.Min(begin + strip, rows);
            for (int column = 0; column < columns; column += side)
            {
                for (int row = begin; row < end; row += side) Block(from, fromStep, to, toStep, Math.Min(row, rows - side), Math.Min(column, columns - side));
            }
        }
    }

    private static void CopyByElements<T>(T* from, nint fromStep, T* to, nint toStep, int rows, int columns) where T : unmanaged
    {
        const int Tile = 16;
        for (int top = 0; top < rows; top += Tile)
        {
            int bottom = Math.Min(top + Tile, rows);
            for (int left = 0; left < columns; left += Tile)
            {
                int right = Math.Min(left + Tile, columns);
                for (int row = top; row < bottom; row++)
                {
                    for (int column = left; column < right; column++) to[row * toStep + column] = from[row + column * fromStep];
                }
            }
        }
    }

    // The block that begins there. The last ones begin in those before them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block<T>(T* from, nint fromStep, T* to, nint toStep, int row, int column) where T : unmanaged
    {
        from += row + column * fromStep;
        to += row * toStep + column;
        if (sizeof(T) == 4) FourByFour<T>((byte*)from, fromStep * sizeof(T), (byte*)to, toStep * sizeof(T));
        else ByStages(from, fromStep, to, toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour<T>(byte* from, nint step, byte* to, nint last) where T : unmanaged
    {
        Vector128<byte> a = Vector128.Load(from), b = Vector128.Load(from + step), c = Vector128.Load(from + 2 * step), d = Vector128.Load(from + 3 * step);
        Vector128<byte> evenLow = Low<T>(a, c), evenHigh = High<T>(a, c), oddLow = Low<T>(b, d), oddHigh = High<T>(b, d);
        Low<T>(evenLow, oddLow).Store(to);
        High<T>(evenLow, oddLow).Store(to + last);
        Low<T>(evenHigh, oddHigh).Store(to + 2 * last);
        High<T>(evenHigh, oddHigh).Store(to + 3 * last);
    }

    // As many stages as the number of a line has bits make lines of columns.
    [SkipLocalsInit]
    private static void ByStages<T>(T* from, nint fromStep, T* to, nint toStep) where T : unmanaged
    {
        const nint Line = 16;
        byte* first = stackalloc byte[256], second = stackalloc byte[256];
        (nint step, nint last) = (fromStep * sizeof(T), toStep * sizeof(T));
        Interleave<T>((byte*)from, step, first, Line);
        Interleave<T>(first, Line, second, Line);
        if (sizeof(T) == 2)
        {
            Interleave<T>(second, Line, (byte*)to, last);
            return;
        }
        Interleave<T>(second, Line, first, Line);
        Interleave<T>(first, Line, (byte*)to, last);
    }

    // Each line of the first half with that of the second.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave<T>(byte* from, nint fromStep, byte* to, nint toStep) where T : unmanaged
    {
        nint half = 8 / sizeof(T);
        for (nint i = 0; i < half; i++, from += fromStep, to += 2 * toStep)
        {
            var (a, b) = (Vector128.Load(from), Vector128.Load(from + half * fromStep));
            Low<T>(a, b).Store(to);
            High<T>(a, b).Store(to + toStep);
        }
    }

    // The lower halves of two lines, element by element in turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Low<T>(Vector128<byte> a, Vector128<byte> b) where T : unmanaged => sizeof(T) switch
    {
        1 => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b),
        2 => (Sse2.IsSupported ? Sse2.UnpackLow(a.AsUInt16(), b.AsUInt16()) : AdvSimd.Arm64.ZipLow(a.AsUInt16(), b.AsUInt16())).AsByte(),
        _ => (Sse2.IsSupported ? Sse2.UnpackLow(a.AsUInt32(), b.AsUInt32()) : AdvSimd.Arm64.ZipLow(a.AsUInt32(), b.AsUInt32())).AsByte(),
    };

    // The upper halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> High<T>(Vector128<byte> a, Vector128<byte> b) where T : unmanaged => sizeof(T) switch
    {
        1 => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b),
        2 => (Sse2.IsSupported ? Sse2.UnpackHigh(a.AsUInt16(), b.AsUInt16()) : AdvSimd.Arm64.ZipHigh(a.AsUInt16(), b.AsUInt16())).AsByte(),
        _ => (Sse2.IsSupported ? Sse2.UnpackHigh(a.AsUInt32(), b.AsUInt32()) : AdvSimd.Arm64.ZipHigh(a.AsUInt32(), b.AsUInt32())).AsByte(),
    };
}
