using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>y = condition ? a : b, on elements of 1, 2, 4 or 8 bytes. Each operand has the result's count, or is one element for all.</summary>
internal sealed unsafe class SelectKernel : Kernel
{
    private const int Piece = 4096;

    private readonly TensorInfo _condition, _a, _b, _output;

    private SelectKernel(TensorInfo condition, TensorInfo a, TensorInfo b, TensorInfo output) => (_condition, _a, _b, _output) = (condition, a, b, output);

    public static Kernel Create(StepInfo step)
    {
        var (condition, a, b, output) = (step.Input(0), step.Input(1), step.Input(2), step.Output(0));
        step.Require(condition.Type == ElementType.Bool && a.Type == output.Type && b.Type == output.Type, "the element types do not fit");
        foreach (var operand in (TensorInfo[])[condition, a, b]) step.Require(operand.Count == output.Count || operand.Count == 1, "an operand does not fit the result");
        return new SelectKernel(condition, a, b, output);
    }

    public override string Name => "select";

    public override int WorkItems => (int)(((long)_output.Count + Piece - 1) / Piece);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        switch (_output.Type.Size())
        {
            case 1: Run<byte>(context, begin, end); break;
            case 2: Run<ushort>(context, begin, end); break;
            case 4: Run<uint>(context, begin, end); break;
            default: Run<ulong>(context, begin, end); break;
        }
    }

    private void Run<T>(in KernelContext context, int begin, int end) where T : unmanaged
    {
        byte* condition = context[_condition];
        T* a = context.Pointer<T>(_a), b = context.Pointer<T>(_b), y = context.Pointer<T>(_output);
        int stepC = Step(_condition), stepA = Step(_a), stepB = Step(_b);
        int stop = (int)Math.Min((long)end * Piece, _output.Count);
        for (int i = begin * Piece; i < stop; i++) y[i] = condition[i * stepC] != 0 ? a[i * stepA] : b[i * stepB];
    }

    private int Step(TensorInfo operand) => operand.Count == _output.Count ? 1 : 0;
}
