namespace Qnn.Compiler.Import.Onnx;

/// <summary>sinf and cosf of glibc, which are in error by a little more than half a unit: polynomials in double precision (<c>sincosf.h</c>).</summary>
internal static class LibraryAngles
{
    private const double Half = 1.5707963267948966, HalfRest = 6.123233995736766e-17;

    /// <summary>sin x</summary>
    public static float Sin(float x)
    {
        if (MathF.Abs(x) < 1 / 4096f) return x;
        var (rest, turns) = Reduced(x);
        return Polynomial(rest, turns);
    }

    /// <summary>cos x</summary>
    public static float Cos(float x)
    {
        if (MathF.Abs(x) < 1 / 4096f) return 1;
        var (rest, turns) = Reduced(x);
        return Polynomial(rest, turns + 1);
    }

    // What quarter turns leave of an angle, and their number.
    private static (double Left, int Turns) Reduced(float x)
    {
        if (MathF.Abs(x) < 0.7853982f) return (x, 0);
        double turns = Math.Round(x / Half, MidpointRounding.ToEven);
        return (x - turns * Half - (MathF.Abs(x) < 120 ? 0 : turns * HalfRest), (int)turns);
    }

    // The sine of so many quarter turns and the rest.
    private static float Polynomial(double x, int turns)
    {
        double square = x * x, sign = (turns & 2) == 0 ? 1 : -1;
        if ((turns & 1) == 0)
        {
            double cube = x * square;
            double s = x + cube * -0.16666654943701084;
            return (float)(sign * (s + cube * square * (0.008332178146138854 + square * -0.00019517298981385725)));
        }
        double fourth = square * square;
        double c = 1 + square * -0.49999999725108224 + fourth * 0.041666623324344516;
        return (float)(sign * (c + fourth * square * (-0.001388676379437604 + square * 2.4390450703564542e-05)));
    }
}
