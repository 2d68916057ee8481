using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>
/// Sixty-four floats in four registers of AVX-512. Every operation is done to the four in turn: a long polynomial waits for each of its steps, and a CPU does not look far enough ahead to find the next vector's by itself.
/// </summary>
internal readonly unsafe struct Float64Lanes(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
{
    public const int Count = 64;

    public Float64Lanes(float value) : this(Vector512.Create(value), Vector512.Create(value), Vector512.Create(value), Vector512.Create(value)) { }

    public readonly Vector512<float> A = a, B = b, C = c, D = d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64Lanes Load(float* x) => new(Vector512.Load(x), Vector512.Load(x + 16), Vector512.Load(x + 32), Vector512.Load(x + 48));

    /// <summary>Sixty-four integers of 8 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64Lanes FromBytes(byte* x, bool isSigned) => new(Widen(x, isSigned), Widen(x + 16, isSigned), Widen(x + 32, isSigned), Widen(x + 48, isSigned));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Widen(byte* x, bool isSigned)
    {
        var bytes = Vector128.Load(x);
        return Avx512F.ConvertToVector512Single(isSigned ? Avx512F.ConvertToVector512Int32(bytes.AsSByte()) : Avx512F.ConvertToVector512Int32(bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* y)
    {
        A.Store(y);
        B.Store(y + 16);
        C.Store(y + 32);
        D.Store(y + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64Lanes operator *(Float64Lanes x, Float64Lanes y) => new(x.A * y.A, x.B * y.B, x.C * y.C, x.D * y.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64Lanes operator *(Float64Lanes x, float y) => new(x.A * y, x.B * y, x.C * y, x.D * y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64Lanes operator +(Float64Lanes x, float y)
    {
        var v = Vector512.Create(y);
        return new(x.A + v, x.B + v, x.C + v, x.D + v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64Lanes operator +(Float64Lanes x, Float64Lanes y) => new(x.A + y.A, x.B + y.B, x.C + y.C, x.D + y.D);

    /// <summary>x - y</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64Lanes operator -(float x, Float64Lanes y)
    {
        var v = Vector512.Create(x);
        return new(v - y.A, v - y.B, v - y.C, v - y.D);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64Lanes operator -(Float64Lanes x) => new(-x.A, -x.B, -x.C, -x.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes Abs() => new(Vector512.Abs(A), Vector512.Abs(B), Vector512.Abs(C), Vector512.Abs(D));

    /// <summary>The lesser of a bound and each; what is no number stays so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes AtMost(float bound)
    {
        var v = Vector512.Create(bound);
        return new(Avx512F.Min(v, A), Avx512F.Min(v, B), Avx512F.Min(v, C), Avx512F.Min(v, D));
    }

    /// <summary>The greater of a bound and each; what is no number stays so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes AtLeast(float bound)
    {
        var v = Vector512.Create(bound);
        return new(Avx512F.Max(v, A), Avx512F.Max(v, B), Avx512F.Max(v, C), Avx512F.Max(v, D));
    }

    /// <summary>this * y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes Fma(Float64Lanes y, Float64Lanes z) => new(
        Vector512.FusedMultiplyAdd(A, y.A, z.A), Vector512.FusedMultiplyAdd(B, y.B, z.B), Vector512.FusedMultiplyAdd(C, y.C, z.C), Vector512.FusedMultiplyAdd(D, y.D, z.D));

    /// <summary>this * y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes Fma(float y, Float64Lanes z)
    {
        var v = Vector512.Create(y);
        return new(Vector512.FusedMultiplyAdd(A, v, z.A), Vector512.FusedMultiplyAdd(B, v, z.B), Vector512.FusedMultiplyAdd(C, v, z.C), Vector512.FusedMultiplyAdd(D, v, z.D));
    }

    /// <summary>this * y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes Fma(Float64Lanes y, float z)
    {
        var v = Vector512.Create(z);
        return new(Vector512.FusedMultiplyAdd(A, y.A, v), Vector512.FusedMultiplyAdd(B, y.B, v), Vector512.FusedMultiplyAdd(C, y.C, v), Vector512.FusedMultiplyAdd(D, y.D, v));
    }

    /// <summary>factor * this + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes Fma(float factor, float z)
    {
        Vector512<float> v = Vector512.Create(factor), w = Vector512.Create(z);
        return new(Vector512.FusedMultiplyAdd(v, A, w), Vector512.FusedMultiplyAdd(v, B, w), Vector512.FusedMultiplyAdd(v, C, w), Vector512.FusedMultiplyAdd(v, D, w));
    }

    /// <summary>2^x for whole numbers x from -126 to 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes PowersOfTwo() => new(PowerOfTwo(A), PowerOfTwo(B), PowerOfTwo(C), PowerOfTwo(D));

    /// <summary>Where this is at least a bound <paramref name="yes"/>, else <paramref name="no"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes SelectFrom(float bound, Float64Lanes yes, Float64Lanes no)
    {
        var v = Vector512.Create(bound);
        return new(
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, A), yes.A, no.A), Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, B), yes.B, no.B),
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, C), yes.C, no.C), Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, D), yes.D, no.D));
    }

    /// <summary>With the sign bits of others added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64Lanes WithSigns(Float64Lanes of) => new(WithSign(A, of.A), WithSign(B, of.B), WithSign(C, of.C), WithSign(D, of.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<float> x) => Vector512.ShiftLeft(Avx512F.ConvertToVector512Int32(x) + Vector512.Create(127), 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> WithSign(Vector512<float> x, Vector512<float> of) => x | (of & Vector512.Create(-0f));
}
