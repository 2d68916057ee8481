using System.Numerics;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>The functions of <see cref="BinaryKind"/>. Integers wrap around; dividing them by zero gives 0.</summary>
internal static class BinaryFunctions
{
    public readonly struct Add<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
    {
        public static bool HasVector => true;
        public static T Apply(T a, T b) => a + b;
        public static Vector<T> Apply(Vector<T> a, Vector<T> b) => a + b;
    }

    public readonly struct Subtract<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
    {
        public static bool HasVector => true;
        public static T Apply(T a, T b) => a - b;
        public static Vector<T> Apply(Vector<T> a, Vector<T> b) => a - b;
    }

    public readonly struct Multiply<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
    {
        public static bool HasVector => true;
        public static T Apply(T a, T b) => a * b;
        public static Vector<T> Apply(Vector<T> a, Vector<T> b) => a * b;
    }

    public readonly struct SquaredDifference<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
    {
        public static bool HasVector => true;
        public static T Apply(T a, T b) => (a - b) * (a - b);
        public static Vector<T> Apply(Vector<T> a, Vector<T> b) => (a - b) * (a - b);
    }

    public readonly struct Maximum<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
    {
        public static bool HasVector => true;
        public static T Apply(T a, T b) => a > b ? a : b;
        public static Vector<T> Apply(Vector<T> a, Vector<T> b) => Vector.ConditionalSelect(Vector.GreaterThan(a, b), a, b);
    }

    public readonly struct Minimum<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
    {
        public static bool HasVector => true;
        public static T Apply(T a, T b) => a < b ? a : b;
        public static Vector<T> Apply(Vector<T> a, Vector<T> b) => Vector.ConditionalSelect(Vector.LessThan(a, b), a, b);
    }

    public readonly struct Divide : IBinaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float a, float b) => a / b;
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => a / b;
    }

    public readonly struct FloorDivide : IBinaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float a, float b) => MathF.Floor(a / b);
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) => Vector.Floor(a / b);
    }

    public readonly struct FloorModulo : IBinaryFunction<float>
    {
        public static float Apply(float a, float b)
        {
            float rest = a % b;
            return rest != 0 && b < 0 != rest < 0 ? rest + b : rest;
        }
    }

    public readonly struct Power : IBinaryFunction<float>
    {
        public static float Apply(float a, float b) => (float)Math.Pow(a, b);
    }

    public readonly struct LibraryPower : IBinaryFunction<float>
    {
        public static float Apply(float a, float b) => FloatMath.LibraryPower(a, b);
    }

    public readonly struct Atan2 : IBinaryFunction<float>
    {
        public static float Apply(float a, float b) => (float)Math.Atan2(a, b);
    }

    /// <summary>b is the slope below 0.</summary>
    public readonly struct PRelu : IBinaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float a, float b) => a >= 0 ? a : a * b;
        public static Vector<float> Apply(Vector<float> a, Vector<float> b) =>
            Vector.ConditionalSelect(Vector.GreaterThanOrEqual(a, Vector<float>.Zero), a, a * b);
    }

    public readonly struct DivideIntegers<T> : IBinaryFunction<T> where T : unmanaged, IBinaryInteger<T>
    {
        public static T Apply(T a, T b) => b == T.Zero ? T.Zero : b == -T.One ? -a : a / b;
    }

    public readonly struct FloorDivideIntegers<T> : IBinaryFunction<T> where T : unmanaged, IBinaryInteger<T>
    {
        public static T Apply(T a, T b)
        {
            if (b == T.Zero || b == -T.One) return b == T.Zero ? T.Zero : -a;
            T quotient = a / b;
            return quotient * b != a && T.IsNegative(a) != T.IsNegative(b) ? quotient - T.One : quotient;
        }
    }

    public readonly struct FloorModuloIntegers<T> : IBinaryFunction<T> where T : unmanaged, IBinaryInteger<T>
    {
        public static T Apply(T a, T b)
        {
            if (b == T.Zero || b == -T.One) return T.Zero;
            T rest = a % b;
            return rest != T.Zero && T.IsNegative(rest) != T.IsNegative(b) ? rest + b : rest;
        }
    }

    /// <summary>Negative powers round toward 0.</summary>
    public readonly struct PowerIntegers<T> : IBinaryFunction<T> where T : unmanaged, IBinaryInteger<T>
    {
        public static T Apply(T a, T b)
        {
            if (T.IsNegative(b)) return a == T.One ? T.One : a == -T.One ? (T.IsEvenInteger(b) ? T.One : -T.One) : T.Zero;
            T result = T.One;
            for (; b != T.Zero; b >>= 1, a *= a)
            {
                if (T.IsOddInteger(b)) result *= a;
            }
            return result;
        }
    }

    public readonly struct And<T> : IBinaryFunction<T> where T : unmanaged, IBinaryInteger<T>
    {
        public static bool HasVector => true;
        public static T Apply(T a, T b) => a & b;
        public static Vector<T> Apply(Vector<T> a, Vector<T> b) => a & b;
    }

    public readonly struct Or<T> : IBinaryFunction<T> where T : unmanaged, IBinaryInteger<T>
    {
        public static bool HasVector => true;
        public static T Apply(T a, T b) => a | b;
        public static Vector<T> Apply(Vector<T> a, Vector<T> b) => a | b;
    }

    public readonly struct Xor<T> : IBinaryFunction<T> where T : unmanaged, IBinaryInteger<T>
    {
        public static bool HasVector => true;
        public static T Apply(T a, T b) => a ^ b;
        public static Vector<T> Apply(Vector<T> a, Vector<T> b) => a ^ b;
    }

    // A true bool is 1, whatever else a caller has put into an input.
    public readonly struct LogicalAnd : IBinaryFunction<byte>
    {
        public static byte Apply(byte a, byte b) => a != 0 && b != 0 ? (byte)1 : (byte)0;
    }

    public readonly struct LogicalOr : IBinaryFunction<byte>
    {
        public static byte Apply(byte a, byte b) => (a | b) != 0 ? (byte)1 : (byte)0;
    }

    public readonly struct LogicalXor : IBinaryFunction<byte>
    {
        public static byte Apply(byte a, byte b) => a != 0 != (b != 0) ? (byte)1 : (byte)0;
    }
}
