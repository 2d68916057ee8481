using System.Numerics;
using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// <see cref="FloatMath.Tanh"/> of rows: in vectors of double precision whose error is bounded. Where a number between two floats lies within the bound, which happens to one in thirty thousand, the C library's tanh decides;
/// elsewhere it would round to the same float.
/// </summary>
internal static unsafe class RoundedTanh
{
    // Numbers that are redone together.
    private const int Piece = 64;

    // A power of two, more than all roundings and the polynomials leave of a result.
    private const double Bound = 1.0 / (1L << 40);

    // From here on tanh rounds to 1.
    private const double Saturated = 10;

    // Below, exp(2x) - 1 has lost too much, and four terms are enough.
    private const double Small = 1.0 / 256;

    // Added, it rounds to an integer, which is in the low bits then.
    private const double Integer = 6755399441055744;

    /// <summary>Replaces numbers.</summary>
    public static void Apply(float* values, int count)
    {
        float* piece = stackalloc float[Piece];
        for (int i = 0; i < count; i += Piece)
        {
            int left = Math.Min(Piece, count - i);
            new Span<float>(values + i, left).CopyTo(new Span<float>(piece, Piece));
            if (!TryApply(piece)) for (int k = 0; k < left; k++) values[i + k] = FloatMath.Tanh(values[i + k]);
            else new Span<float>(piece, left).CopyTo(new Span<float>(values + i, left));
        }
    }

    // Whether all is certain.
    private static bool TryApply(float* values)
    {
        var doubt = Vector<int>.Zero;
        for (int i = 0; i < Piece; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(values + i), out var low, out var high);
            (low, high) = (Of(low), Of(high));
            Vector<double> lowError = Vector.Abs(low) * Bound, highError = Vector.Abs(high) * Bound;
            doubt |= ~Vector.Equals(Vector.Narrow(low - lowError, high - highError), Vector.Narrow(low + lowError, high + highError));
            Vector.Store(Vector.Narrow(low, high), values + i);
        }
        return Vector.EqualsAll(doubt, Vector<int>.Zero);
    }

    // (e - 1) / (e + 1) with e = exp(2 |x|) = 2^n * exp(r), and a polynomial of r.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Of(Vector<double> x)
    {
        var magnitude = Vector.Min(Vector.Abs(x), new Vector<double>(Saturated));
        var twice = magnitude + magnitude;
        var n = Vector.FusedMultiplyAdd(twice, new Vector<double>(1.4426950408889634), new Vector<double>(Integer));
        var r = Vector.FusedMultiplyAdd(n - new Vector<double>(Integer), new Vector<double>(-0.6931471805599453), twice);
        var p = Vector.FusedMultiplyAdd(new Vector<double>(1 / 479001600.0), r, new Vector<double>(1 / 39916800.0));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1 / 3628800.0));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1 / 362880.0));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1 / 40320.0));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1 / 5040.0));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1 / 720.0));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1 / 120.0));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1 / 24.0));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(1 / 6.0));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<double>(0.5));
        p = Vector.FusedMultiplyAdd(p, r, Vector<double>.One);
        p = Vector.FusedMultiplyAdd(p, r, Vector<double>.One);
        var e = p * Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(n), 52) + Vector.AsVectorInt64(Vector<double>.One));
        var tanh = (e - Vector<double>.One) / (e + Vector<double>.One);
        var square = magnitude * magnitude;
        var s = Vector.FusedMultiplyAdd(new Vector<double>(-17 / 315.0), square, new Vector<double>(2 / 15.0));
        s = Vector.FusedMultiplyAdd(s, square, new Vector<double>(-1 / 3.0));
        s = Vector.FusedMultiplyAdd(s * square, magnitude, magnitude);
        tanh = Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<double>(Small)), s, tanh);
        return tanh | (x & new Vector<double>(-0.0));
    }
}
