using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// SLEEF's functions of floats in error by one ULP at most, with fused operations, as PyTorch's vector code takes them: operation by operation, so that the last bits are the same.
/// Numbers in two parts are a float and what it lacks.
/// </summary>
internal static class SleefFunctions
{
    internal const float Log2E = 1.442695040888963407f, Log2High = 0.693145751953125f, Log2Low = 1.428606765330187045e-06f;

    /// <summary>tanh(x): (e - 1 / e) / (e + 1 / e), e = exp(|x|) in two parts.</summary>
    public static float Tanh(float x)
    {
        if (float.IsNaN(x)) return x;
        float size = MathF.Abs(x);
        if (size > 8.664339742f) return float.CopySign(1, x);
        var e = Exp(new Pair(size, 0));
        var inverse = e.Inverse();
        var quotient = e.Plus(-inverse) / e.Plus(inverse);
        return float.CopySign(quotient.High + quotient.Low, x);
    }

    /// <summary>exp(x) - 1.</summary>
    public static float ExpMinus1(float x)
    {
        if (float.IsNaN(x) || x == 0) return x;
        if (x > 88.72283172607421875f) return float.PositiveInfinity;
        if (x < -16.635532333438687426013570f) return -1;
        var less = Exp(new Pair(x, 0)).PlusAny(-1);
        return less.High + less.Low;
    }

    /// <summary>log(1 + x): 2 artanh(q) + e * log 2 with 1 + x = (1 + m) * 2^e, 1 + m from 3/4 to 3/2, q = m / (2 + m).</summary>
    public static float Log1P(float x)
    {
        if (float.IsNaN(x) || x == 0) return x;
        if (x > 1e+38f) return float.PositiveInfinity;
        if (x <= -1) return x == -1 ? float.NegativeInfinity : float.NaN;
        int e = Math.ILogB((x + 1) * (1 / 0.75f));
        float t = MathF.ScaleB(1, -e), m = MathF.FusedMultiplyAdd(x, t, t - 1);
        var s = new Pair(0.69314718246459960938f, -1.904654323148236017e-09f).Times(e);
        var q = new Pair(m, 0) / Pair.Sum(2, m);
        float square = q.High * q.High;
        float u = MathF.FusedMultiplyAdd(0.3027294874f, square, 0.3996108174f);
        u = MathF.FusedMultiplyAdd(u, square, 0.6666694880f);
        s = s.Plus(new Pair(q.High * 2, q.Low * 2)).Plus(square * q.High * u);
        return s.High + s.Low;
    }

    /// <summary>log(1 + exp(x)), each function rounded.</summary>
    public static float Log1PExp(float x) => Log1P(TorchActivations.SleefExp(x));

    private static Pair Exp(Pair x)
    {
        float q = MathF.Round((x.High + x.Low) * Log2E, MidpointRounding.ToEven);
        var s = x.PlusAny(q * -Log2High).PlusAny(q * -Log2Low);
        float u = MathF.FusedMultiplyAdd(0.1980960224e-3f, s.High, 0.1394256484e-2f);
        u = MathF.FusedMultiplyAdd(u, s.High, 0.8333456703e-2f);
        u = MathF.FusedMultiplyAdd(u, s.High, 0.4166637361e-1f);
        var t = s.Times(u).PlusAny(0.166666659414234244790680580464f);
        t = s.Times(t).PlusAny(0.5f);
        t = s.PlusAny(s.Square().Times(t));
        t = Pair.Sum(1, t);
        int power = (int)q, half = power >> 1;
        return new Pair(Scaled(t.High, half, power), Scaled(t.Low, half, power));

        static float Scaled(float value, int half, int power) => value * BitConverter.Int32BitsToSingle((half + 127) << 23) * BitConverter.Int32BitsToSingle((power - half + 127) << 23);
    }

    // A float and what it lacks. Sums are of numbers the first of which is the greater, but for those of any.
    private readonly record struct Pair(float High, float Low)
    {
        public static Pair operator -(Pair a) => new(-a.High, -a.Low);

        public static Pair operator /(Pair n, Pair d)
        {
            float t = 1 / d.High, s = n.High * t, u = MathF.FusedMultiplyAdd(t, n.High, -s), v = MathF.FusedMultiplyAdd(-d.Low, t, MathF.FusedMultiplyAdd(-d.High, t, 1));
            return new Pair(s, MathF.FusedMultiplyAdd(s, v, MathF.FusedMultiplyAdd(n.Low, t, u)));
        }

        public static Pair Sum(float a, float b)
        {
            float s = a + b;
            return new Pair(s, a - s + b);
        }

        public static Pair Sum(float a, Pair b)
        {
            float s = a + b.High;
            return new Pair(s, a - s + b.High + b.Low);
        }

        public Pair Plus(float b)
        {
            float s = High + b;
            return new Pair(s, High - s + b + Low);
        }

        public Pair Plus(Pair b)
        {
            float s = High + b.High;
            return new Pair(s, High - s + b.High + Low + b.Low);
        }

        public Pair PlusAny(float b)
        {
            float s = High + b, v = s - High;
            return new Pair(s, High - (s - v) + (b - v) + Low);
        }

        public Pair PlusAny(Pair b)
        {
            float s = High + b.High, v = s - High;
            return new Pair(s, High - (s - v) + (b.High - v) + (Low + b.Low));
        }

        public Pair Times(float b)
        {
            float s = High * b;
            return new Pair(s, MathF.FusedMultiplyAdd(Low, b, MathF.FusedMultiplyAdd(High, b, -s)));
        }

        public Pair Times(Pair b)
        {
            float s = High * b.High;
            return new Pair(s, MathF.FusedMultiplyAdd(High, b.Low, MathF.FusedMultiplyAdd(Low, b.High, MathF.FusedMultiplyAdd(High, b.High, -s))));
        }

        public Pair Square()
        {
            float s = High * High;
            return new Pair(s, MathF.FusedMultiplyAdd(High + High, Low, MathF.FusedMultiplyAdd(High, High, -s)));
        }

        public Pair Inverse()
        {
            float s = 1 / High;
            return new Pair(s, s * MathF.FusedMultiplyAdd(-Low, s, MathF.FusedMultiplyAdd(-High, s, 1)));
        }
    }
}
