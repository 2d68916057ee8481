using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Convolution and dense layers as a matrix product: the windows of a tile of output pixels are packed into scratch, then each block of sixteen output channels
/// is computed for the whole tile by a tier's microkernel and finished by the epilogue.
/// Inputs: x (uint8), weights (<see cref="PackedWeights"/>, four inputs), bias, multipliers, exponents (<see cref="Epilogue"/>). Output: uint8, int8, or the int32 accumulators.
/// An item of work is a tile, or a part of its blocks where there are few tiles.
/// </summary>
internal abstract unsafe class ConvolutionKernel : Kernel
{
    // Where a layer has fewer tiles than this, the blocks of a tile are split into parts as well.
    private const int WantedItems = 16;

    private readonly TensorInfo _input, _output;
    private readonly PackedWeights _weights;
    private readonly Epilogue _epilogue;
    private readonly EpilogueStore _store;
    private readonly int _zeroPoint;
    private readonly int _tileRows, _tiles, _parts;
    private readonly string _name;
    private readonly int[] _signedBias = [];

    /// <summary>The geometry.</summary>
    protected readonly ConvolutionGeometry Geometry;

    /// <summary>Makes the kernel from a checked description.</summary>
    /// <param name="d">The convolution.</param>
    /// <param name="tier">The tier's name.</param>
    /// <param name="tileRows">Pixels of a tile.</param>
    /// <param name="store">The epilogue.</param>
    /// <param name="signedActivations">Whether the microkernel multiplies activations less 128.</param>
    protected ConvolutionKernel(in ConvolutionDescription d, string tier, int tileRows, EpilogueStore store, bool signedActivations = false)
    {
        (_input, _output, Geometry, _weights, _epilogue, _zeroPoint, _store) = (d.Input, d.Output, d.Geometry, d.Weights, d.Epilogue, d.InputZeroPoint, store);
        _name = $"{d.Family}.{tier}";
        _tileRows = Math.Min(tileRows, Math.Max(1, Geometry.Pixels));
        _tiles = (Geometry.Pixels + _tileRows - 1) / _tileRows;
        long items = Math.Max(1, (long)_tiles * Geometry.Groups);
        _parts = (int)Math.Clamp(WantedItems / items, 1, Geometry.Blocks);
        WorkItems = checked((int)((long)_tiles * Geometry.Groups * _parts));
        if (!signedActivations) return;
        _signedBias = FoldOffset(Geometry, _weights, _epilogue.Bias);
        _epilogue.Bias = (int*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_signedBias, 0);
    }

    /// <inheritdoc/>
    public sealed override int WorkItems { get; }

    /// <inheritdoc/>
    public sealed override nint ScratchBytes => SumBytes + checked((nint)(((long)_tileRows * Geometry.DepthSteps * 4 + 2 * PatchPacker<PlainActivations>.Slack) * ActivationSize)) + SpareBytes;

    /// <inheritdoc/>
    public sealed override string Name => _name;

    /// <summary>Bytes of an activation in scratch.</summary>
    protected abstract int ActivationSize { get; }

    /// <summary>Scratch memory of the microkernel's own.</summary>
    protected virtual nint SpareBytes => 0;

    /// <summary>Pixels of a tile.</summary>
    protected int TileRows => _tileRows;

    /// <summary>That memory, from where a tile's sums begin.</summary>
    protected byte* Spare(int* sums) => (byte*)sums + (ScratchBytes - SpareBytes);

    /// <summary>Whether the microkernel takes activations as they are and reads no byte beyond a row, so that pixels need no packing where windows are pixels.</summary>
    protected virtual bool ReadsInput => false;

    private nint SumBytes => (nint)_tileRows * 16 * sizeof(int);

    /// <inheritdoc/>
    public sealed override Region Reads(TensorInfo input, int begin, int end)
    {
        if (Geometry.Groups > 1) return Region.All(input);
        var (first, last) = Pixels(begin, end);
        if (Geometry.IsPointwise) return Region.Items(input, first, last, Geometry.InputChannels);
        return Geometry.InputLines(input, first / Geometry.OutputWidth, (last - 1) / Geometry.OutputWidth + 1);
    }

    /// <inheritdoc/>
    public sealed override Region Writes(TensorInfo output, int begin, int end)
    {
        if (Geometry.Groups > 1) return Region.All(output);
        var (first, last) = Pixels(begin, end);
        return Region.Items(output, first, last, Geometry.OutputChannels);
    }

    // The pixels of the tiles of some items, where there is one group.
    private (int First, int Last) Pixels(int begin, int end) => (begin / _parts * _tileRows, Math.Min(((end - 1) / _parts + 1) * _tileRows, Geometry.Pixels));

    /// <inheritdoc/>
    public sealed override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* input = context[_input], output = context[_output];
        var sums = (int*)scratch;
        byte* rows = scratch + SumBytes;
        bool inPlace = ReadsInput && Geometry.IsPointwise && Geometry.InputChannels % 4 == 0;
        nint stride = (nint)Geometry.OutputChannels * _epilogue.OutputSize;
        int packed = -1;
        for (int item = begin; item < end; item++)
        {
            int part = item % _parts, tile = item / _parts;
            int group = tile / _tiles, first = tile % _tiles * _tileRows;
            int count = Math.Min(_tileRows, Geometry.Pixels - first);
            if (inPlace) rows = input + (nint)first * Geometry.InputChannels;
            else if (tile != packed) Pack(input, group, _zeroPoint, first, count, rows);
            packed = tile;

            int lastBlock = (int)((long)(part + 1) * Geometry.Blocks / _parts);
            for (int block = (int)((long)part * Geometry.Blocks / _parts); block < lastBlock; block++)
            {
                Multiply(_weights.Block(Geometry, group, block), rows, count, sums);
                int channel = group * Geometry.GroupOutputs + block * 16;
                _store.Invoke(_epilogue.From(((nint)group * Geometry.Blocks + block) * 16), sums, count,
                    output + first * stride + (nint)channel * _epilogue.OutputSize, stride, Math.Min(16, Geometry.GroupOutputs - block * 16));
            }
        }
    }

    /// <summary>How many microkernel tiles of <paramref name="rows"/> rows leave room in a first-level cache for a block's weights.</summary>
    protected static int TilesFor(in ConvolutionGeometry g, int rows, int activationSize = 2) =>
        (int)Math.Clamp(16384 / ((long)rows * g.DepthSteps * 4 * activationSize), 1, 16);

    /// <summary>Biases for activations less 128: sum of x * w = sum of (x - 128) * w + 128 * sum of w. Pinned, so that the epilogue can point to them as it points to the artifact.</summary>
    internal static int[] FoldOffset(in ConvolutionGeometry g, in PackedWeights weights, int* bias)
    {
        int[] folded = GC.AllocateUninitializedArray<int>(g.Groups * g.Blocks * 16, pinned: true);
        for (int group = 0; group < g.Groups; group++)
            for (int block = 0; block < g.Blocks; block++)
            {
                int at = (group * g.Blocks + block) * 16;
                var w = weights.Block(g, group, block);
                for (int n = 0; n < 16; n++) folded[at + n] = bias[at + n];
                for (nint i = 0; i < w.StepCount + w.RemainderCount; i++)
                {
                    sbyte* step = w.Step(i, out _);
                    for (int n = 0; n < 16; n++, step += 4) folded[at + n] += 128 * (step[0] + step[1] + step[2] + step[3]);
                }
            }
        return folded;
    }

    /// <summary>Packs the windows of a tile.</summary>
    protected abstract void Pack(byte* input, int group, int zeroPoint, int first, int count, byte* rows);

    /// <summary>sums[row][n] = sum over k of rows[row][k] * weights[n][k] for sixteen n, remainders included.</summary>
    protected abstract void Multiply(in WeightBlock weights, byte* rows, int count, int* sums);
}
