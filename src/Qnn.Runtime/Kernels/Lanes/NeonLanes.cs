using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>Four lanes of ARM64's NEON.</summary>
internal readonly unsafe struct NeonLanes : ILanes<Vector128<int>, Vector128<float>>
{
    public static string Name => "neon";
    public static int Count => 4;

    public static Vector128<int> Create(int value) => Vector128.Create(value);
    public static Vector128<float> Create(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load<T>(T* source) where T : unmanaged
    {
        if (typeof(T) == typeof(byte)) return Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(source)).AsByte())).AsInt32();
        if (typeof(T) == typeof(sbyte)) return Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(source)).AsSByte()));
        if (typeof(T) == typeof(short)) return AdvSimd.SignExtendWideningLower(Vector64.Load((short*)source));
        if (typeof(T) == typeof(ushort)) return AdvSimd.ZeroExtendWideningLower(Vector64.Load((ushort*)source)).AsInt32();
        return Vector128.Load((int*)source);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* destination, Vector128<int> value) where T : unmanaged
    {
        if (sizeof(T) == 4)
        {
            value.Store((int*)destination);
            return;
        }
        var shorts = AdvSimd.ExtractNarrowingLower(value);
        if (sizeof(T) == 2) shorts.Store((short*)destination);
        else Unsafe.WriteUnaligned(destination, AdvSimd.ExtractNarrowingLower(shorts.ToVector128Unsafe()).AsUInt32().ToScalar());
    }

    public static Vector128<float> LoadFloat(float* source) => Vector128.Load(source);
    public static void StoreFloat(float* destination, Vector128<float> value) => value.Store(destination);

    public static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => a + b;
    public static Vector128<int> Subtract(Vector128<int> a, Vector128<int> b) => a - b;
    public static Vector128<int> Multiply(Vector128<int> a, Vector128<int> b) => a * b;
    public static Vector128<int> Min(Vector128<int> a, Vector128<int> b) => AdvSimd.Min(a, b);
    public static Vector128<int> Max(Vector128<int> a, Vector128<int> b) => AdvSimd.Max(a, b);
    public static Vector128<int> And(Vector128<int> a, Vector128<int> b) => a & b;
    public static Vector128<int> AndNot(Vector128<int> a, Vector128<int> b) => Vector128.AndNot(a, b);
    public static Vector128<int> ShiftLeft(Vector128<int> value, int count) => AdvSimd.ShiftLogical(value, Vector128.Create(count));
    public static Vector128<int> ShiftRight(Vector128<int> value, int count) => AdvSimd.ShiftArithmetic(value, Vector128.Create(-count));
    public static Vector128<int> Greater(Vector128<int> a, Vector128<int> b) => AdvSimd.CompareGreaterThan(a, b) & Vector128<int>.One;
    public static Vector128<int> Equal(Vector128<int> a, Vector128<int> b) => AdvSimd.CompareEqual(a, b) & Vector128<int>.One;
    public static Vector128<int> DoublingHighMultiply(Vector128<int> a, Vector128<int> b) => AdvSimd.MultiplyRoundedDoublingSaturateHigh(a, b);
    public static Vector128<float> ToFloat(Vector128<int> value) => AdvSimd.ConvertToSingle(value);
    public static Vector128<int> ToInt(Vector128<float> value) => AdvSimd.ConvertToInt32RoundToEven(value);
    public static Vector128<int> Truncate(Vector128<float> value) => AdvSimd.ConvertToInt32RoundToZero(value);
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => AdvSimd.Add(a, b);
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => AdvSimd.Subtract(a, b);
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => AdvSimd.Multiply(a, b);
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => AdvSimd.Arm64.Divide(a, b);
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.FusedMultiplyAdd(a, b, c);
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.ConditionalSelect(AdvSimd.CompareLessThan(a, b), a, b);
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.ConditionalSelect(AdvSimd.CompareGreaterThan(a, b), a, b);
    public static Vector128<float> CopySign(Vector128<float> a, Vector128<float> b) => Vector128.ConditionalSelect(Vector128.Create(-0f), b, a);
}
