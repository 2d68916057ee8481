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
        for (int top = 0; top < rows; top += strip)
        {
            int bottom = Math.Min(top + strip, rows);
            for (int column = 0; column < columns; column += side)
            {
                // The last block begins in the one before it.
                int left = Math.Min(column, columns - side);
                for (int row = top; row < bottom; row += side)
                {
                    int first = Math.Min(row, rows - side);
                    Block(from + first + left * fromStep, fromStep, to + first * toStep + left, toStep);
                }
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

    // A stage interleaves each line of the first half with that of the second: as many stages as the number of a line has bits make lines of columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block<T>(T* from, nint fromStep, T* to, nint toStep) where T : unmanaged
    {
        Vector128<byte> a = Line(from, fromStep, 0), b = Line(from, fromStep, 1), c = Line(from, fromStep, 2), d = Line(from, fromStep, 3);
        if (sizeof(T) == 4)
        {
            Four<T>(a, b, c, d, to, toStep);
            return;
        }
        Vector128<byte> e = Line(from, fromStep, 4), f = Line(from, fromStep, 5), g = Line(from, fromStep, 6), h = Line(from, fromStep, 7);
        if (sizeof(T) == 2)
        {
            Eight<T>(a, b, c, d, e, f, g, h, to, toStep);
            return;
        }
        from += 8 * fromStep;
        Vector128<byte> i = Line(from, fromStep, 0), j = Line(from, fromStep, 1), k = Line(from, fromStep, 2), l = Line(from, fromStep, 3);
        Vector128<byte> m = Line(from, fromStep, 4), n = Line(from, fromStep, 5), o = Line(from, fromStep, 6), p = Line(from, fromStep, 7);
        Eight<T>(Low<T>(a, i), Low<T>(b, j), Low<T>(c, k), Low<T>(d, l), Low<T>(e, m), Low<T>(f, n), Low<T>(g, o), Low<T>(h, p), to, toStep);
        Eight<T>(High<T>(a, i), High<T>(b, j), High<T>(c, k), High<T>(d, l), High<T>(e, m), High<T>(f, n), High<T>(g, o), High<T>(h, p), to + 8 * toStep, toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight<T>(
        Vector128<byte> a, Vector128<byte> b, Vector128<byte> c, Vector128<byte> d, Vector128<byte> e, Vector128<byte> f, Vector128<byte> g, Vector128<byte> h, T* to, nint toStep) where T : unmanaged
    {
        Four<T>(Low<T>(a, e), Low<T>(b, f), Low<T>(c, g), Low<T>(d, h), to, toStep);
        Four<T>(High<T>(a, e), High<T>(b, f), High<T>(c, g), High<T>(d, h), to + 4 * toStep, toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<T>(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c, Vector128<byte> d, T* to, nint toStep) where T : unmanaged
    {
        Vector128<byte> evenLow = Low<T>(a, c), oddLow = Low<T>(b, d), evenHigh = High<T>(a, c), oddHigh = High<T>(b, d);
        Low<T>(evenLow, oddLow).Store((byte*)to);
        High<T>(evenLow, oddLow).Store((byte*)(to + toStep));
        Low<T>(evenHigh, oddHigh).Store((byte*)(to + 2 * toStep));
        High<T>(evenHigh, oddHigh).Store((byte*)(to + 3 * toStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Line<T>(T* from, nint step, int line) where T : unmanaged => Vector128.Load((byte*)(from + line * step));

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
