using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>What <see cref="CompareKernel"/> computes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CompareParameters
{
    /// <summary>A <see cref="CompareKind"/>.</summary>
    public int Kind;
}

/// <summary>Chooses the kernel of a comparison.</summary>
internal static class CompareKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (a, b, output) = (step.Input(0), step.Input(1), step.Output(0));
        var kind = (CompareKind)step.ReadParameters<CompareParameters>().Kind;
        step.Require(a.Type == b.Type && output.Type == ElementType.Bool, "the element types do not fit");
        step.Require(kind is >= CompareKind.Equal and <= CompareKind.GreaterEqual, "the comparison is unknown");
        var rows = new BroadcastRows(step, a, b, output);
        return a.Type switch
        {
            ElementType.F32 => new CompareKernel<float>(kind, rows, a, b, output),
            ElementType.S32 => new CompareKernel<int>(kind, rows, a, b, output),
            ElementType.S64 => new CompareKernel<long>(kind, rows, a, b, output),
            ElementType.S16 => new CompareKernel<short>(kind, rows, a, b, output),
            ElementType.S8 => new CompareKernel<sbyte>(kind, rows, a, b, output),
            ElementType.U16 => new CompareKernel<ushort>(kind, rows, a, b, output),
            ElementType.U32 => new CompareKernel<uint>(kind, rows, a, b, output),
            ElementType.U64 => new CompareKernel<ulong>(kind, rows, a, b, output),
            ElementType.U8 or ElementType.Bool => new CompareKernel<byte>(kind, rows, a, b, output),
            _ => throw step.Fault($"does not compare {a.Type.Name()}"),
        };
    }
}

/// <summary>Compares broadcast operands.</summary>
internal sealed unsafe class CompareKernel<T>(CompareKind kind, BroadcastRows rows, TensorInfo a, TensorInfo b, TensorInfo output) : Kernel
    where T : unmanaged, INumber<T>
{
    public override string Name => "compare";

    public override int WorkItems => rows.WorkItems;

    public override int Grain => rows.Grain;

    public override Region Reads(TensorInfo input, int begin, int end) => rows.Region(input, begin, end);

    public override Region Writes(TensorInfo output, int begin, int end) => rows.Region(output, begin, end);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* pa = context.Pointer<T>(a), pb = context.Pointer<T>(b);
        byte* py = context[output];
        for (int item = begin; item < end;)
        {
            item = rows.Locate(item, end, out int ia, out int ib, out int iy, out int count);
            T* x = pa + ia, y = pb + ib;
            byte* result = py + iy;
            int stepX = rows.StepA, stepY = rows.StepB;
            switch (kind)
            {
                case CompareKind.Equal: for (int i = 0; i < count; i++) result[i] = x[i * stepX] == y[i * stepY] ? (byte)1 : (byte)0; break;
                case CompareKind.NotEqual: for (int i = 0; i < count; i++) result[i] = x[i * stepX] != y[i * stepY] ? (byte)1 : (byte)0; break;
                case CompareKind.Less: for (int i = 0; i < count; i++) result[i] = x[i * stepX] < y[i * stepY] ? (byte)1 : (byte)0; break;
                case CompareKind.LessEqual: for (int i = 0; i < count; i++) result[i] = x[i * stepX] <= y[i * stepY] ? (byte)1 : (byte)0; break;
                case CompareKind.Greater: for (int i = 0; i < count; i++) result[i] = x[i * stepX] > y[i * stepY] ? (byte)1 : (byte)0; break;
                default: for (int i = 0; i < count; i++) result[i] = x[i * stepX] >= y[i * stepY] ? (byte)1 : (byte)0; break;
            }
        }
    }
}
