using Qnn.Runtime.Execution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Depthwise convolution by the machine code of the artifact. An item of work is a row of the output.</summary>
internal unsafe class DepthwiseMachineCode : Kernel
{
    private const int Slack = 64;

    private readonly TensorInfo _input, _output;
    private readonly ConvolutionGeometry _geometry;
    private readonly byte* _step;
    private readonly byte _zeroPoint;
    private readonly bool _saturates;

    /// <summary>Makes the kernel of a checked description.</summary>
    /// <param name="d">The convolution.</param>
    /// <param name="step">The step's entry in the machine code, a <see cref="DepthwiseStep"/>.</param>
    /// <param name="saturates">Whether to run its function of saturating pairs, which is there, instead of the exact one.</param>
    public DepthwiseMachineCode(in DepthwiseDescription d, void* step, bool saturates = false)
    {
        (_input, _output, _geometry, _zeroPoint) = (d.Input, d.Output, d.Geometry, (byte)d.InputZeroPoint);
        _step = (byte*)step;
        _saturates = saturates;
    }

    /// <inheritdoc/>
    public sealed override string Name => _saturates ? "depthwise.saturating.native" : "depthwise.native";

    /// <inheritdoc/>
    public sealed override int WorkItems => _geometry.Batch * _geometry.OutputHeight;

    /// <inheritdoc/>
    public sealed override nint ScratchBytes => (nint)_geometry.InputWidth * _geometry.InputChannels + Slack;

    /// <inheritdoc/>
    public sealed override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* input = context[_input], output = context[_output];
        var g = _geometry;
        nint line = (nint)g.InputWidth * g.InputChannels, outputLine = (nint)g.OutputWidth * g.OutputChannels;
        ref readonly var header = ref *(DepthwiseStep*)_step;
        var arguments = new DepthwiseArguments
        {
            Weights = (sbyte*)_step + (_saturates ? header.SaturatingWeights : header.Weights),
            Epilogue = _step + header.Epilogue,
            Constants = _step + header.Constants,
        };
        var phases = (DepthwisePhase*)(_step + sizeof(DepthwiseStep));
        bool filled = false;
        byte** rows = stackalloc byte*[g.KernelHeight];
        for (int item = begin; item < end; item++)
        {
            int image = item / g.OutputHeight, top = item % g.OutputHeight * g.StrideHeight - g.PadTop;
            for (int i = 0; i < g.KernelHeight; i++)
            {
                int y = top + i * g.DilationHeight;
                if ((uint)y < (uint)g.InputHeight)
                {
                    rows[i] = input + ((nint)image * g.InputHeight + y) * line;
                    continue;
                }
                if (!filled) new Span<byte>(scratch, (int)line + Slack).Fill(_zeroPoint);
                filled = true;
                rows[i] = scratch;
            }
            for (int i = 0; i < header.PhaseCount; i++)
            {
                for (int row = 0; row < g.KernelHeight; row++) arguments.Rows[row] = (ulong)(rows[row] + phases[i].Input);
                arguments.Results = output + item * outputLine + phases[i].Output;
                Call(_step + (_saturates ? phases[i].SaturatingCode : phases[i].Code), &arguments);
            }
        }
    }

    /// <summary>Calls a function of the machine code. Tests interpret it instead.</summary>
    protected virtual void Call(byte* function, DepthwiseArguments* arguments) => MachineFunction.CallShort(function, arguments);
}
