using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary><see cref="FloatDepthwiseConv2DKernel"/> of as many outputs as inputs, by tiles of outputs that see the same taps: the same sums, each in its own order. An item is an output row.</summary>
internal sealed unsafe class FloatTileDepthwiseConv2DKernel<TTiles, TProducts>(StepInfo step, FloatConv2DParameters p) : Kernel
    where TTiles : struct, IFloatTiles
    where TProducts : struct, IFloatProducts
{
    // Outputs whose tiles are made together: of narrow images several lines, so that tiles are full.
    private const int Pixels = 96;

    private readonly int _lines = Math.Max(1, Pixels / p.OutputWidth);
    private readonly TensorInfo _input = step.Input(0), _weights = step.Input(1), _output = step.Output(0);
    private readonly TensorInfo? _bias = step.OptionalInput(2);
    private readonly FloatTiling _tiling = new(p);
    private readonly bool _fromBias = step.OptionalInput(2) is not null && FloatSumOrder.Of((FloatSum)p.Sum).FromBias;

    public override string Name => $"depthwise_conv2d.f32.{TTiles.Name}";

    public override int WorkItems => p.Batches * p.OutputHeight;

    public override nint ScratchBytes => (nint)_lines * p.OutputWidth * sizeof(FloatTile);

    public override Region Reads(TensorInfo input, int begin, int end) => input == _input ? p.InputLines(input, begin, end) : Region.All(input);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, (long)p.OutputWidth * p.OutputChannels);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* input = context.Pointer<float>(_input), output = context.Pointer<float>(_output), bias = _bias is null ? null : context.Pointer<float>(_bias);
        var tiles = (FloatTile*)scratch;
        var run = new FloatRun
        {
            ColumnStep = (nint)p.DilationWidth * p.InputChannels,
            LineStep = (nint)p.DilationHeight * p.InputWidth * p.InputChannels,
            Weights = context.Pointer<float>(_weights),
            WindowWidth = p.KernelWidth,
            Count = p.InputChannels,
        };
        for (int row = begin, lines; row < end; row += lines)
        {
            int image = row / p.OutputHeight, y = row % p.OutputHeight;
            run.Image = input + (nint)image * p.InputHeight * p.InputWidth * p.InputChannels;
            float* to = output + (nint)image * p.OutputHeight * p.OutputWidth * p.OutputChannels;
            lines = Math.Min(_lines, Math.Min(end - row, p.OutputHeight - y));
            int count = _tiling.Tiles(tiles, y, y + lines, 0, p.OutputWidth);
            for (int i = 0; i < count; i++) TTiles.Depthwise<TProducts>(tiles + i, &run, bias, _fromBias, to, p.Min, p.Max);
        }
    }
}
