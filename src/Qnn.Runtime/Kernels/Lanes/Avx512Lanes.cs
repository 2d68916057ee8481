using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>Sixteen lanes of AVX-512 F, BW and DQ.</summary>
internal readonly unsafe struct Avx512Lanes : ILanes<Vector512<int>, Vector512<float>>
{
    public static string Name => "avx512";
    public static int Count => 16;

    public static Vector512<int> Create(int value) => Vector512.Create(value);
    public static Vector512<float> Create(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load<T>(T* source) where T : unmanaged =>
        typeof(T) == typeof(byte) ? Avx512F.ConvertToVector512Int32(Vector128.Load((byte*)source))
        : typeof(T) == typeof(sbyte) ? Avx512F.ConvertToVector512Int32(Vector128.Load((sbyte*)source))
        : typeof(T) == typeof(short) ? Avx512F.ConvertToVector512Int32(Vector256.Load((short*)source))
        : typeof(T) == typeof(ushort) ? Avx512F.ConvertToVector512Int32(Vector256.Load((ushort*)source))
        : Vector512.Load((int*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* destination, Vector512<int> value) where T : unmanaged
    {
        if (sizeof(T) == 1) Avx512F.ConvertToVector128Byte(value).Store((byte*)destination);
        else if (sizeof(T) == 2) Avx512F.ConvertToVector256Int16(value).Store((short*)destination);
        else value.Store((int*)destination);
    }

    public static Vector512<float> LoadFloat(float* source) => Vector512.Load(source);
    public static void StoreFloat(float* destination, Vector512<float> value) => value.Store(destination);

    public static Vector512<int> Add(Vector512<int> a, Vector512<int> b) => a + b;
    public static Vector512<int> Subtract(Vector512<int> a, Vector512<int> b) => a - b;
    public static Vector512<int> Multiply(Vector512<int> a, Vector512<int> b) => a * b;
    public static Vector512<int> Min(Vector512<int> a, Vector512<int> b) => Avx512F.Min(a, b);
    public static Vector512<int> Max(Vector512<int> a, Vector512<int> b) => Avx512F.Max(a, b);
    public static Vector512<int> And(Vector512<int> a, Vector512<int> b) => a & b;
    public static Vector512<int> AndNot(Vector512<int> a, Vector512<int> b) => Vector512.AndNot(a, b);
    public static Vector512<int> ShiftLeft(Vector512<int> value, int count) => value << count;
    public static Vector512<int> ShiftRight(Vector512<int> value, int count) => Avx512F.ShiftRightArithmetic(value, Vector128.CreateScalar(count));
    public static Vector512<int> Greater(Vector512<int> a, Vector512<int> b) => Avx512F.ShiftRightLogical(Vector512.GreaterThan(a, b), 31);
    public static Vector512<int> Equal(Vector512<int> a, Vector512<int> b) => Avx512F.ShiftRightLogical(Vector512.Equals(a, b), 31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> DoublingHighMultiply(Vector512<int> a, Vector512<int> b)
    {
        var half = Vector512.Create(1L << 30);
        var even = Avx512F.Multiply(a, b) + half;
        var odd = Avx512F.Multiply(Avx512F.ShiftRightLogical(a.AsInt64(), 32).AsInt32(), Avx512F.ShiftRightLogical(b.AsInt64(), 32).AsInt32()) + half;
        return Vector512.ConditionalSelect(Vector512.Create(0x00000000FFFFFFFFUL).AsInt32(), Avx512F.ShiftRightLogical(even, 31).AsInt32(), Avx512F.ShiftLeftLogical(odd, 1).AsInt32());
    }

    public static Vector512<float> ToFloat(Vector512<int> value) => Avx512F.ConvertToVector512Single(value);
    public static Vector512<int> ToInt(Vector512<float> value) => Avx512F.ConvertToVector512Int32(value);
    public static Vector512<int> Truncate(Vector512<float> value) => Avx512F.ConvertToVector512Int32WithTruncation(value);
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => Avx512F.Add(a, b);
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => Avx512F.Subtract(a, b);
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => Avx512F.Multiply(a, b);
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => Avx512F.Divide(a, b);
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Avx512F.Min(a, b);
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Avx512F.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> CopySign(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.Create(-0f), b, a);
}
