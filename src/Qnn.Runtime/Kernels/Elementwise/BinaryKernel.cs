using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>What <see cref="BinaryKernel"/> computes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BinaryParameters
{
    /// <summary>A <see cref="BinaryKind"/>.</summary>
    public int Kind;

    /// <summary>The least result.</summary>
    public float Min;

    /// <summary>The greatest result.</summary>
    public float Max;
}

/// <summary>Chooses the kernel of a function of two elements.</summary>
internal static class BinaryKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (a, b, output) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<BinaryParameters>();
        var kind = (BinaryKind)p.Kind;
        step.Require(a.Type == b.Type && a.Type == output.Type, "the element types differ");
        step.Require(p.Min <= p.Max, "the range of the result is empty");
        var rows = new BroadcastRows(step, a, b, output);
        return output.Type switch
        {
            ElementType.F32 => kind switch
            {
                BinaryKind.Add => Make<float, BinaryFunctions.Add<float>>(p.Min, p.Max),
                BinaryKind.Subtract => Make<float, BinaryFunctions.Subtract<float>>(p.Min, p.Max),
                BinaryKind.Multiply => Make<float, BinaryFunctions.Multiply<float>>(p.Min, p.Max),
                BinaryKind.Divide => Make<float, BinaryFunctions.Divide>(p.Min, p.Max),
                BinaryKind.FloorDivide => Make<float, BinaryFunctions.FloorDivide>(p.Min, p.Max),
                BinaryKind.FloorModulo => Make<float, BinaryFunctions.FloorModulo>(p.Min, p.Max),
                BinaryKind.Power => Make<float, BinaryFunctions.Power>(p.Min, p.Max),
                BinaryKind.LibraryPower => Make<float, BinaryFunctions.LibraryPower>(p.Min, p.Max),
                BinaryKind.Maximum => Make<float, BinaryFunctions.Maximum<float>>(p.Min, p.Max),
                BinaryKind.Minimum => Make<float, BinaryFunctions.Minimum<float>>(p.Min, p.Max),
                BinaryKind.SquaredDifference => Make<float, BinaryFunctions.SquaredDifference<float>>(p.Min, p.Max),
                BinaryKind.Atan2 => Make<float, BinaryFunctions.Atan2>(p.Min, p.Max),
                BinaryKind.PRelu => Make<float, BinaryFunctions.PRelu>(p.Min, p.Max),
                _ => throw Unknown(),
            },
            ElementType.S32 => Integers<int>(),
            ElementType.S64 => Integers<long>(),
            ElementType.Bool => kind switch
            {
                BinaryKind.LogicalAnd => Unbounded<byte, BinaryFunctions.LogicalAnd>(),
                BinaryKind.LogicalOr => Unbounded<byte, BinaryFunctions.LogicalOr>(),
                BinaryKind.LogicalXor => Unbounded<byte, BinaryFunctions.LogicalXor>(),
                _ => throw Unknown(),
            },
            ElementType.U8 => Integers<byte>(),
            ElementType.S8 => Integers<sbyte>(),
            ElementType.U16 => Integers<ushort>(),
            ElementType.S16 => Integers<short>(),
            ElementType.U32 => Integers<uint>(),
            ElementType.U64 => Integers<ulong>(),
            _ => throw Unknown(),
        };

        Kernel Integers<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            T min = T.CreateSaturating(MathF.Ceiling(p.Min)), max = T.CreateSaturating(MathF.Floor(p.Max));
            return kind switch
            {
                BinaryKind.Add => Make<T, BinaryFunctions.Add<T>>(min, max),
                BinaryKind.Subtract => Make<T, BinaryFunctions.Subtract<T>>(min, max),
                BinaryKind.Multiply => Make<T, BinaryFunctions.Multiply<T>>(min, max),
                BinaryKind.Divide => Make<T, BinaryFunctions.DivideIntegers<T>>(min, max),
                BinaryKind.FloorDivide => Make<T, BinaryFunctions.FloorDivideIntegers<T>>(min, max),
                BinaryKind.FloorModulo => Make<T, BinaryFunctions.FloorModuloIntegers<T>>(min, max),
                BinaryKind.Power => Make<T, BinaryFunctions.PowerIntegers<T>>(min, max),
                BinaryKind.Maximum => Make<T, BinaryFunctions.Maximum<T>>(min, max),
                BinaryKind.Minimum => Make<T, BinaryFunctions.Minimum<T>>(min, max),
                BinaryKind.SquaredDifference => Make<T, BinaryFunctions.SquaredDifference<T>>(min, max),
                _ => Bitwise<T>(),
            };
        }

        Kernel Bitwise<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => kind switch
        {
            BinaryKind.BitwiseAnd => Unbounded<T, BinaryFunctions.And<T>>(),
            BinaryKind.BitwiseOr => Unbounded<T, BinaryFunctions.Or<T>>(),
            BinaryKind.BitwiseXor => Unbounded<T, BinaryFunctions.Xor<T>>(),
            _ => throw Unknown(),
        };

        Kernel Unbounded<T, TFunction>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> where TFunction : struct, IBinaryFunction<T> =>
            Make<T, TFunction>(T.MinValue, T.MaxValue);

        Kernel Make<T, TFunction>(T min, T max) where T : unmanaged, INumber<T> where TFunction : struct, IBinaryFunction<T> =>
            new BinaryKernel<T, TFunction>(rows, a, b, output, min, max, step.Tier);

        QnnFormatException Unknown() => step.Fault($"has no function {p.Kind} of two {output.Type.Name()}");
    }
}

/// <summary>y = min(max(f(a, b), min), max) over broadcast operands.</summary>
internal sealed unsafe class BinaryKernel<T, TFunction>(BroadcastRows rows, TensorInfo a, TensorInfo b, TensorInfo output, T min, T max, KernelTier tier) : Kernel
    where T : unmanaged, INumber<T>
    where TFunction : struct, IBinaryFunction<T>
{
    private readonly bool _vectors = TFunction.HasVector && tier != KernelTier.Scalar, _clamps = !T.IsNegativeInfinity(min) || !T.IsPositiveInfinity(max);

    public override string Name { get; } = $"binary.{typeof(TFunction).Name}";

    public override int WorkItems => rows.WorkItems;

    public override int Grain => rows.Grain;

    public override Region Reads(TensorInfo input, int begin, int end) => rows.Region(input, begin, end);

    public override Region Writes(TensorInfo output, int begin, int end) => rows.Region(output, begin, end);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* pa = context.Pointer<T>(a), pb = context.Pointer<T>(b), py = context.Pointer<T>(output);
        for (int item = begin; item < end;)
        {
            item = rows.Locate(item, end, out int ia, out int ib, out int iy, out int count);
            Row(pa + ia, pb + ib, py + iy, count);
        }
    }

    private void Row(T* x, T* y, T* result, int count)
    {
        int i = 0, stepX = rows.StepA, stepY = rows.StepB;
        if (_vectors)
        {
            Vector<T> low = new(min), high = new(max), vx = new(*x), vy = new(*y);
            for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
            {
                if (stepX != 0) vx = Vector.Load(x + i);
                if (stepY != 0) vy = Vector.Load(y + i);
                var v = TFunction.Apply(vx, vy);
                if (_clamps)
                {
                    v = Vector.ConditionalSelect(Vector.LessThan(v, low), low, v);
                    v = Vector.ConditionalSelect(Vector.GreaterThan(v, high), high, v);
                }
                v.Store(result + i);
            }
        }
        for (; i < count; i++)
        {
            T v = TFunction.Apply(x[i * stepX], y[i * stepY]);
            v = v < min ? min : v;
            result[i] = v > max ? max : v;
        }
    }
}
