using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Six rows by sixteen columns, two or one by a panel's, in vectors of 256 bits.</summary>
internal readonly unsafe struct FloatPanelTiles256<TProducts> : IFloatPanelTiles where TProducts : struct, IFloatProducts
{
    private const int Width = 8;

    public static string Name => "vector";

    public static void Add(float* left, nint pitch, int rows, float* panel, int width, int count, float* to, nint toPitch, bool first)
    {
        for (int taken; rows > 0; rows -= taken, left += taken * pitch, to += taken * toPitch)
        {
            taken = rows >= 6 ? 6 : rows >= 2 && width == MatrixPanels.Columns ? 2 : 1;
            if (taken == 6) for (int column = 0; column < width; column += 2 * Width) Six(left, pitch, panel + column, width, count, to + column, toPitch, first);
            else if (taken == 2) Two(left, pitch, panel, count, to, toPitch, first);
            else if (width == MatrixPanels.Columns) One(left, panel, count, to, first);
            else NarrowOne(left, panel, count, to, first);
        }
    }

    public static void AddFour(float* left, float* panel, nint step, int count, float* to, bool first)
    {
        for (int i = 0; i < 4; i++) One(left, panel + i * step, count, to + i * MatrixPanels.Columns, first);
    }

    /// <summary>Six rows of sixteen sums in registers; of columns <paramref name="step"/> elements from one row to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Six(float* left, nint pitch, float* panel, nint step, int count, float* to, nint toPitch, bool first)
    {
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default;
        Vector256<float> d0 = default, d1 = default, e0 = default, e1 = default, f0 = default, f1 = default;
        float* left3 = left + 3 * pitch;
        for (; count != 0; count--, left++, left3++, panel += step)
        {
            Vector256<float> low = Vector256.Load(panel), high = Vector256.Load(panel + Width);
            Row(ref a0, ref a1, left, low, high);
            Row(ref b0, ref b1, left + pitch, low, high);
            Row(ref c0, ref c1, left + 2 * pitch, low, high);
            Row(ref d0, ref d1, left3, low, high);
            Row(ref e0, ref e1, left3 + pitch, low, high);
            Row(ref f0, ref f1, left3 + 2 * pitch, low, high);
        }
        Put(a0, a1, to, first);
        Put(b0, b1, to += toPitch, first);
        Put(c0, c1, to += toPitch, first);
        Put(d0, d1, to += toPitch, first);
        Put(e0, e1, to += toPitch, first);
        Put(f0, f1, to + toPitch, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Two(float* left, nint pitch, float* panel, int count, float* to, nint toPitch, bool first)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (; count != 0; count--, left++, panel += 4 * Width)
        {
            Vector256<float> v = Vector256.Load(panel), w = Vector256.Load(panel + Width);
            Row(ref a0, ref a1, left, v, w);
            Row(ref b0, ref b1, left + pitch, v, w);
            (v, w) = (Vector256.Load(panel + 2 * Width), Vector256.Load(panel + 3 * Width));
            Row(ref a2, ref a3, left, v, w);
            Row(ref b2, ref b3, left + pitch, v, w);
        }
        Put(a0, a1, to, first);
        Put(a2, a3, to + 2 * Width, first);
        Put(b0, b1, to += toPitch, first);
        Put(b2, b3, to + 2 * Width, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void One(float* left, float* panel, int count, float* to, bool first)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        for (; count != 0; count--, left++, panel += 4 * Width)
        {
            Row(ref a, ref b, left, Vector256.Load(panel), Vector256.Load(panel + Width));
            Row(ref c, ref d, left, Vector256.Load(panel + 2 * Width), Vector256.Load(panel + 3 * Width));
        }
        Put(a, b, to, first);
        Put(c, d, to + 2 * Width, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void NarrowOne(float* left, float* panel, int count, float* to, bool first)
    {
        Vector256<float> low = default, high = default;
        for (; count != 0; count--, left++, panel += 2 * Width) Row(ref low, ref high, left, Vector256.Load(panel), Vector256.Load(panel + Width));
        Put(low, high, to, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(ref Vector256<float> sum0, ref Vector256<float> sum1, float* value, Vector256<float> low, Vector256<float> high)
    {
        var v = Vector256.Create(*value);
        sum0 = TProducts.Add(sum0, v, low);
        sum1 = TProducts.Add(sum1, v, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector256<float> low, Vector256<float> high, float* to, bool first)
    {
        (first ? low : Vector256.Load(to) + low).Store(to);
        (first ? high : Vector256.Load(to + Width) + high).Store(to + Width);
    }
}
