using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>How <see cref="PadKernel"/> pads.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PadParameters
{
    /// <summary>Elements before, one an axis. Those after are what is left of the output.</summary>
    public Dims Before;

    /// <summary>The element to pad with, in the low bytes.</summary>
    public ulong Value;
}

/// <summary>Surrounds a tensor with a value, on elements of 1, 2, 4 or 8 bytes. An item is one row of the output, unpadded inner axes joined to it.</summary>
internal sealed unsafe class PadKernel : Kernel
{
    private readonly TensorInfo _input, _output;
    private readonly ulong _value;
    private readonly int _size;
    private readonly (int Before, int Extent, int Output)[] _axes;
    private readonly int _rows;

    private PadKernel(TensorInfo input, TensorInfo output, ulong value, (int Before, int Extent, int Output)[] axes)
    {
        (_input, _output, _value, _size, _axes) = (input, output, value, output.Type.Size(), axes);
        _rows = output.Count == 0 ? 0 : output.Count / axes[^1].Output;
    }

    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<PadParameters>();
        step.Require(input.Type.Size() == output.Type.Size() && input.Rank == output.Rank, "the input does not fit the output");
        var axes = new List<(int Before, int Extent, int Output)>();
        for (int axis = 0; axis < input.Rank; axis++)
        {
            var (before, extent, padded) = (p.Before[axis], input.Shape[axis], output.Shape[axis]);
            step.Require(before >= 0 && (long)before + extent <= padded, "the padding does not fit the output");
            if (axes.Count > 0 && extent == padded) axes[^1] = (axes[^1].Before * extent, axes[^1].Extent * extent, axes[^1].Output * extent);
            else axes.Add((before, extent, padded));
        }
        if (axes.Count == 0) axes.Add((0, 1, 1));
        return new PadKernel(input, output, p.Value, [.. axes]);
    }

    public override string Name => "pad";

    public override int WorkItems => _rows;

    public override int Grain => Math.Clamp(16384 / Math.Max(1, _axes[^1].Output * _size), 1, Math.Max(1, _rows));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* source = context[_input], destination = context[_output];
        switch (_size)
        {
            case 1: Run((byte*)source, (byte*)destination, (byte)_value, begin, end); break;
            case 2: Run((ushort*)source, (ushort*)destination, (ushort)_value, begin, end); break;
            case 4: Run((uint*)source, (uint*)destination, (uint)_value, begin, end); break;
            default: Run((ulong*)source, (ulong*)destination, _value, begin, end); break;
        }
    }

    private void Run<T>(T* source, T* destination, T value, int begin, int end) where T : unmanaged
    {
        var (before, extent, width) = _axes[^1];
        for (int row = begin; row < end; row++)
        {
            T* to = destination + (nint)row * width;
            nint from = 0, stride = 1;
            bool inside = true;
            int rest = row;
            for (int axis = _axes.Length - 2; axis >= 0; axis--)
            {
                int index = rest % _axes[axis].Output - _axes[axis].Before;
                rest /= _axes[axis].Output;
                inside &= (uint)index < (uint)_axes[axis].Extent;
                from += index * stride;
                stride *= _axes[axis].Extent;
            }
            if (!inside)
            {
                new Span<T>(to, width).Fill(value);
                continue;
            }
            new Span<T>(to, before).Fill(value);
            Buffer.MemoryCopy(source + from * extent, to + before, (long)extent * sizeof(T), (long)extent * sizeof(T));
            new Span<T>(to + before + extent, width - before - extent).Fill(value);
        }
    }
}
