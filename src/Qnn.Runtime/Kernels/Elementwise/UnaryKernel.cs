using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>What <see cref="UnaryKernel"/> computes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UnaryParameters
{
    /// <summary>A <see cref="UnaryKind"/>.</summary>
    public int Kind;

    public float Alpha;
    public float Beta;
}

/// <summary>Chooses the kernel of a function of one element.</summary>
internal static class UnaryKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<UnaryParameters>();
        step.Require(input.Type == output.Type && input.Count == output.Count, "input and output differ");
        return (input.Type, (UnaryKind)p.Kind) switch
        {
            (ElementType.F32, UnaryKind.Abs) => Float<UnaryFunctions.Abs<float>>(),
            (ElementType.F32, UnaryKind.Negate) => Float<UnaryFunctions.Negate<float>>(),
            (ElementType.F32, UnaryKind.Square) => Float<UnaryFunctions.Square<float>>(),
            (ElementType.F32, UnaryKind.Sqrt) => Float<UnaryFunctions.Sqrt>(),
            (ElementType.F32, UnaryKind.Rsqrt) => Float<UnaryFunctions.Rsqrt>(),
            (ElementType.F32, UnaryKind.Exp) => Float<UnaryFunctions.Exp>(),
            (ElementType.F32, UnaryKind.Log) => Float<UnaryFunctions.Log>(),
            (ElementType.F32, UnaryKind.Sin) => Float<UnaryFunctions.Sin>(),
            (ElementType.F32, UnaryKind.Cos) => Float<UnaryFunctions.Cos>(),
            (ElementType.F32, UnaryKind.Tan) => Float<UnaryFunctions.Tan>(),
            (ElementType.F32, UnaryKind.Tanh) => Float<UnaryFunctions.Tanh>(),
            (ElementType.F32, UnaryKind.Logistic) => Float<UnaryFunctions.Logistic>(),
            (ElementType.F32, UnaryKind.Floor) => Float<UnaryFunctions.Floor>(),
            (ElementType.F32, UnaryKind.Ceil) => Float<UnaryFunctions.Ceil>(),
            (ElementType.F32, UnaryKind.Round) => Float<UnaryFunctions.Round>(),
            (ElementType.F32, UnaryKind.Clamp) => Float<UnaryFunctions.Clamp>(),
            (ElementType.F32, UnaryKind.LeakyRelu) => Float<UnaryFunctions.LeakyRelu>(),
            (ElementType.F32, UnaryKind.Elu) => Float<UnaryFunctions.Elu>(),
            (ElementType.F32, UnaryKind.HardSwish) => Float<UnaryFunctions.HardSwish>(),
            (ElementType.F32, UnaryKind.Gelu) => Float<UnaryFunctions.Gelu>(),
            (ElementType.F32, UnaryKind.GeluTanh) => Float<UnaryFunctions.GeluTanh>(),
            (ElementType.F32, UnaryKind.Erf) => Float<UnaryFunctions.Erf>(),
            (ElementType.F32, UnaryKind.Asin) => Float<UnaryFunctions.Asin>(),
            (ElementType.F32, UnaryKind.Acos) => Float<UnaryFunctions.Acos>(),
            (ElementType.F32, UnaryKind.Atan) => Float<UnaryFunctions.Atan>(),
            (ElementType.F32, UnaryKind.Sinh) => Float<UnaryFunctions.Sinh>(),
            (ElementType.F32, UnaryKind.Cosh) => Float<UnaryFunctions.Cosh>(),
            (ElementType.F32, UnaryKind.Asinh) => Float<UnaryFunctions.Asinh>(),
            (ElementType.F32, UnaryKind.Acosh) => Float<UnaryFunctions.Acosh>(),
            (ElementType.F32, UnaryKind.Atanh) => Float<UnaryFunctions.Atanh>(),
            (ElementType.F32, UnaryKind.MlasExp) => Float<UnaryFunctions.MlasExp>(),
            (ElementType.F32, UnaryKind.MlasErf) => Float<UnaryFunctions.MlasErf>(),
            (ElementType.F32, UnaryKind.MlasLogistic) => Float<UnaryFunctions.MlasLogistic>(),
            (ElementType.F32, UnaryKind.MlasGelu) => Float<UnaryFunctions.MlasGelu>(),
            (ElementType.F32, UnaryKind.MlasTanh) => Float<UnaryFunctions.MlasTanh>(),
            (ElementType.F32, UnaryKind.EigenExp) => Float<UnaryFunctions.EigenExp>(),
            (ElementType.F32, UnaryKind.EigenLog) => Float<UnaryFunctions.EigenLog>(),
            (ElementType.F32, UnaryKind.EigenLog1P) => Float<UnaryFunctions.EigenLog1P>(),
            (ElementType.F32, UnaryKind.EigenSin) => Float<UnaryFunctions.EigenSin>(),
            (ElementType.F32, UnaryKind.EigenCos) => Float<UnaryFunctions.EigenCos>(),
            (ElementType.F32, UnaryKind.EigenAsin) => Float<UnaryFunctions.EigenAsin>(),
            (ElementType.F32, UnaryKind.EigenAcos) => Float<UnaryFunctions.EigenAcos>(),
            (ElementType.F32, UnaryKind.EigenAtan) => Float<UnaryFunctions.EigenAtan>(),
            (ElementType.F32, UnaryKind.ExpMinus1) => Float<UnaryFunctions.ExpMinus1>(),
            (ElementType.F32, UnaryKind.Log1P) => Float<UnaryFunctions.Log1P>(),
            (ElementType.F32, UnaryKind.Log2) => Float<UnaryFunctions.Log2>(),
            (ElementType.F32, UnaryKind.Log10) => Float<UnaryFunctions.Log10>(),
            (ElementType.F32, UnaryKind.Exp2) => Float<UnaryFunctions.Exp2>(),
            (ElementType.F32, UnaryKind.Erfc) => Float<UnaryFunctions.Erfc>(),
            (ElementType.F32, UnaryKind.LibraryTanh) => Float<UnaryFunctions.LibraryTanh>(),
            (ElementType.F32, UnaryKind.LibraryTan) => Float<UnaryFunctions.LibraryTan>(),
            (ElementType.F32, UnaryKind.OneDnnExp) => Float<UnaryFunctions.OneDnnExp>(),
            (ElementType.F32, UnaryKind.OneDnnLogistic) => Float<UnaryFunctions.OneDnnLogistic>(),
            (ElementType.F32, UnaryKind.OneDnnGelu) => Float<UnaryFunctions.OneDnnGeluFunction>(),
            (ElementType.F32, UnaryKind.TorchLogistic) => Float<UnaryFunctions.TorchLogistic>(),
            (ElementType.F32, UnaryKind.TorchLog1PExp) => Float<UnaryFunctions.TorchLog1PExp>(),
            (ElementType.F32, UnaryKind.TorchMish) => Float<UnaryFunctions.TorchMish>(),
            (ElementType.F32, UnaryKind.TorchGeluTanh) => Float<UnaryFunctions.TorchGeluTanh>(),
            (ElementType.F32, UnaryKind.TorchGelu) => Float<UnaryFunctions.TorchGelu>(),
            (ElementType.F32, UnaryKind.TorchExpMinus1) => Float<UnaryFunctions.TorchExpMinus1>(),
            (ElementType.F32, UnaryKind.SleefLog1PExp) => Float<UnaryFunctions.SleefLog1PExp>(),
            (ElementType.F32, UnaryKind.TorchSilu) => Float<UnaryFunctions.TorchSilu>(),
            (ElementType.F32, UnaryKind.XnnLogistic) => Float<UnaryFunctions.XnnLogistic>(),
            (ElementType.F32, UnaryKind.XnnTanh) => Float<UnaryFunctions.XnnTanh>(),
            (ElementType.F32, UnaryKind.XnnElu) => Float<UnaryFunctions.XnnElu>(),
            (ElementType.F32, UnaryKind.XnnHardSwish) => Float<UnaryFunctions.XnnHardSwish>(),
            (ElementType.F32, UnaryKind.XnnExp) => Float<UnaryFunctions.XnnExp>(),
            (ElementType.F32, UnaryKind.XnnLog) => Float<UnaryFunctions.XnnLog>(),
            (ElementType.F32, UnaryKind.XnnSin) => Float<UnaryFunctions.XnnSin>(),
            (ElementType.F32, UnaryKind.XnnCos) => Float<UnaryFunctions.XnnCos>(),
            (ElementType.F32, UnaryKind.XnnGelu) => Float<UnaryFunctions.XnnGelu>(),
            (ElementType.F32, UnaryKind.XnnGeluTanh) => Float<UnaryFunctions.XnnGeluTanh>(),
            (ElementType.F32, UnaryKind.TfLiteLogistic) => Float<UnaryFunctions.TfLiteLogistic>(),
            (ElementType.F32, UnaryKind.TfLiteTanh) => Float<UnaryFunctions.TfLiteTanh>(),
            (ElementType.F32, UnaryKind.TfLiteElu) => Float<UnaryFunctions.TfLiteElu>(),
            (ElementType.F32, UnaryKind.TfLiteHardSwish) => Float<UnaryFunctions.TfLiteHardSwish>(),
            (ElementType.F32, UnaryKind.TfLiteGelu) => Float<UnaryFunctions.TfLiteGelu>(),
            (ElementType.F32, UnaryKind.TfLiteGeluTanh) => Float<UnaryFunctions.TfLiteGeluTanh>(),
            (ElementType.F32, UnaryKind.TfLiteRound) => Float<UnaryFunctions.TfLiteRound>(),
            (ElementType.F32, UnaryKind.MuslSin) => Float<UnaryFunctions.MuslSin>(),
            (ElementType.F32, UnaryKind.MuslCos) => Float<UnaryFunctions.MuslCos>(),
            (ElementType.F32, UnaryKind.LibraryExp) => Float<UnaryFunctions.LibraryExp>(),
            (ElementType.F32, UnaryKind.LibraryLog) => Float<UnaryFunctions.LibraryLog>(),
            (ElementType.F32, UnaryKind.Sign) => Float<UnaryFunctions.Sign<float>>(),
            (ElementType.S32, UnaryKind.Abs) => Make<int, UnaryFunctions.Abs<int>>(),
            (ElementType.S32, UnaryKind.Negate) => Make<int, UnaryFunctions.Negate<int>>(),
            (ElementType.S32, UnaryKind.Square) => Make<int, UnaryFunctions.Square<int>>(),
            (ElementType.S32, UnaryKind.Sign) => Make<int, UnaryFunctions.Sign<int>>(),
            (ElementType.S64, UnaryKind.Abs) => Make<long, UnaryFunctions.Abs<long>>(),
            (ElementType.S64, UnaryKind.Negate) => Make<long, UnaryFunctions.Negate<long>>(),
            (ElementType.S64, UnaryKind.Square) => Make<long, UnaryFunctions.Square<long>>(),
            (ElementType.S64, UnaryKind.Sign) => Make<long, UnaryFunctions.Sign<long>>(),
            (ElementType.Bool, UnaryKind.LogicalNot) => Make<byte, UnaryFunctions.LogicalNot>(),
            _ => throw step.Fault($"has no function {p.Kind} of {input.Type.Name()}"),
        };

        Kernel Float<TFunction>() where TFunction : struct, IUnaryFunction<float> => new UnaryKernel<float, TFunction>(input, output, p.Alpha, p.Beta, Row<TFunction>(), step.Tier);
        Kernel Make<T, TFunction>() where T : unmanaged where TFunction : struct, IUnaryFunction<T> => new UnaryKernel<T, TFunction>(input, output, default, default, output.Count, step.Tier);
        // Functions that take blocks of elements begin anew at every row, where they are told its length.
        int Row<TFunction>() where TFunction : struct, IUnaryFunction<float>
        {
            if (TFunction.Block == 1 || p.Alpha == 0) return output.Count;
            step.Require(p.Alpha >= 1 && p.Alpha <= output.Count && p.Alpha == (int)p.Alpha && output.Count % (int)p.Alpha == 0, "its rows do not fit");
            return (int)p.Alpha;
        }
    }
}

/// <summary>y = f(x). An item is a piece of some thousand elements.</summary>
internal sealed unsafe class UnaryKernel<T, TFunction>(TensorInfo input, TensorInfo output, T alpha, T beta, int row, KernelTier tier) : Kernel
    where T : unmanaged
    where TFunction : struct, IUnaryFunction<T>
{
    private const int Piece = 2048;

    private readonly bool _vectors = TFunction.HasVector && tier != KernelTier.Scalar, _wide = TFunction.HasWideVector && tier.HasAvx512();

    public override string Name { get; } = $"unary.{typeof(TFunction).Name}";

    public override int WorkItems => (int)(((long)output.Count + Piece - 1) / Piece);

    public override int Grain => !TFunction.HasVector ? 1 : TFunction.Block > 1 ? 2 : 8;

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, Piece);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, Piece);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* x = context.Pointer<T>(input), y = context.Pointer<T>(output);
        int i = begin * Piece, stop = (int)Math.Min((long)end * Piece, output.Count);
        if (_wide && Avx512F.IsSupported) i += Wide((float*)(x + i), (float*)(y + i), stop - i);
        while (i < stop)
        {
            int begun = i - i % row, whole = Math.Min(stop, begun + row / TFunction.Block * TFunction.Block), ended = Math.Min(stop, begun + row);
            if (_vectors) i = Vectors(x, y, i, whole);
            for (; i < whole; i++) y[i] = TFunction.Apply(x[i], alpha, beta);
            for (; i < ended; i++) y[i] = TFunction.ApplyLeft(x[i], alpha, beta);
        }
    }

    // Whole vectors; gives the element behind them. Optimized at the first call, as what it calls is of many operations.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Vectors(T* x, T* y, int i, int end)
    {
        Vector<T> a = new(alpha), b = new(beta);
        for (; i <= end - Vector<T>.Count; i += Vector<T>.Count) TFunction.Apply(Vector.Load(x + i), a, b).Store(y + i);
        return i;
    }

    // Whole sixty-fours of numbers; gives how many. Optimized at the first call: operations that are not inlined yet would take ten times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Wide(float* x, float* y, int count)
    {
        int i = 0;
        for (; i <= count - Float64Lanes.Count; i += Float64Lanes.Count) TFunction.Apply(Float64Lanes.Load(x + i)).Store(y + i);
        return i;
    }
}
