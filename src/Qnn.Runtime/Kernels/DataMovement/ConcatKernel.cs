using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>What <see cref="ConcatKernel"/> joins along.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ConcatParameters
{
    /// <summary>The axis, from 0.</summary>
    public int Axis;
}

/// <summary>Joins tensors along an axis, bytes as they are. An item is one index of the axes before it.</summary>
internal sealed unsafe class ConcatKernel : Kernel
{
    private readonly TensorInfo[] _inputs;
    private readonly TensorInfo _output;
    private readonly nint[] _rowBytes;
    private readonly nint _outputRowBytes;
    private readonly int _rows;

    private ConcatKernel(TensorInfo[] inputs, TensorInfo output, nint[] rowBytes, int rows)
    {
        (_inputs, _output, _rowBytes, _rows) = (inputs, output, rowBytes, rows);
        foreach (nint bytes in rowBytes) _outputRowBytes += bytes;
    }

    public static Kernel Create(StepInfo step)
    {
        var output = step.Output(0);
        int axis = step.ReadParameters<ConcatParameters>().Axis;
        step.Require((uint)axis < (uint)output.Rank, "the axis is out of range");
        step.Require(step.Inputs.Length > 0, "it has no inputs");
        int rows = 1;
        for (int i = 0; i < axis; i++) rows *= output.Shape[i];
        nint inner = output.Type.Size();
        for (int i = axis + 1; i < output.Rank; i++) inner *= output.Shape[i];
        var inputs = new TensorInfo[step.Inputs.Length];
        var rowBytes = new nint[inputs.Length];
        long extent = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            var input = inputs[i] = step.Input(i);
            step.Require(input.Type.Size() == output.Type.Size() && input.Rank == output.Rank, "the inputs do not fit the output");
            for (int a = 0; a < output.Rank; a++) step.Require(a == axis || input.Shape[a] == output.Shape[a], "the inputs do not fit the output");
            rowBytes[i] = inner * input.Shape[axis];
            extent += input.Shape[axis];
        }
        step.Require(extent == output.Shape[axis], "the inputs do not fill the output");
        return new ConcatKernel(inputs, output, rowBytes, output.Count == 0 ? 0 : rows);
    }

    public override string Name => "concat";

    public override int WorkItems => _rows;

    public override int Grain => (int)Math.Clamp(16384 / Math.Max(1, _outputRowBytes), 1, Math.Max(1, _rows));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* row = context[_output] + begin * _outputRowBytes;
        for (int i = 0; i < _inputs.Length; i++)
        {
            nint bytes = _rowBytes[i];
            byte* source = context[_inputs[i]] + begin * bytes;
            byte* destination = row;
            for (int item = begin; item < end; item++)
            {
                Buffer.MemoryCopy(source, destination, bytes, bytes);
                source += bytes;
                destination += _outputRowBytes;
            }
            row += bytes;
        }
    }
}
