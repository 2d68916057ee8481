using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>One lane, in plain C#: the meaning of <see cref="ILanes{TInt, TFloat}"/>.</summary>
internal readonly unsafe struct ScalarLanes : ILanes<int, float>
{
    public static string Name => "scalar";
    public static int Count => 1;

    public static int Create(int value) => value;
    public static float Create(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Load<T>(T* source) where T : unmanaged =>
        typeof(T) == typeof(byte) ? *(byte*)source : typeof(T) == typeof(sbyte) ? *(sbyte*)source : typeof(T) == typeof(short) ? Unsafe.ReadUnaligned<short>(source) : typeof(T) == typeof(ushort) ? Unsafe.ReadUnaligned<ushort>(source) : Unsafe.ReadUnaligned<int>(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* destination, int value) where T : unmanaged
    {
        if (sizeof(T) == 1) *(byte*)destination = (byte)value;
        else if (sizeof(T) == 2) Unsafe.WriteUnaligned(destination, (short)value);
        else Unsafe.WriteUnaligned(destination, value);
    }

    public static float LoadFloat(float* source) => Unsafe.ReadUnaligned<float>(source);
    public static void StoreFloat(float* destination, float value) => Unsafe.WriteUnaligned(destination, value);

    public static int Add(int a, int b) => a + b;
    public static int Subtract(int a, int b) => a - b;
    public static int Multiply(int a, int b) => a * b;
    public static int Min(int a, int b) => Math.Min(a, b);
    public static int Max(int a, int b) => Math.Max(a, b);
    public static int And(int a, int b) => a & b;
    public static int AndNot(int a, int b) => a & ~b;
    public static int ShiftLeft(int value, int count) => value << count;
    public static int ShiftRight(int value, int count) => value >> count;
    public static int Greater(int a, int b) => a > b ? 1 : 0;
    public static int Equal(int a, int b) => a == b ? 1 : 0;
    public static int DoublingHighMultiply(int a, int b) => (int)(((long)a * b + (1L << 30)) >> 31);
    public static float ToFloat(int value) => value;
    public static int ToInt(float value) => (int)MathF.Round(value);
    public static int Truncate(float value) => (int)value;
    public static float Add(float a, float b) => a + b;
    public static float Subtract(float a, float b) => a - b;
    public static float Multiply(float a, float b) => a * b;
    public static float Divide(float a, float b) => a / b;
    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);
    public static float Min(float a, float b) => a < b ? a : b;
    public static float Max(float a, float b) => a > b ? a : b;
    public static float CopySign(float a, float b) => MathF.CopySign(a, b);
}
