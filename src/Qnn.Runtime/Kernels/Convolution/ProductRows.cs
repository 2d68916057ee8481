using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// A convolution's weights in the order of a float sum's products, all taps of a channel and then those of the next: taken from packed ones (<see cref="PackedWeights"/>, without remainders), an output's when they are first asked for.
/// </summary>
internal sealed unsafe class ProductRows
{
    private readonly sbyte* _packed;
    private readonly int _taps, _channels, _outputs, _pitch;
    private readonly sbyte[] _rows;
    private readonly bool[] _isThere;

    /// <summary>Checks that a step's input holds the weights.</summary>
    /// <param name="step">The step.</param>
    /// <param name="input">Which of its inputs they are.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="pitch">Bytes from an output's weights to the next one's.</param>
    public ProductRows(StepInfo step, int input, in FloatConv2DParameters shape, int pitch)
    {
        (_taps, _channels, _outputs, _pitch) = (shape.KernelHeight * shape.KernelWidth, shape.GroupInputs, shape.GroupOutputs, pitch);
        long blocks = (long)shape.Groups * shape.GroupBlocks;
        _packed = (sbyte*)step.ConstantInput(input, ElementType.S8, blocks * ((_taps * _channels + 3) / 4) * PackedWeights.StepBytes).Constant;
        _rows = GC.AllocateUninitializedArray<sbyte>(shape.OutputChannels * pitch, pinned: true);
        _isThere = new bool[shape.OutputChannels];
    }

    /// <summary>An output's weights.</summary>
    public sbyte* Row(int output)
    {
        sbyte* row = (sbyte*)Marshal.UnsafeAddrOfPinnedArrayElement(_rows, output * _pitch);
        if (Volatile.Read(ref _isThere[output])) return row;
        Take(output, row);
        // Two threads may take the same, to the same place.
        Volatile.Write(ref _isThere[output], true);
        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(int output, sbyte* row)
    {
        const int Block = FloatConv2DKernel.Block;
        var (group, place) = Math.DivRem(output, _outputs);
        int block = group * ((_outputs + Block - 1) / Block) + place / Block;
        sbyte* from = _packed + (nint)block * ((_taps * _channels + 3) / 4) * PackedWeights.StepBytes + place % Block * 4;
        // Whole vectors are read.
        for (int i = _taps * _channels; i < _pitch; i++) row[i] = 0;
        for (int tap = 0, depth = 0; tap < _taps; tap++)
        {
            for (int c = 0; c < _channels; c++, depth++) row[(nint)c * _taps + tap] = from[(nint)(depth / 4) * PackedWeights.StepBytes + depth % 4];
        }
    }
}
