using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// Convolution of int16 data with int8 weights, NHWC, exact in 64 bits. Inputs: data, weights as <see cref="WordPanels"/> of each group, biases, multipliers, exponents.
/// An item of work is an output row: its pixels gather their windows, some of them together, and multiply them with every output's weights.
/// </summary>
internal sealed unsafe class WideConv2DKernel : Kernel
{
    // Pixels that share a panel's weights.
    private const int Pixels = 16;

    private readonly TensorInfo _data, _output;
    private readonly WideWindowParameters _window;
    private readonly WideEpilogue _epilogue;
    private readonly WordPanels _panels;
    private readonly short* _weights;
    private readonly int _groups, _depth, _padded, _perGroup, _columns;
    // Whether windows are pixels, which are read where they are.
    private readonly bool _isPointwise;

    private WideConv2DKernel(StepInfo step)
    {
        var p = step.ReadParameters<WideConv2DParameters>();
        (_data, _output, _window, _groups) = (step.Input(0), step.Output(0), p.Window, p.Groups);
        _window.Verify(step);
        step.Require(_data.Type == ElementType.S16 && _data.Rank == 4 && _output.Rank == 4 && _data.Shape[0] == _output.Shape[0], "bad operands");
        int channels = _data.Shape[3], outputs = _output.Shape[3];
        step.Require(_groups > 0 && channels % _groups == 0 && outputs % _groups == 0, "bad groups");
        (_depth, _perGroup) = (channels / _groups, outputs / _groups);
        step.Require((long)_window.Taps * _depth < int.MaxValue - 2, "the window is too large");
        (_padded, _columns) = (WordPanels.PadDepth(_window.Taps * _depth), WordPanels.Pad(_perGroup));
        _weights = (short*)step.ConstantInput(1, ElementType.S16, (long)_groups * _columns * _padded).Constant;
        _epilogue = new WideEpilogue(step, 2, outputs, p.Epilogue, _output.Type);
        _panels = WordPanels.Create(step.Tier);
        _isPointwise = _window.Taps == 1 && _window is { PadTop: 0, PadLeft: 0, StrideWidth: 1 } && _depth % 2 == 0 && _output.Shape[2] == _data.Shape[2] && ((long)_output.Shape[1] - 1) * _window.StrideHeight < _data.Shape[1];
    }

    public static Kernel Create(StepInfo step) => new WideConv2DKernel(step);

    public override string Name => "conv2d_16";

    public override int WorkItems => _output.Shape[0] * _output.Shape[1];

    // Sums in 64 bits and in 32, then the windows.
    public override nint ScratchBytes => (nint)Pixels * (_columns * (sizeof(long) + sizeof(int)) + (nint)_padded * _groups * sizeof(short));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var totals = (long*)scratch;
        var sums = (int*)(totals + Pixels * _columns);
        var patches = (short*)(sums + Pixels * _columns);
        short* data = context.Pointer<short>(_data);
        int outHeight = _output.Shape[1], outWidth = _output.Shape[2], outputs = _output.Shape[3], channels = _data.Shape[3];
        nint pitch = _isPointwise ? channels : (nint)_padded * _groups, groupPitch = _isPointwise ? _depth : _padded;
        new Span<short>(patches, Pixels * _padded * _groups).Clear();
        for (int row = begin; row < end; row++)
        {
            for (int x = 0; x < outWidth; x += Pixels)
            {
                int count = Math.Min(Pixels, outWidth - x);
                short* windows = patches;
                if (_isPointwise) windows = data + (((nint)(row / outHeight) * _data.Shape[1] + row % outHeight * _window.StrideHeight) * outWidth + x) * channels;
                else for (int i = 0; i < count; i++) Gather(data, row / outHeight, row % outHeight, x + i, patches + i * pitch);
                for (int g = 0; g < _groups; g++)
                {
                    short* weights = _weights + (nint)g * _columns * _padded;
                    for (int k = 0; k < _padded; k += WordPanels.Depth)
                    {
                        _panels.Multiply(windows + g * groupPitch + k, pitch, count, Math.Min(WordPanels.Depth, _padded - k), weights + (nint)k * WordPanels.Width, (nint)_padded * WordPanels.Width, _columns, sums);
                        if (_padded > WordPanels.Depth) WideEpilogue.Gather(sums, totals, count * _columns, k == 0);
                    }
                    for (int i = 0; i < count; i++)
                    {
                        nint at = ((nint)row * outWidth + x + i) * outputs + (nint)g * _perGroup;
                        if (_padded > WordPanels.Depth) _epilogue.Finish(totals + (nint)i * _columns, g * _perGroup, _perGroup, context[_output], _output.Type, at);
                        else _epilogue.Finish(sums + (nint)i * _columns, g * _perGroup, _perGroup, context[_output], _output.Type, at);
                    }
                }
            }
        }
    }

    // The window's elements, group by group, taps in the order of the weights; zeros outside the data.
    private void Gather(short* data, int batch, int y, int x, short* patch)
    {
        int height = _data.Shape[1], width = _data.Shape[2], channels = _data.Shape[3], left = x * _window.StrideWidth - _window.PadLeft;
        for (int ky = 0; ky < _window.KernelHeight; ky++)
        {
            int inY = y * _window.StrideHeight - _window.PadTop + ky * _window.DilationHeight, tap = ky * _window.KernelWidth;
            if ((uint)inY >= (uint)height)
            {
                for (int g = 0; g < _groups; g++) new Span<short>(patch + (nint)g * _padded + (nint)tap * _depth, _window.KernelWidth * _depth).Clear();
                continue;
            }
            short* line = data + ((nint)batch * height + inY) * width * channels;
            if (_groups == 1 && _window.DilationWidth == 1)
            {
                // Taps beside each other see pixels beside each other.
                int begin = Math.Clamp(-left, 0, _window.KernelWidth), end = Math.Clamp(width - left, begin, _window.KernelWidth);
                short* target = patch + (nint)tap * _depth;
                new Span<short>(target, begin * _depth).Clear();
                if (end > begin) new ReadOnlySpan<short>(line + (nint)(left + begin) * channels, (end - begin) * _depth).CopyTo(new Span<short>(target + (nint)begin * _depth, (end - begin) * _depth));
                new Span<short>(target + (nint)end * _depth, (_window.KernelWidth - end) * _depth).Clear();
                continue;
            }
            for (int kx = 0; kx < _window.KernelWidth; kx++, tap++)
            {
                int inX = left + kx * _window.DilationWidth;
                for (int g = 0; g < _groups; g++)
                {
                    var target = new Span<short>(patch + (nint)g * _padded + (nint)tap * _depth, _depth);
                    if ((uint)inX < (uint)width) new ReadOnlySpan<short>(line + (nint)inX * channels + (nint)g * _depth, _depth).CopyTo(target);
                    else target.Clear();
                }
            }
        }
    }
}
