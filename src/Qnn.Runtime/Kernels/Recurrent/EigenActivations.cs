namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// tanh and the logistic function as TensorFlow Lite's float recurrent kernels compute them, by Eigen's scalar code (MathFunctions.h): every operation rounded to float.
/// </summary>
internal static class EigenActivations
{
    /// <summary>Eigen's rational approximation x P(x^2) / Q(x^2), x clamped to where the quotient is 1; x itself where it is tiny.</summary>
    public static float Tanh(float x)
    {
        if (MathF.Abs(x) < 0.0004f) return x;
        x = MathF.Max(MathF.Min(x, 7.90531110763549805f), -7.90531110763549805f);
        float x2 = x * x;
        float p = x2 * -2.76076847742355e-16f + 2.00018790482477e-13f;
        p = x2 * p + -8.60467152213735e-11f;
        p = x2 * p + 5.12229709037114e-08f;
        p = x2 * p + 1.48572235717979e-05f;
        p = x2 * p + 6.37261928875436e-04f;
        p = x2 * p + 4.89352455891786e-03f;
        p = x * p;
        float q = x2 * 1.19825839466702e-06f + 1.18534705686654e-04f;
        q = x2 * q + 2.26843463243900e-03f;
        q = x2 * q + 4.89352518554385e-03f;
        return p / q;
    }

    /// <summary>exp(x) / (1 + exp(x)).</summary>
    public static float Logistic(float x)
    {
        float e = Elementwise.FloatMath.LibraryExp(x);
        return float.IsInfinity(e) ? 1 : e / (1 + e);
    }
}
