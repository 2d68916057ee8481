using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Eight rows, four, two or one by a panel's columns, in vectors of AVX-512.</summary>
internal readonly unsafe struct FloatPanelTiles512<TProducts> : IFloatPanelTiles where TProducts : struct, IFloatProducts
{
    private const int Width = 16;

    public static string Name => "avx512";

    public static void Add(float* left, nint pitch, int rows, float* panel, int width, int count, float* to, nint toPitch, bool first)
    {
        for (int taken; rows > 0; rows -= taken, left += taken * pitch, to += taken * toPitch)
        {
            if (width == Width)
            {
                taken = rows >= 8 ? 8 : 1;
                if (taken == 8) NarrowEight(left, pitch, panel, Width, count, to, toPitch, first);
                else NarrowOne(left, panel, count, to, first);
                continue;
            }
            taken = rows >= 8 ? 8 : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
            if (taken == 8) Eight(left, pitch, panel, 2 * Width, count, to, toPitch, first);
            else if (taken == 4) Four(left, pitch, panel, count, to, toPitch, first);
            else if (taken == 2) Two(left, pitch, panel, count, to, toPitch, first);
            else One(left, panel, count, to, first);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddFour(float* left, float* panel, nint step, int count, float* to, bool first)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        float* panel3 = panel + 3 * step;
        for (; count != 0; count--, left++, panel += 2 * Width, panel3 += 2 * Width)
        {
            Row(ref a0, ref a1, left, Vector512.Load(panel), Vector512.Load(panel + Width));
            Row(ref b0, ref b1, left, Vector512.Load(panel + step), Vector512.Load(panel + step + Width));
            Row(ref c0, ref c1, left, Vector512.Load(panel + 2 * step), Vector512.Load(panel + 2 * step + Width));
            Row(ref d0, ref d1, left, Vector512.Load(panel3), Vector512.Load(panel3 + Width));
        }
        Put(a0, a1, to, first);
        Put(b0, b1, to + 2 * Width, first);
        Put(c0, c1, to + 4 * Width, first);
        Put(d0, d1, to + 6 * Width, first);
    }

    /// <summary>Eight rows of thirty-two sums in registers; of columns <paramref name="step"/> elements from one row to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Eight(float* left, nint pitch, float* panel, nint step, int count, float* to, nint toPitch, bool first)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default;
        Vector512<float> c0 = default, c1 = default, d0 = default, d1 = default;
        Vector512<float> e0 = default, e1 = default, f0 = default, f1 = default;
        Vector512<float> g0 = default, g1 = default, h0 = default, h1 = default;
        float* left3 = left + 3 * pitch, left6 = left + 6 * pitch;
        for (; count != 0; count--, left++, left3++, left6++, panel += step)
        {
            Vector512<float> low = Vector512.Load(panel), high = Vector512.Load(panel + Width);
            Row(ref a0, ref a1, left, low, high);
            Row(ref b0, ref b1, left + pitch, low, high);
            Row(ref c0, ref c1, left + 2 * pitch, low, high);
            Row(ref d0, ref d1, left3, low, high);
            Row(ref e0, ref e1, left3 + pitch, low, high);
            Row(ref f0, ref f1, left3 + 2 * pitch, low, high);
            Row(ref g0, ref g1, left6, low, high);
            Row(ref h0, ref h1, left6 + pitch, low, high);
        }
        Put(a0, a1, to, first);
        Put(b0, b1, to += toPitch, first);
        Put(c0, c1, to += toPitch, first);
        Put(d0, d1, to += toPitch, first);
        Put(e0, e1, to += toPitch, first);
        Put(f0, f1, to += toPitch, first);
        Put(g0, g1, to += toPitch, first);
        Put(h0, h1, to + toPitch, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Four(float* left, nint pitch, float* panel, int count, float* to, nint toPitch, bool first)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        float* left3 = left + 3 * pitch;
        for (; count != 0; count--, left++, left3++, panel += 2 * Width)
        {
            Vector512<float> low = Vector512.Load(panel), high = Vector512.Load(panel + Width);
            Row(ref a0, ref a1, left, low, high);
            Row(ref b0, ref b1, left + pitch, low, high);
            Row(ref c0, ref c1, left + 2 * pitch, low, high);
            Row(ref d0, ref d1, left3, low, high);
        }
        Put(a0, a1, to, first);
        Put(b0, b1, to += toPitch, first);
        Put(c0, c1, to += toPitch, first);
        Put(d0, d1, to + toPitch, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Two(float* left, nint pitch, float* panel, int count, float* to, nint toPitch, bool first)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default;
        for (; count != 0; count--, left++, panel += 2 * Width)
        {
            Vector512<float> low = Vector512.Load(panel), high = Vector512.Load(panel + Width);
            Row(ref a0, ref a1, left, low, high);
            Row(ref b0, ref b1, left + pitch, low, high);
        }
        Put(a0, a1, to, first);
        Put(b0, b1, to + toPitch, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void One(float* left, float* panel, int count, float* to, bool first)
    {
        Vector512<float> low = default, high = default;
        for (; count != 0; count--, left++, panel += 2 * Width) Row(ref low, ref high, left, Vector512.Load(panel), Vector512.Load(panel + Width));
        Put(low, high, to, first);
    }

    /// <summary>Likewise, of sixteen columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void NarrowEight(float* left, nint pitch, float* panel, nint step, int count, float* to, nint toPitch, bool first)
    {
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        float* left3 = left + 3 * pitch, left6 = left + 6 * pitch;
        for (; count != 0; count--, left++, left3++, left6++, panel += step)
        {
            var v = Vector512.Load(panel);
            a = TProducts.Add(a, Vector512.Create(*left), v);
            b = TProducts.Add(b, Vector512.Create(left[pitch]), v);
            c = TProducts.Add(c, Vector512.Create(left[2 * pitch]), v);
            d = TProducts.Add(d, Vector512.Create(*left3), v);
            e = TProducts.Add(e, Vector512.Create(left3[pitch]), v);
            f = TProducts.Add(f, Vector512.Create(left3[2 * pitch]), v);
            g = TProducts.Add(g, Vector512.Create(*left6), v);
            h = TProducts.Add(h, Vector512.Create(left6[pitch]), v);
        }
        Put(a, to, first);
        Put(b, to += toPitch, first);
        Put(c, to += toPitch, first);
        Put(d, to += toPitch, first);
        Put(e, to += toPitch, first);
        Put(f, to += toPitch, first);
        Put(g, to += toPitch, first);
        Put(h, to + toPitch, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void NarrowOne(float* left, float* panel, int count, float* to, bool first)
    {
        Vector512<float> sum = default;
        for (; count != 0; count--, left++, panel += Width) sum = TProducts.Add(sum, Vector512.Create(*left), Vector512.Load(panel));
        Put(sum, to, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(ref Vector512<float> sum0, ref Vector512<float> sum1, float* value, Vector512<float> low, Vector512<float> high)
    {
        // Read where it is spread, in one load: else it is spread from a register, by the port of half of the products.
        var v = Vector512.Create(*value);
        sum0 = TProducts.Add(sum0, v, low);
        sum1 = TProducts.Add(sum1, v, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> low, Vector512<float> high, float* to, bool first)
    {
        Put(low, to, first);
        Put(high, to + Width, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> sum, float* to, bool first) => (first ? sum : Vector512.Load(to) + sum).Store(to);
}
