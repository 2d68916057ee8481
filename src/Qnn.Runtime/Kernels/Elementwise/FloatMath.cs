using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// The functions of real numbers that processors do not have. They are computed in double precision and rounded to float once, so that the small differences
/// between the mathematics libraries of operating systems vanish in the rounding: the same bits everywhere, but for cases too rare to meet.
/// </summary>
internal static class FloatMath
{
    private static readonly double[] s_powers = MakePowers();

    /// <summary>2^(i / 32), pinned.</summary>
    public static unsafe double* Powers => (double*)Marshal.UnsafeAddrOfPinnedArrayElement(s_powers, 0);

    private static double[] MakePowers()
    {
        double[] powers = GC.AllocateUninitializedArray<double>(32, pinned: true);
        for (int i = 0; i < powers.Length; i++) powers[i] = Math.Pow(2, i / 32.0);
        return powers;
    }

    public static float Exp(float x) => (float)Math.Exp(x);

    /// <summary>expf of glibc and musl, which is in error by half a unit and a little: 2^(k / 32) from a table, times a cubic polynomial, in double precision.</summary>
    public static float LibraryExp(float x)
    {
        if (float.IsNaN(x)) return x;
        if (x > 88.722839f) return float.PositiveInfinity;
        if (x < -103.972084f) return 0;
        double z = 1.4426950408889634 * 32 * x, k = Math.Round(z, MidpointRounding.ToEven), r = z - k;
        int power = (int)k;
        const double C0 = 0.05550361559341535 / (32 * 32 * 32), C1 = 0.2402284522445722 / (32 * 32), C2 = 0.6931471806916203 / 32;
        double y = (C0 * r + C1) * (r * r) + (C2 * r + 1);
        return (float)(y * BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(s_powers[power & 31]) + ((long)(power >> 5) << 52)));
    }

    // 1 / c and log c for the middles c of sixteen parts of [0.7, 1.4), by glibc's logf_data.c.
    private static readonly (double Inverse, double Log)[] s_logarithms =
    [
        (1.398907162146528, -0.33569133332882284), (1.3403141896637998, -0.2929040563774074), (1.286432210124115, -0.2518726580937369), (1.2367150214269895, -0.21245868807117255),
        (1.1906977166711752, -0.17453945183745634), (1.1479821020556429, -0.1380057072319758), (1.1082251448272158, -0.10275976698545139), (1.0711297413057381, -0.06871392447020525),
        (1.036437278977283, -0.0357891387398228), (1, 0), (0.9492859795739057, 0.05204517742929496), (0.8951049428609004, 0.11081431298787942),
        (0.8476821620351103, 0.1652495223695143), (0.8050314851692001, 0.21687389031699977), (0.7664671008843108, 0.2659635028121397), (0.731428603316328, 0.3127556664073557),
    ];

    /// <summary>logf of glibc, which is in error by four fifths of a unit at most: a table of sixteen logarithms and a cubic polynomial, in double precision. Of normal numbers.</summary>
    public static float LibraryLog(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x), offset = bits - 0x3F330000, exponent = offset >> 23;
        var (inverse, log) = s_logarithms[offset >> 19 & 15];
        double r = BitConverter.Int32BitsToSingle(bits - (exponent << 23)) * inverse - 1, square = r * r;
        double y = (0.333456765744066 * r - 0.4999997485802103) + -0.25089342214237154 * square;
        return (float)(y * square + (log + exponent * 0.6931471805599453 + r));
    }

    // log2 of the same middles.
    private static readonly double[] s_binaryLogarithms =
    [
        -0.48430022186289673, -0.42257122959194704, -0.3633754347673556, -0.30651309567405577, -0.25180720160537634, -0.19910014943794563,
        -0.14825100623281615, -0.09913323807318392, -0.051632812977629436, 0, 0.07508531937943004,
        0.15987125980713107, 0.2384046664317681, 0.31288288605863257, 0.38370422656453185, 0.451211048935815,
    ];

    /// <summary>powf of glibc since version 2.28, in error by four fifths of a unit at most, as it has it for CPUs with fused multiply-adds: 2^(y * log2 x), both from tables and polynomials in double precision.</summary>
    public static float LibraryPower(float x, float y)
    {
        float magnitude = MathF.Abs(x);
        bool isNegative = x < 0;
        if (!(magnitude > 0 && magnitude <= float.MaxValue && MathF.Abs(y) <= float.MaxValue) || isNegative && y != MathF.Floor(y)) return (float)Math.Pow(x, y);
        int bits = BitConverter.SingleToInt32Bits(magnitude);
        if (bits < 0x00800000) bits = BitConverter.SingleToInt32Bits(magnitude * (1 << 23)) - (23 << 23);
        int offset = bits - 0x3F330000, exponent = offset >> 23, part = offset >> 19 & 15;
        const double A0 = 0.288457581109214, A1 = -0.36092606229713164, A2 = 0.480898481472577, A3 = -0.7213474675006291, A4 = 1.4426950408774342;
        double r = Math.FusedMultiplyAdd(BitConverter.Int32BitsToSingle(bits - (exponent << 23)), s_logarithms[part].Inverse, -1), square = r * r;
        double logarithm = Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(A2, r, A3), square, Math.FusedMultiplyAdd(A4, r, s_binaryLogarithms[part] + exponent));
        double power = y * Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(A0, r, A1), square * square, logarithm);
        if (power <= -150) return isNegative && MathF.Abs(y % 2) == 1 ? -0f : 0f;
        // Beyond what a float holds by far.
        power = Math.Min(power, 130);
        double k = Math.Round(power * 32, MidpointRounding.ToEven);
        const double C0 = 0.05550361559341535, C1 = 0.2402284522445722, C2 = 0.6931471806916203;
        r = power - k / 32;
        double result = Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(C0, r, C1), r * r, Math.FusedMultiplyAdd(C2, r, 1)) * Math.ScaleB(s_powers[(int)k & 31], (int)k >> 5);
        return (float)(isNegative && MathF.Abs(y % 2) == 1 ? -result : result);
    }

    /// <summary>exp(x) - 1, without cancellation near 0.</summary>
    public static float ExpMinus1(float x)
    {
        double d = x;
        return (float)(Math.Abs(d) < 1e-4 ? d * (1 + d / 2 * (1 + d / 3 * (1 + d / 4))) : Math.Exp(d) - 1);
    }

    /// <summary>log(1 + x), without cancellation near 0.</summary>
    public static float Log1P(float x)
    {
        double d = x;
        return (float)(Math.Abs(d) < 1e-4 ? d * (1 - d * (1.0 / 2 - d * (1.0 / 3 - d / 4))) : Math.Log(1 + d));
    }

    public static float Logistic(float x) => (float)(1 / (1 + Math.Exp(-(double)x)));

    public static float Tanh(float x) => (float)Math.Tanh(x);

    public static float Erf(float x) => (float)Erf((double)x);

    /// <summary>1 - erf(x), beyond 1 by its continued fraction.</summary>
    public static float Erfc(float x)
    {
        const int Terms = 200;
        if (x < 0) return (float)(2 - Erfc((double)-x));
        return (float)Erfc((double)x);

        static double Erfc(double x)
        {
            if (x < 1) return 1 - Erf(x);
            double fraction = x;
            for (int n = Terms; n > 0; n--) fraction = x + n / 2.0 / fraction;
            return Math.Exp(-x * x) / (fraction * 1.7724538509055160273);
        }
    }

    public static float Gelu(float x) => (float)(0.5 * x * (1 + Erf(x * 0.70710678118654752440)));

    public static float GeluTanh(float x) => (float)(0.5 * x * (1 + Math.Tanh(0.79788456080286535588 * (x + 0.044715 * x * (double)x * x))));

    /// <summary>By the series exp(-x^2) * 2 / sqrt(pi) * sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)), whose terms are all of one sign.</summary>
    private static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) >= 6) return Math.Sign(x);
        double square = x * x, term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * square / (2 * n + 1);
            sum += term;
        }
        return 1.1283791670955125739 * Math.Exp(-square) * sum;
    }
}
