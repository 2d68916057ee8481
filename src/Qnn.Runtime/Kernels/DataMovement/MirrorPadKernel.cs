using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>How <see cref="MirrorPadKernel"/> pads.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MirrorPadParameters
{
    /// <summary>Elements before, one an axis. Those after are what is left of the output.</summary>
    public Dims Before;

    /// <summary>1: the outermost element is not repeated; 0: it is.</summary>
    public int Reflect;
}

/// <summary>Surrounds a tensor with its own elements, mirrored. Which input index an output index takes is tabled, axis by axis. An item is one row of the output.</summary>
internal sealed unsafe class MirrorPadKernel : Kernel
{
    private readonly TensorInfo _input, _output;
    private readonly int[][] _sources;
    private readonly nint[] _strides;
    private readonly int _rows;

    private MirrorPadKernel(TensorInfo input, TensorInfo output, int[][] sources, nint[] strides)
    {
        (_input, _output, _sources, _strides) = (input, output, sources, strides);
        _rows = output.Count == 0 ? 0 : output.Count / sources[^1].Length;
    }

    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<MirrorPadParameters>();
        step.Require(input.Type.Size() == output.Type.Size() && input.Rank == output.Rank && input.Rank > 0, "the input does not fit the output");
        step.Require(p.Reflect is 0 or 1, "the mode is unknown");
        var sources = new int[input.Rank][];
        var strides = new nint[input.Rank];
        nint stride = 1;
        for (int axis = input.Rank - 1; axis >= 0; axis--)
        {
            int extent = input.Shape[axis], padded = output.Shape[axis], before = p.Before[axis];
            int after = padded - extent - before, most = p.Reflect == 1 ? Math.Max(0, extent - 1) : extent;
            step.Require(before >= 0 && before <= most && after >= 0 && after <= most, "the padding does not fit the input");
            sources[axis] = new int[padded];
            for (int i = 0; i < padded; i++)
            {
                int index = i - before;
                sources[axis][i] = index < 0 ? -index - 1 + p.Reflect : index >= extent ? 2 * extent - 1 - index - p.Reflect : index;
            }
            strides[axis] = stride;
            stride *= extent;
        }
        return new MirrorPadKernel(input, output, sources, strides);
    }

    public override string Name => "mirror_pad";

    public override int WorkItems => _rows;

    public override int Grain => Math.Clamp(16384 / Math.Max(1, _sources[^1].Length), 1, Math.Max(1, _rows));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* source = context[_input], destination = context[_output];
        switch (_output.Type.Size())
        {
            case 1: Run((byte*)source, (byte*)destination, begin, end); break;
            case 2: Run((ushort*)source, (ushort*)destination, begin, end); break;
            case 4: Run((uint*)source, (uint*)destination, begin, end); break;
            default: Run((ulong*)source, (ulong*)destination, begin, end); break;
        }
    }

    private void Run<T>(T* source, T* destination, int begin, int end) where T : unmanaged
    {
        int[] inner = _sources[^1];
        for (int row = begin; row < end; row++)
        {
            nint from = 0;
            int rest = row;
            for (int axis = _sources.Length - 2; axis >= 0; axis--)
            {
                from += _sources[axis][rest % _sources[axis].Length] * _strides[axis];
                rest /= _sources[axis].Length;
            }
            T* to = destination + (nint)row * inner.Length;
            for (int i = 0; i < inner.Length; i++) to[i] = source[from + inner[i]];
        }
    }
}
