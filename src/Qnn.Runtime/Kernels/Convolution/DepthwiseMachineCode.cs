using Qnn.Runtime.Execution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Depthwise convolution by the machine code of the artifact. An item of work is a row of the output, or where there are few, 64 channels of one, and neighbouring items have the same channels:
/// so has the pointwise layer before, most likely, whose weights are many then.
/// </summary>
internal unsafe class DepthwiseMachineCode : Kernel
{
    private const int Slack = 64, BlockChannels = 64;

    // Images of fewer lines are split by channels.
    private const int FewLines = 8;

    private readonly TensorInfo _input, _output;
    private readonly ConvolutionGeometry _geometry;
    private readonly byte* _step;
    private readonly byte _zeroPoint;
    private readonly bool _saturates;
    private readonly int _rows, _parts, _blocks;

    /// <summary>Makes the kernel of a checked description.</summary>
    /// <param name="d">The convolution.</param>
    /// <param name="step">The step's entry in the machine code, a <see cref="DepthwiseStep"/>.</param>
    /// <param name="saturates">Whether to run its function of saturating pairs, which is there, instead of the exact one.</param>
    /// <param name="splitsChannels">Whether an item may be less than a row.</param>
    public DepthwiseMachineCode(in DepthwiseDescription d, void* step, bool saturates = false, bool splitsChannels = false)
    {
        (_input, _output, _geometry, _zeroPoint) = (d.Input, d.Output, d.Geometry, (byte)d.InputZeroPoint);
        _step = (byte*)step;
        _saturates = saturates;
        var g = _geometry;
        _rows = g.Batch * g.OutputHeight;
        _blocks = g.InputChannels / BlockChannels;
        _parts = splitsChannels && g.InputChannels % BlockChannels == 0 && Math.Max(g.InputHeight, g.OutputHeight) < FewLines ? _blocks : 1;
    }

    /// <inheritdoc/>
    public sealed override string Name => _saturates ? "depthwise.saturating.native" : "depthwise.native";

    /// <inheritdoc/>
    public sealed override int WorkItems => _rows * _parts;

    /// <inheritdoc/>
    public sealed override nint ScratchBytes => (nint)_geometry.InputWidth * _geometry.InputChannels + Slack;

    /// <inheritdoc/>
    public sealed override Region Reads(TensorInfo input, int begin, int end) =>
        _parts == 1 ? _geometry.InputLines(input, begin, end) : Channels(_geometry.InputLines(input, 0, _rows), begin, end);

    /// <inheritdoc/>
    public sealed override Region Writes(TensorInfo output, int begin, int end) =>
        _parts == 1 ? Region.Lines(output, begin, end) : Channels(Region.All(output), begin, end);

    private Region Channels(Region all, int begin, int end) =>
        all with { Pitch = _geometry.InputChannels, ColumnBegin = begin / _rows * BlockChannels, ColumnEnd = ((end - 1) / _rows + 1) * BlockChannels };

    /// <inheritdoc/>
    public sealed override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* input = context[_input], output = context[_output];
        bool filled = false;
        if (_parts == 1)
        {
            RunRows(input, output, begin, end, 0, _blocks, scratch, ref filled);
            return;
        }
        while (begin < end)
        {
            // Blocks of which all rows are asked for go together.
            int block = begin / _rows, row = begin % _rows, blocks = row == 0 ? Math.Max(1, (end - begin) / _rows) : 1, behind = Math.Min(_rows, row + end - begin);
            RunRows(input, output, row, behind, block, blocks, scratch, ref filled);
            begin += (behind - row) * blocks;
        }
    }

    private void RunRows(byte* input, byte* output, int begin, int end, int block, int blocks, byte* scratch, ref bool filled)
    {
        var g = _geometry;
        nint line = (nint)g.InputWidth * g.InputChannels, outputLine = (nint)g.OutputWidth * g.OutputChannels, channel = block * BlockChannels;
        ref readonly var header = ref *(DepthwiseStep*)_step;
        var arguments = new DepthwiseArguments
        {
            Weights = (sbyte*)_step + (_saturates ? header.SaturatingWeights : header.Weights) + (nint)block * header.BlockWeights,
            Epilogue = _step + header.Epilogue + (nint)block * header.BlockEpilogue,
            Constants = _step + header.Constants,
            Blocks = blocks,
        };
        var phases = (DepthwisePhase*)(_step + sizeof(DepthwiseStep));
        byte** rows = stackalloc byte*[DepthwiseArguments.MaxRows];
        for (int item = begin; item < end; item++)
        {
            int image = item / g.OutputHeight, top = item % g.OutputHeight * g.StrideHeight - g.PadTop;
            for (int i = 0; i < g.KernelHeight; i++)
            {
                int y = top + i * g.DilationHeight;
                if ((uint)y < (uint)g.InputHeight)
                {
                    rows[i] = input + ((nint)image * g.InputHeight + y) * line + channel;
                    continue;
                }
                if (!filled) new Span<byte>(scratch, (int)line + Slack).Fill(_zeroPoint);
                filled = true;
                rows[i] = scratch;
            }
            for (int i = 0; i < header.PhaseCount; i++)
            {
                for (int row = 0; row < g.KernelHeight; row++) arguments.Rows[row] = (ulong)(rows[row] + phases[i].Input);
                arguments.Results = output + item * outputLine + channel + phases[i].Output;
                Call(_step + (_saturates ? phases[i].SaturatingCode : phases[i].Code), &arguments);
            }
        }
    }

    /// <summary>Calls a function of the machine code. Tests interpret it instead.</summary>
    protected virtual void Call(byte* function, DepthwiseArguments* arguments) => MachineFunction.CallShort(function, arguments);
}
