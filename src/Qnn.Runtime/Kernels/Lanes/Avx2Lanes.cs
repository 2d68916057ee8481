using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>Eight lanes of AVX2.</summary>
internal readonly unsafe struct Avx2Lanes : ILanes<Vector256<int>, Vector256<float>>
{
    public static string Name => "avx2";
    public static int Count => 8;

    public static Vector256<int> Create(int value) => Vector256.Create(value);
    public static Vector256<float> Create(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load<T>(T* source) where T : unmanaged =>
        typeof(T) == typeof(byte) ? Avx2.ConvertToVector256Int32((byte*)source)
        : typeof(T) == typeof(sbyte) ? Avx2.ConvertToVector256Int32((sbyte*)source)
        : typeof(T) == typeof(short) ? Avx2.ConvertToVector256Int32((short*)source)
        : typeof(T) == typeof(ushort) ? Avx2.ConvertToVector256Int32((ushort*)source)
        : Vector256.Load((int*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* destination, Vector256<int> value) where T : unmanaged
    {
        if (sizeof(T) == 4)
        {
            value.Store((int*)destination);
            return;
        }
        // Sign-extended low halves, so that packing does not saturate.
        var shorts = Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(value, 16), 16);
        var packed = Sse2.PackSignedSaturate(shorts.GetLower(), shorts.GetUpper());
        if (sizeof(T) == 2) packed.Store((short*)destination);
        else Sse2.StoreScalar((long*)destination, Sse2.PackUnsignedSaturate(packed & Vector128.Create((short)255), packed).AsInt64());
    }

    public static Vector256<float> LoadFloat(float* source) => Vector256.Load(source);
    public static void StoreFloat(float* destination, Vector256<float> value) => value.Store(destination);

    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => a + b;
    public static Vector256<int> Subtract(Vector256<int> a, Vector256<int> b) => a - b;
    public static Vector256<int> Multiply(Vector256<int> a, Vector256<int> b) => a * b;
    public static Vector256<int> Min(Vector256<int> a, Vector256<int> b) => Avx2.Min(a, b);
    public static Vector256<int> Max(Vector256<int> a, Vector256<int> b) => Avx2.Max(a, b);
    public static Vector256<int> And(Vector256<int> a, Vector256<int> b) => a & b;
    public static Vector256<int> AndNot(Vector256<int> a, Vector256<int> b) => Vector256.AndNot(a, b);
    public static Vector256<int> ShiftLeft(Vector256<int> value, int count) => value << count;
    public static Vector256<int> ShiftRight(Vector256<int> value, int count) => Avx2.ShiftRightArithmetic(value, Vector128.CreateScalar(count));
    public static Vector256<int> Greater(Vector256<int> a, Vector256<int> b) => Avx2.ShiftRightLogical(Avx2.CompareGreaterThan(a, b), 31);
    public static Vector256<int> Equal(Vector256<int> a, Vector256<int> b) => Avx2.ShiftRightLogical(Avx2.CompareEqual(a, b), 31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> DoublingHighMultiply(Vector256<int> a, Vector256<int> b)
    {
        var half = Vector256.Create(1L << 30);
        var even = Avx2.Multiply(a, b) + half;
        var odd = Avx2.Multiply(Avx2.ShiftRightLogical(a.AsInt64(), 32).AsInt32(), Avx2.ShiftRightLogical(b.AsInt64(), 32).AsInt32()) + half;
        return Avx2.Blend(Avx2.ShiftRightLogical(even, 31).AsInt32(), Avx2.ShiftLeftLogical(odd, 1).AsInt32(), 0b10101010);
    }

    public static Vector256<float> ToFloat(Vector256<int> value) => Avx.ConvertToVector256Single(value);
    public static Vector256<int> ToInt(Vector256<float> value) => Avx.ConvertToVector256Int32(value);
    public static Vector256<int> Truncate(Vector256<float> value) => Avx.ConvertToVector256Int32WithTruncation(value);
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => Avx.Add(a, b);
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => Avx.Subtract(a, b);
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => Avx.Multiply(a, b);
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => Avx.Divide(a, b);
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Avx.Min(a, b);
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Avx.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> CopySign(Vector256<float> a, Vector256<float> b)
    {
        var sign = Vector256.Create(-0f);
        return Avx.Or(Avx.AndNot(sign, a), Avx.And(sign, b));
    }
}
