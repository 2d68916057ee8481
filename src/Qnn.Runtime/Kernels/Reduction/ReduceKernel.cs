using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>What <see cref="ReduceKernel"/> computes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ReduceParameters
{
    /// <summary>A <see cref="ReduceKind"/>.</summary>
    public int Kind;

    /// <summary>Bit a: axis a is reduced.</summary>
    public int AxisMask;
}

/// <summary>Chooses the kernel of a reduction.</summary>
internal static class ReduceKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<ReduceParameters>();
        step.Require(input.Type == output.Type, "the element types differ");
        var axes = new ReducedAxes(step, input, output, p.AxisMask);
        return (input.Type, (ReduceKind)p.Kind) switch
        {
            (ElementType.F32, ReduceKind.Sum) => Make<float, Add<float>>(),
            (ElementType.F32, ReduceKind.Mean) => Make<float, Mean>(),
            (ElementType.F32, ReduceKind.Product) => Make<float, Multiply<float>>(),
            (ElementType.F32, ReduceKind.Max) => Make<float, Max<float>>(),
            (ElementType.F32, ReduceKind.Min) => Make<float, Min<float>>(),
            (ElementType.F32, ReduceKind.InfiniteMax) => Make<float, InfiniteMax>(),
            (ElementType.F32, ReduceKind.InfiniteMin) => Make<float, InfiniteMin>(),
            (ElementType.S32, ReduceKind.Sum) => Make<int, Add<int>>(),
            (ElementType.S32, ReduceKind.Product) => Make<int, Multiply<int>>(),
            (ElementType.S32, ReduceKind.Mean) => new IntegerMeanKernel<int>(axes, input, output),
            (ElementType.S64, ReduceKind.Sum) => Make<long, Add<long>>(),
            (ElementType.S64, ReduceKind.Product) => Make<long, Multiply<long>>(),
            (ElementType.S64, ReduceKind.Mean) => new IntegerMeanKernel<long>(axes, input, output),
            (ElementType.S32, ReduceKind.Max) => Make<int, Max<int>>(),
            (ElementType.S32, ReduceKind.Min) => Make<int, Min<int>>(),
            (ElementType.S64, ReduceKind.Max) => Make<long, Max<long>>(),
            (ElementType.S64, ReduceKind.Min) => Make<long, Min<long>>(),
            (ElementType.S16, ReduceKind.Max) => Make<short, Max<short>>(),
            (ElementType.S16, ReduceKind.Min) => Make<short, Min<short>>(),
            (ElementType.S8, ReduceKind.Max) => Make<sbyte, Max<sbyte>>(),
            (ElementType.S8, ReduceKind.Min) => Make<sbyte, Min<sbyte>>(),
            (ElementType.U8, ReduceKind.Max) or (ElementType.Bool, ReduceKind.Any) => Make<byte, Max<byte>>(),
            (ElementType.U8, ReduceKind.Min) or (ElementType.Bool, ReduceKind.All) => Make<byte, Min<byte>>(),
            _ => throw step.Fault($"has no reduction {p.Kind} of {input.Type.Name()}"),
        };

        Kernel Make<T, TFunction>() where T : unmanaged where TFunction : struct, IReduction<T> => new ReduceKernel<T, TFunction>(axes, input, output, step.Tier != KernelTier.Scalar);
    }

    /// <summary>A reduction, element by element in row-major order.</summary>
    internal interface IReduction<T> where T : unmanaged
    {
        static abstract T Start { get; }

        static abstract T Apply(T sum, T x);

        /// <summary>Whether several sums are taken side by side in a vector.</summary>
        static virtual bool HasVector => false;

        static virtual Vector<T> Apply(Vector<T> sum, Vector<T> x) => throw new NotSupportedException();

        static virtual T Finish(T sum, int count) => sum;

        /// <summary>Applies neighbouring elements, as one after the other would.</summary>
        static virtual bool HasRow => false;

        static virtual T Row(T sum, ReadOnlySpan<T> x) => sum;
    }

    private readonly struct Add<T> : IReduction<T> where T : unmanaged, INumber<T>
    {
        public static T Start => T.Zero;
        public static T Apply(T sum, T x) => sum + x;
        public static bool HasVector => true;
        public static Vector<T> Apply(Vector<T> sum, Vector<T> x) => sum + x;
    }

    private readonly struct Mean : IReduction<float>
    {
        public static float Start => 0;
        public static float Apply(float sum, float x) => sum + x;
        public static bool HasVector => true;
        public static Vector<float> Apply(Vector<float> sum, Vector<float> x) => sum + x;
        public static float Finish(float sum, int count) => sum / count;
    }

    private readonly struct Multiply<T> : IReduction<T> where T : unmanaged, INumber<T>
    {
        public static T Start => T.One;
        public static T Apply(T sum, T x) => sum * x;
    }

    private interface IExtreme<T> : IReduction<T> where T : unmanaged
    {
        static abstract Vector<T> IsBetter(Vector<T> x, Vector<T> than);
    }

    private readonly struct Max<T> : IExtreme<T> where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        public static T Start => T.MinValue;
        public static T Apply(T sum, T x) => x > sum ? x : sum;
        public static Vector<T> IsBetter(Vector<T> x, Vector<T> than) => Vector.GreaterThan(x, than);
        public static bool HasRow => true;
        public static T Row(T sum, ReadOnlySpan<T> x) => Extreme<T, Max<T>>(sum, x);
    }

    private readonly struct Min<T> : IExtreme<T> where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        public static T Start => T.MaxValue;
        public static T Apply(T sum, T x) => x < sum ? x : sum;
        public static Vector<T> IsBetter(Vector<T> x, Vector<T> than) => Vector.LessThan(x, than);
        public static bool HasRow => true;
        public static T Row(T sum, ReadOnlySpan<T> x) => Extreme<T, Min<T>>(sum, x);
    }

    private readonly struct InfiniteMax : IExtreme<float>
    {
        public static float Start => float.NegativeInfinity;
        public static float Apply(float sum, float x) => Max<float>.Apply(sum, x);
        public static Vector<float> IsBetter(Vector<float> x, Vector<float> than) => Max<float>.IsBetter(x, than);
        public static bool HasRow => true;
        public static float Row(float sum, ReadOnlySpan<float> x) => Extreme<float, InfiniteMax>(sum, x);
    }

    private readonly struct InfiniteMin : IExtreme<float>
    {
        public static float Start => float.PositiveInfinity;
        public static float Apply(float sum, float x) => Min<float>.Apply(sum, x);
        public static Vector<float> IsBetter(Vector<float> x, Vector<float> than) => Min<float>.IsBetter(x, than);
        public static bool HasRow => true;
        public static float Row(float sum, ReadOnlySpan<float> x) => Extreme<float, InfiniteMin>(sum, x);
    }

    private static T Extreme<T, TFunction>(T first, ReadOnlySpan<T> x) where T : unmanaged, INumber<T> where TFunction : struct, IExtreme<T>
    {
        int i = 0;
        T sum = first;
        if (Vector<T>.IsSupported && x.Length >= 4 * Vector<T>.Count)
        {
            var best = new Vector<T>(first);
            for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var v = new Vector<T>(x[i..]);
                best = Vector.ConditionalSelect(TFunction.IsBetter(v, best), v, best);
            }
            for (int lane = 0; lane < Vector<T>.Count; lane++) sum = TFunction.Apply(sum, best[lane]);
        }
        for (; i < x.Length; i++) sum = TFunction.Apply(sum, x[i]);
        // Zeros of either sign are equal: the first one counts.
        if (sum != T.Zero || first == T.Zero) return sum == T.Zero ? first : sum;
        return x[x.IndexOf(T.Zero)];
    }
}

/// <summary>
/// Reduces axes. Kept axes that are innermost form a run that is reduced side by side, so that memory is read in order. An item is one index of the kept axes outside the run,
/// in pieces of the run.
/// </summary>
internal sealed unsafe class ReduceKernel<T, TFunction>(ReducedAxes axes, TensorInfo input, TensorInfo output, bool vectors) : Kernel
    where T : unmanaged
    where TFunction : struct, ReduceKernel.IReduction<T>
{
    private const int Piece = 256;

    private readonly int _pieces = (axes.Run + Piece - 1) / Piece;

    public override string Name { get; } = $"reduce.{typeof(TFunction).Name}";

    public override int WorkItems => output.Count == 0 ? 0 : output.Count / axes.Run * _pieces;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* x = context.Pointer<T>(input), y = context.Pointer<T>(output);
        for (int item = begin; item < end; item++)
        {
            int row = item / _pieces, first = item % _pieces * Piece, count = Math.Min(Piece, axes.Run - first);
            T* from = x + axes.KeptOffset(row) + first;
            T* to = y + (nint)row * axes.Run + first;
            new Span<T>(to, count).Fill(TFunction.Start);
            for (int outer = 0; outer < axes.OuterCount; outer++)
            {
                T* start = from + axes.OuterOffset(outer);
                if (TFunction.HasRow && count == 1 && axes.InnerStride == 1)
                {
                    *to = TFunction.Row(*to, new ReadOnlySpan<T>(start, axes.InnerCount));
                    continue;
                }
                for (int i = 0; i < axes.InnerCount; i++)
                {
                    T* source = start + i * axes.InnerStride;
                    int c = 0;
                    if (TFunction.HasVector && vectors)
                    {
                        for (; c <= count - Vector<T>.Count; c += Vector<T>.Count) TFunction.Apply(Vector.Load(to + c), Vector.Load(source + c)).Store(to + c);
                    }
                    for (; c < count; c++) to[c] = TFunction.Apply(to[c], source[c]);
                }
            }
            for (int c = 0; c < count; c++) to[c] = TFunction.Finish(to[c], axes.OuterCount * axes.InnerCount);
        }
    }
}
