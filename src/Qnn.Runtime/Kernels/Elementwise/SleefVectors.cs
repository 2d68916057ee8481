using System.Numerics;
using System.Runtime.CompilerServices;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary><see cref="SleefFunctions"/>, <see cref="TorchActivations.SleefExp"/> and <see cref="TorchErf"/> of vectors: the same operations, the same bits.</summary>
internal static class SleefVectors
{
    /// <summary>exp(x), as <see cref="TorchActivations.SleefExp"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        var q = Vector.Round(x * 1.44269504088896340736f);
        var s = Fused(q, -0.693145751953125f, x);
        s = Fused(q, -1.428606765330187045e-06f, s);
        var u = Fused(new(0.000198527617612853646278381f), s, 0.00139304355252534151077271f);
        u = Fused(u, s, 0.00833336077630519866943359f);
        u = Fused(u, s, 0.0416664853692054748535156f);
        u = Fused(u, s, 0.166666671633720397949219f);
        u = Fused(u, s, 0.5f);
        u = Vector<float>.One + Vector.FusedMultiplyAdd(s * s, u, s);
        u = Scale(u, Vector.ConvertToInt32(q));
        u = Vector.ConditionalSelect(Vector.LessThan(x, new(-104f)), Vector<float>.Zero, u);
        u = Vector.ConditionalSelect(Vector.GreaterThan(x, new(100f)), new(float.PositiveInfinity), u);
        return Vector.ConditionalSelect(Vector.Equals(x, x), u, x);
    }

    /// <summary>tanh(x), as <see cref="SleefFunctions.Tanh"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x)
    {
        var size = Vector.Abs(x);
        var e = Exp(new Pair(size, Vector<float>.Zero));
        var inverse = e.Inverse();
        var quotient = e.Plus(-inverse) / e.Plus(inverse);
        var sign = x & new Vector<float>(-0f);
        var result = Vector.ConditionalSelect(Vector.GreaterThan(size, new(8.664339742f)), Vector<float>.One, quotient.High + quotient.Low);
        result = Vector.ConditionalSelect(new Vector<float>(-0f), sign, result);
        return Vector.ConditionalSelect(Vector.Equals(x, x), result, x);
    }

    /// <summary>exp(x) - 1, as <see cref="SleefFunctions.ExpMinus1"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ExpMinus1(Vector<float> x)
    {
        var less = Exp(new Pair(x, Vector<float>.Zero)).PlusAny(new Vector<float>(-1f));
        var result = Vector.ConditionalSelect(Vector.GreaterThan(x, new(88.72283172607421875f)), new(float.PositiveInfinity), less.High + less.Low);
        result = Vector.ConditionalSelect(Vector.LessThan(x, new(-16.635532333438687426013570f)), new(-1f), result);
        return Vector.ConditionalSelect(Vector.Equals(x, x) & ~Vector.Equals(x, Vector<float>.Zero), result, x);
    }

    /// <summary>erf(x), as <see cref="TorchErf.Of"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Erf(Vector<float> x)
    {
        var t = Vector<float>.One / Fused(new(TorchErf.P), Vector.Abs(x), 1);
        var r = Fused(new(TorchErf.P5), t, TorchErf.P4);
        r = Fused(r, t, TorchErf.P3);
        r = Fused(r, t, TorchErf.P2);
        r = Fused(r, t, TorchErf.P1);
        return Vector.FusedMultiplyAdd(-Exp(-(x * x)) * t, r, Vector<float>.One) ^ (x & new Vector<float>(-0f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair Exp(Pair x)
    {
        var q = Vector.Round((x.High + x.Low) * SleefFunctions.Log2E);
        var s = x.PlusAny(q * -SleefFunctions.Log2High).PlusAny(q * -SleefFunctions.Log2Low);
        var u = Fused(new(0.1980960224e-3f), s.High, 0.1394256484e-2f);
        u = Fused(u, s.High, 0.8333456703e-2f);
        u = Fused(u, s.High, 0.4166637361e-1f);
        var t = s.Times(u).PlusAny(new Vector<float>(0.166666659414234244790680580464f));
        t = s.Times(t).PlusAny(new Vector<float>(0.5f));
        t = s.PlusAny(s.Square().Times(t));
        t = Pair.Sum(Vector<float>.One, t);
        var power = Vector.ConvertToInt32(q);
        return new Pair(Scale(t.High, power), Scale(t.Low, power));
    }

    // Times 2^power, in two steps.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Scale(Vector<float> value, Vector<int> power)
    {
        var half = power >> 1;
        return value * PowerOfTwo(half) * PowerOfTwo(power - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<int> exponent) => Vector.AsVectorSingle((exponent + new Vector<int>(127)) << 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fused(Vector<float> a, Vector<float> b, float addend) => Vector.FusedMultiplyAdd(a, b, new Vector<float>(addend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fused(Vector<float> a, float b, Vector<float> addend) => Vector.FusedMultiplyAdd(a, new Vector<float>(b), addend);

    /// <summary>Floats and what they lack.</summary>
    private readonly struct Pair(Vector<float> high, Vector<float> low)
    {
        public readonly Vector<float> High = high, Low = low;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Pair operator -(Pair a) => new(-a.High, -a.Low);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Pair operator /(Pair n, Pair d)
        {
            Vector<float> t = Vector<float>.One / d.High, s = n.High * t, u = Vector.FusedMultiplyAdd(t, n.High, -s);
            var v = Vector.FusedMultiplyAdd(-d.Low, t, Vector.FusedMultiplyAdd(-d.High, t, Vector<float>.One));
            return new Pair(s, Vector.FusedMultiplyAdd(s, v, Vector.FusedMultiplyAdd(n.Low, t, u)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Pair Sum(Vector<float> a, Pair b)
        {
            var s = a + b.High;
            return new Pair(s, a - s + b.High + b.Low);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pair Plus(Pair b)
        {
            var s = High + b.High;
            return new Pair(s, High - s + b.High + Low + b.Low);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pair PlusAny(Vector<float> b)
        {
            Vector<float> s = High + b, v = s - High;
            return new Pair(s, High - (s - v) + (b - v) + Low);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pair PlusAny(Pair b)
        {
            Vector<float> s = High + b.High, v = s - High;
            return new Pair(s, High - (s - v) + (b.High - v) + (Low + b.Low));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pair Times(Vector<float> b)
        {
            var s = High * b;
            return new Pair(s, Vector.FusedMultiplyAdd(Low, b, Vector.FusedMultiplyAdd(High, b, -s)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pair Times(Pair b)
        {
            var s = High * b.High;
            return new Pair(s, Vector.FusedMultiplyAdd(High, b.Low, Vector.FusedMultiplyAdd(Low, b.High, Vector.FusedMultiplyAdd(High, b.High, -s))));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pair Square()
        {
            var s = High * High;
            return new Pair(s, Vector.FusedMultiplyAdd(High + High, Low, Vector.FusedMultiplyAdd(High, High, -s)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pair Inverse()
        {
            var s = Vector<float>.One / High;
            return new Pair(s, s * Vector.FusedMultiplyAdd(-Low, s, Vector.FusedMultiplyAdd(-High, s, Vector<float>.One)));
        }
    }
}
