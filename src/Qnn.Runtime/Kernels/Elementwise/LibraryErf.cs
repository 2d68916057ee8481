namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>The error function of floats as glibc has it up to version 2.40, by Sun's fdlibm (s_erff.c): quotients of polynomials in four parts of the line, every operation rounded to float. Compared with glibc 2.36 for every seventh float.</summary>
internal static class LibraryErf
{
    private const float AtOne = 8.4506291151e-01f, TwoByRootOfPi = 1.2837916613e-01f;

    private static readonly float[] s_smallOver = [1.2837916613e-01f, -3.2504209876e-01f, -2.8481749818e-02f, -5.7702702470e-03f, -2.3763017452e-05f];
    private static readonly float[] s_smallUnder = [1, 3.9791721106e-01f, 6.5022252500e-02f, 5.0813062117e-03f, 1.3249473704e-04f, -3.9602282413e-06f];
    private static readonly float[] s_oneOver = [-2.3621185683e-03f, 4.1485610604e-01f, -3.7220788002e-01f, 3.1834661961e-01f, -1.1089469492e-01f, 3.5478305072e-02f, -2.1663755178e-03f];
    private static readonly float[] s_oneUnder = [1, 1.0642088205e-01f, 5.4039794207e-01f, 7.1828655899e-02f, 1.2617121637e-01f, 1.3637083583e-02f, 1.1984500103e-02f];
    private static readonly float[] s_middleOver = [-9.8649440333e-03f, -6.9385856390e-01f, -1.0558626175e+01f, -6.2375331879e+01f, -1.6239666748e+02f, -1.8460508728e+02f, -8.1287437439e+01f, -9.8143291473e+00f];
    private static readonly float[] s_middleUnder = [1, 1.9651271820e+01f, 1.3765776062e+02f, 4.3456588745e+02f, 6.4538726807e+02f, 4.2900814819e+02f, 1.0863500214e+02f, 6.5702495575e+00f, -6.0424413532e-02f];
    private static readonly float[] s_greatOver = [-9.8649431020e-03f, -7.9928326607e-01f, -1.7757955551e+01f, -1.6063638306e+02f, -6.3756646729e+02f, -1.0250950928e+03f, -4.8351919556e+02f];
    private static readonly float[] s_greatUnder = [1, 3.0338060379e+01f, 3.2579251099e+02f, 1.5367296143e+03f, 3.1998581543e+03f, 2.5530502930e+03f, 4.7452853394e+02f, -2.2440952301e+01f];

    /// <summary>erf x</summary>
    public static float Of(float x)
    {
        float size = MathF.Abs(x);
        if (float.IsNaN(x)) return x;
        if (size < 0.84375f)
        {
            // The least numbers are multiplied sixteenfold, so that no part is denormal.
            if (size < 3.7252903e-09f) return size < 1.5046328e-36f ? 0.0625f * (16 * x + 16 * TwoByRootOfPi * x) : x + TwoByRootOfPi * x;
            float z = x * x;
            return x + x * (Polynomial(s_smallOver, z) / Polynomial(s_smallUnder, z));
        }
        if (size < 1.25f)
        {
            float s = size - 1, quotient = Polynomial(s_oneOver, s) / Polynomial(s_oneUnder, s);
            return x >= 0 ? AtOne + quotient : -AtOne - quotient;
        }
        if (size >= 6) return x >= 0 ? 1 : -1;
        float beyond = Beyond(size, unchecked((int)0xfffff000));
        return x >= 0 ? 1 - beyond : beyond - 1;
    }

    /// <summary>1 - erf x by musl, which takes a shorter head.</summary>
    public static float MuslComplement(float x)
    {
        float size = MathF.Abs(x);
        if (float.IsNaN(x)) return x;
        if (size < 0.84375f)
        {
            if (size < 1.3877788e-17f) return 1 - x;
            float z = x * x, y = Polynomial(s_smallOver, z) / Polynomial(s_smallUnder, z);
            return x < 0.25f ? 1 - (x + x * y) : 0.5f - (x - 0.5f + x * y);
        }
        if (size >= 28) return x < 0 ? 2 : 0;
        float beyond = size < 1.25f ? 1 - AtOne - Polynomial(s_oneOver, size - 1) / Polynomial(s_oneUnder, size - 1) : Beyond(size, unchecked((int)0xffffe000));
        return x < 0 ? 2 - beyond : beyond;
    }

    // 1 - erf x where that is small.
    private static float Beyond(float size, int mask)
    {
        float inverse = 1 / (size * size);
        float part = size < 2.857142f ? Polynomial(s_middleOver, inverse) / Polynomial(s_middleUnder, inverse) : Polynomial(s_greatOver, inverse) / Polynomial(s_greatUnder, inverse);
        float head = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(size) & mask);
        return FloatMath.LibraryExp(-head * head - 0.5625f) * FloatMath.LibraryExp((head - size) * (head + size) + part) / size;
    }

    private static float Polynomial(float[] coefficients, float x)
    {
        float sum = coefficients[^1];
        for (int i = coefficients.Length - 2; i >= 0; i--) sum = coefficients[i] + x * sum;
        return sum;
    }
}
