using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>The functions of <see cref="UnaryKind"/>.</summary>
internal static class UnaryFunctions
{
    public readonly struct Abs<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
    {
        // Comparison keeps the least integer, which has no positive counterpart; -0 becomes 0.
        public static T Apply(T x, T alpha, T beta) => x < T.Zero || x == T.Zero ? T.Zero - x : x;
    }

    public readonly struct Negate<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
    {
        public static bool HasVector => true;
        public static T Apply(T x, T alpha, T beta) => -x;
        public static Vector<T> Apply(Vector<T> x, Vector<T> alpha, Vector<T> beta) => -x;
    }

    public readonly struct Square<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
    {
        public static bool HasVector => true;
        public static T Apply(T x, T alpha, T beta) => x * x;
        public static Vector<T> Apply(Vector<T> x, Vector<T> alpha, Vector<T> beta) => x * x;
    }

    public readonly struct Sign<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
    {
        public static T Apply(T x, T alpha, T beta) => x > T.Zero ? T.One : x < T.Zero ? -T.One : T.Zero;
    }

    public readonly struct LogicalNot : IUnaryFunction<byte>
    {
        public static byte Apply(byte x, byte alpha, byte beta) => x == 0 ? (byte)1 : (byte)0;
    }

    public readonly struct Sqrt : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => MathF.Sqrt(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => Vector.SquareRoot(x);
    }

    public readonly struct Rsqrt : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => 1 / MathF.Sqrt(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => Vector<float>.One / Vector.SquareRoot(x);
    }

    public readonly struct Floor : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => MathF.Floor(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => Vector.Floor(x);
    }

    public readonly struct Ceil : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => MathF.Ceiling(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => Vector.Ceiling(x);
    }

    public readonly struct Round : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => Vector.Round(x);
        public static float Apply(float x, float alpha, float beta) => MathF.Round(x, MidpointRounding.ToEven);
    }

    public readonly struct Exp : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.Exp(x);
    }

    public readonly struct Log : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Log(x);
    }

    public readonly struct Sin : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Sin(x);
    }

    public readonly struct Cos : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Cos(x);
    }

    public readonly struct Tan : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Tan(x);
    }

    public readonly struct Asin : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Asin(x);
    }

    public readonly struct Acos : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Acos(x);
    }

    public readonly struct Atan : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Atan(x);
    }

    public readonly struct Sinh : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => LibraryFunctions.Sinh(x);
    }

    public readonly struct Cosh : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => LibraryFunctions.Cosh(x);
    }

    public readonly struct Asinh : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => LibraryFunctions.Asinh(x);
    }

    public readonly struct Acosh : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => LibraryFunctions.Acosh(x);
    }

    public readonly struct Atanh : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => LibraryFunctions.Atanh(x);
    }

    public readonly struct ExpMinus1 : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.ExpMinus1(x);
    }

    public readonly struct Log1P : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.Log1P(x);
    }

    public readonly struct Log2 : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Log2(x);
    }

    public readonly struct Log10 : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Log10(x);
    }

    public readonly struct Exp2 : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => (float)Math.Pow(2, x);
    }

    public readonly struct Erfc : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.Erfc(x);
    }

    public readonly struct LibraryTanh : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => LibraryFunctions.Tanh(x);
    }

    public readonly struct LibraryTan : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => LibraryTrigonometry.Tan(x);
    }

    public readonly struct MlasExp : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => MlasFunctions.Exp(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => MlasFunctions.Exp(x);
    }

    public readonly struct EigenExp : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static int Block => EigenFunctions.Block;
        public static float Apply(float x, float alpha, float beta) => EigenFunctions.Exp(new Vector<float>(x))[0];
        public static float ApplyLeft(float x, float alpha, float beta) => FloatMath.LibraryExp(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => EigenFunctions.Exp(x);
    }

    public readonly struct EigenLog : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static int Block => EigenFunctions.Block;
        public static float Apply(float x, float alpha, float beta) => EigenFunctions.Log(new Vector<float>(x))[0];
        public static float ApplyLeft(float x, float alpha, float beta) => float.IsNormal(x) && x > 0 ? FloatMath.LibraryLog(x) : MathF.Log(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => EigenFunctions.Log(x);
    }

    public readonly struct EigenLog1P : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static int Block => EigenFunctions.Block;
        public static float Apply(float x, float alpha, float beta) => EigenFunctions.Log1P(new Vector<float>(x))[0];
        public static float ApplyLeft(float x, float alpha, float beta) => (float)Math.Log(1 + (double)x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => EigenFunctions.Log1P(x);
    }

    public readonly struct EigenSin : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static int Block => EigenFunctions.Block;
        public static float Apply(float x, float alpha, float beta) => EigenFunctions.Sin(new Vector<float>(x))[0];
        public static float ApplyLeft(float x, float alpha, float beta) => (float)Math.Sin(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => EigenFunctions.Sin(x);
    }

    public readonly struct EigenCos : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static int Block => EigenFunctions.Block;
        public static float Apply(float x, float alpha, float beta) => EigenFunctions.Cos(new Vector<float>(x))[0];
        public static float ApplyLeft(float x, float alpha, float beta) => (float)Math.Cos(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => EigenFunctions.Cos(x);
    }

    public readonly struct EigenAsin : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static int Block => EigenFunctions.Block;
        public static float Apply(float x, float alpha, float beta) => EigenFunctions.Asin(new Vector<float>(x))[0];
        public static float ApplyLeft(float x, float alpha, float beta) => LibraryTrigonometry.Asin(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => EigenFunctions.Asin(x);
    }

    public readonly struct EigenAcos : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static int Block => EigenFunctions.Block;
        public static float Apply(float x, float alpha, float beta) => EigenFunctions.Acos(new Vector<float>(x))[0];
        public static float ApplyLeft(float x, float alpha, float beta) => LibraryTrigonometry.Acos(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => EigenFunctions.Acos(x);
    }

    public readonly struct EigenAtan : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static int Block => EigenFunctions.Block;
        public static float Apply(float x, float alpha, float beta) => EigenFunctions.Atan(new Vector<float>(x))[0];
        public static float ApplyLeft(float x, float alpha, float beta) => LibraryTrigonometry.Atan(x);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => EigenFunctions.Atan(x);
    }

    public readonly struct MlasErf : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => MlasFunctions.Erf(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => MlasFunctions.Erf(x);
        public static bool HasWideVector => true;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Float64Lanes Apply(Float64Lanes x) => MlasFunctions512.Erf(x);
    }

    public readonly struct MlasLogistic : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => MlasFunctions.Logistic(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => MlasFunctions.Logistic(x);
    }

    public readonly struct MlasTanh : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => MlasFunctions.Tanh(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => MlasFunctions.Tanh(x);
    }

    public readonly struct MlasGelu : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => x * 0.5f * (MlasErf.Apply(x * 0.70710678f, alpha, beta) + 1f);
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) =>
            x * new Vector<float>(0.5f) * (MlasFunctions.Erf(x * new Vector<float>(0.70710678f)) + Vector<float>.One);
        public static bool HasWideVector => true;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Float64Lanes Apply(Float64Lanes x) => x * 0.5f * (MlasFunctions512.Erf(x * 0.70710678f) + 1);
    }

    public readonly struct Tanh : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.Tanh(x);
    }

    public readonly struct Logistic : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.Logistic(x);
    }

    public readonly struct OneDnnExp : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => OneDnnMath.Exp(x);
    }

    public readonly struct OneDnnLogistic : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => OneDnnMath.Logistic(x);
    }

    public readonly struct OneDnnGeluFunction : IUnaryFunction<float>
    {
        public static bool HasVector => OneDnnGelu.HasVector;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => OneDnnGelu.Apply(x.AsVector256()).AsVector();
        public static float Apply(float x, float alpha, float beta) => OneDnnGelu.Apply(x);
    }

    public readonly struct TorchLogistic : IUnaryFunction<float>
    {
        public static int Block => TorchActivations.Block;
        public static bool HasVector => true;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => Vector<float>.One / (Vector<float>.One + SleefVectors.Exp(-x));
        public static float Apply(float x, float alpha, float beta) => 1 / (1 + TorchActivations.SleefExp(-x));
        public static float ApplyLeft(float x, float alpha, float beta) => 1 / (1 + FloatMath.LibraryExp(-x));
    }

    public readonly struct TorchLog1PExp : IUnaryFunction<float>
    {
        public static int Block => TorchActivations.Block;
        public static float Apply(float x, float alpha, float beta) => SleefFunctions.Log1PExp(x);
        public static float ApplyLeft(float x, float alpha, float beta) => LibraryFunctions.Log1P(FloatMath.LibraryExp(x));
    }

    public readonly struct TorchMish : IUnaryFunction<float>
    {
        public static int Block => TorchActivations.Block;
        public static float Apply(float x, float alpha, float beta) => x * SleefFunctions.Tanh(SleefFunctions.Log1PExp(x));
        public static float ApplyLeft(float x, float alpha, float beta) => x * LibraryFunctions.Tanh(LibraryFunctions.Log1P(FloatMath.LibraryExp(x)));
    }

    public readonly struct TorchGeluTanh : IUnaryFunction<float>
    {
        private const float Factor = 0.79788456080286535588f, Cubic = 0.044715f;

        public static int Block => TorchActivations.Block;
        public static bool HasVector => true;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => x * 0.5f * (Vector<float>.One + SleefVectors.Tanh(Inner(x)));
        public static float Apply(float x, float alpha, float beta) => 0.5f * x * (1 + SleefFunctions.Tanh(Inner(x)));
        public static float ApplyLeft(float x, float alpha, float beta) => 0.5f * x * (1 + LibraryFunctions.Tanh(Inner(x)));
        private static Vector<float> Inner(Vector<float> x) => Vector.FusedMultiplyAdd(new Vector<float>(Cubic), x * x * x, x) * Factor;
        private static float Inner(float x) => Factor * MathF.FusedMultiplyAdd(Cubic, x * x * x, x);
    }

    public readonly struct TorchGelu : IUnaryFunction<float>
    {
        private const float RootOfHalf = 0.70710678118654752440f;

        public static int Block => TorchActivations.Block;
        public static bool HasVector => true;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => x * 0.5f * (Vector<float>.One + SleefVectors.Erf(x * RootOfHalf));
        public static float Apply(float x, float alpha, float beta) => x * 0.5f * (1 + TorchErf.Of(x * RootOfHalf));
        public static float ApplyLeft(float x, float alpha, float beta) => x * 0.5f * (1 + LibraryErf.Of(x * RootOfHalf));
    }

    public readonly struct TorchExpMinus1 : IUnaryFunction<float>
    {
        public static int Block => TorchActivations.Block;
        public static bool HasVector => true;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => SleefVectors.ExpMinus1(x);
        public static float Apply(float x, float alpha, float beta) => SleefFunctions.ExpMinus1(x);
        public static float ApplyLeft(float x, float alpha, float beta) => LibraryFunctions.ExpMinus1(x);
    }

    public readonly struct SleefLog1PExp : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => SleefFunctions.Log1PExp(x);
    }

    public readonly struct TorchSilu : IUnaryFunction<float>
    {
        public static int Block => TorchActivations.Block;
        public static bool HasVector => true;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => x / (Vector<float>.One + SleefVectors.Exp(-x));
        public static float Apply(float x, float alpha, float beta) => x / (1 + TorchActivations.SleefExp(-x));
        public static float ApplyLeft(float x, float alpha, float beta) => x / (1 + FloatMath.LibraryExp(-x));
    }

    public readonly struct XnnLogistic : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => XnnMath.Logistic(x);
    }

    public readonly struct XnnTanh : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => XnnMath.Tanh(x);
    }

    public readonly struct XnnElu : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => XnnMath.Elu(x);
    }

    public readonly struct XnnHardSwish : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => XnnMath.HardSwish(x);
    }

    public readonly struct XnnExp : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => XnnRationals.Exp(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => XnnRationals.Exp(x);
    }

    public readonly struct XnnLog : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => XnnRationals.Log(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => XnnRationals.Log(x);
    }

    public readonly struct XnnSin : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => XnnRationals.Sin(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => XnnRationals.Sin(x);
    }

    public readonly struct XnnCos : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => XnnRationals.Cos(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => XnnRationals.Cos(x);
    }

    public readonly struct XnnGelu : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => XnnRationals.Gelu(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => XnnRationals.Gelu(x);
    }

    public readonly struct XnnGeluTanh : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => XnnRationals.GeluTanh(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => XnnRationals.GeluTanh(x);
    }

    public readonly struct TfLiteLogistic : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => TfLiteFunctions.Logistic(x);
    }

    public readonly struct TfLiteTanh : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => TfLiteFunctions.Tanh(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => TfLiteFunctions.Tanh(x);
    }

    public readonly struct TfLiteElu : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => TfLiteFunctions.Elu(x);
    }

    public readonly struct TfLiteHardSwish : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => TfLiteFunctions.HardSwish(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => TfLiteFunctions.HardSwish(x);
    }

    public readonly struct TfLiteGelu : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => TfLiteFunctions.Gelu(x);
    }

    public readonly struct TfLiteGeluTanh : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => TfLiteFunctions.GeluTanh(new Vector<float>(x))[0];
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) => TfLiteFunctions.GeluTanh(x);
    }

    public readonly struct TfLiteRound : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => TfLiteFunctions.Round(x);
    }

    public readonly struct MuslSin : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => MuslFunctions.Sin(x);
    }

    public readonly struct MuslCos : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => MuslFunctions.Cos(x);
    }

    public readonly struct LibraryExp : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.LibraryExp(x);
    }

    public readonly struct LibraryLog : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.LibraryLog(x);
    }

    public readonly struct Erf : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.Erf(x);
    }

    public readonly struct Gelu : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.Gelu(x);
    }

    public readonly struct GeluTanh : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => FloatMath.GeluTanh(x);
    }

    public readonly struct Elu : IUnaryFunction<float>
    {
        public static float Apply(float x, float alpha, float beta) => x < 0 ? FloatMath.ExpMinus1(x) : x;
    }

    public readonly struct LeakyRelu : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => x > 0 ? x : x * alpha;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, x * alpha);
    }

    public readonly struct Clamp : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => x < alpha ? alpha : x > beta ? beta : x;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta) =>
            Vector.ConditionalSelect(Vector.LessThan(x, alpha), alpha, Vector.ConditionalSelect(Vector.GreaterThan(x, beta), beta, x));
    }

    public readonly struct HardSwish : IUnaryFunction<float>
    {
        public static bool HasVector => true;
        public static float Apply(float x, float alpha, float beta) => x * Clamp.Apply(x + 3, 0, 6) / 6;
        public static Vector<float> Apply(Vector<float> x, Vector<float> alpha, Vector<float> beta)
        {
            var six = new Vector<float>(6);
            return x * Clamp.Apply(x + new Vector<float>(3), Vector<float>.Zero, six) / six;
        }
    }
}
