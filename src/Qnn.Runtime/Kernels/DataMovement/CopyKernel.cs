using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Copies a tensor's bytes into another of the same size: reshapes that could not share memory.</summary>
internal sealed unsafe class CopyKernel : Kernel
{
    private readonly TensorInfo _input, _output;

    private CopyKernel(TensorInfo input, TensorInfo output) => (_input, _output) = (input, output);

    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        step.Require(input.ByteLength == output.ByteLength);
        return new CopyKernel(input, output);
    }

    public override string Name => "copy";

    public override void Run(in KernelContext context, int begin, int end, byte* scratch) =>
        Buffer.MemoryCopy(context[_input], context[_output], _output.ByteLength, _input.ByteLength);
}
