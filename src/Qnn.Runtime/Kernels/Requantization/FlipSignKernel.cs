using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>int8 to uint8 or back, the zero point moved by 128 with it: y = x ^ 0x80. An item of work is 512 bytes.</summary>
internal sealed unsafe class FlipSignKernel : Kernel
{
    private const int ItemBytes = 512;

    private readonly TensorInfo _input, _output;

    private FlipSignKernel(StepInfo step)
    {
        (_input, _output) = (step.Input(0), step.Output(0));
        step.Require(_input.Type.Size() == 1 && _output.Type.Size() == 1 && _input.Count == _output.Count, "bad operands");
    }

    public static Kernel Create(StepInfo step) => new FlipSignKernel(step);

    public override string Name => "flip_sign";

    public override int WorkItems => (_input.Count + ItemBytes - 1) / ItemBytes;

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, ItemBytes);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, ItemBytes);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        nint first = (nint)begin * ItemBytes;
        Flip(context[_input] + first, Math.Min((nint)end * ItemBytes, _input.Count) - first, context[_output] + first);
    }

    /// <summary>The same of some bytes.</summary>
    public static void Flip(byte* input, nint count, byte* output)
    {
        nint i = 0;
        var top = Vector256.Create((byte)0x80);
        for (; i <= count - 32; i += 32) (Vector256.Load(input + i) ^ top).Store(output + i);
        for (; i < count; i++) output[i] = (byte)(input[i] ^ 0x80);
    }
}
