using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Counted;

namespace Qnn.Runtime.Kernels.Sampling;

/// <summary>
/// Images [N, C, H, W] resized to a height and a width that are operands, as ONNX Runtime's <c>UpsampleBilinear</c>, <c>ResizeBiCubic</c> and <c>UpsampleNearest</c> do. Behind what is there the result is 0. An item is a channel of an image.
/// </summary>
internal sealed unsafe class CountedResizeKernel : Kernel
{
    private const int Taps = 4;

    private readonly TensorInfo _data, _output;
    private readonly TensorInfo?[] _sizes;
    private readonly CountedResizeParameters _p;
    private readonly int _height, _width;

    private CountedResizeKernel(StepInfo step)
    {
        (_data, _output, _p) = (step.Input(0), step.Output(0), step.ReadParameters<CountedResizeParameters>());
        step.Require(Enum.IsDefined(_p.Mode) && Enum.IsDefined(_p.Coordinates) && Enum.IsDefined(_p.Nearest), "the parameters are out of range");
        foreach (var tensor in (ReadOnlySpan<TensorInfo>)[_data, _output]) step.Require(tensor.Type == ElementType.F32 && tensor.Rank == 4, "the operands are no float32 images");
        step.Require(_data.Shape[0] == _output.Shape[0] && _data.Shape[1] == _output.Shape[1] && _data.Shape[2] > 0 && _data.Shape[3] > 0, "the shapes do not fit");
        _sizes = [step.Input(1), step.Input(2), step.OptionalInput(3), step.OptionalInput(4)];
        foreach (var size in _sizes) step.Require(size is null || size.Type == ElementType.S64 && size.Count == 1, "a size is malformed");
        (_height, _width) = (_output.Shape[2], _output.Shape[3]);
    }

    public static Kernel Create(StepInfo step) => new CountedResizeKernel(step);

    public override string Name => "counted_resize";

    public override int WorkItems => _output.Count == 0 ? 0 : _output.Shape[0] * _output.Shape[1];

    // For each row and column of the result four places and their weights.
    public override nint ScratchBytes => (nint)(_height + _width) * Taps * (sizeof(int) + sizeof(float));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int height = CountedAxis.Read(context, _sizes[0]!, _height), width = CountedAxis.Read(context, _sizes[1]!, _width);
        int fromHeight = _sizes[2] is { } h ? CountedAxis.Read(context, h, _data.Shape[2]) : _data.Shape[2], fromWidth = _sizes[3] is { } w ? CountedAxis.Read(context, w, _data.Shape[3]) : _data.Shape[3];
        int* rows = (int*)scratch, columns = rows + _height * Taps;
        float* rowWeights = (float*)(columns + _width * Taps), columnWeights = rowWeights + _height * Taps;
        if (fromHeight == 0 || fromWidth == 0) (height, width) = (0, 0);
        Place(fromHeight, height, rows, rowWeights);
        Place(fromWidth, width, columns, columnWeights);
        for (int item = begin; item < end; item++)
        {
            float* image = context.Pointer<float>(_data) + (nint)item * _data.Shape[2] * _data.Shape[3], to = context.Pointer<float>(_output) + (nint)item * _height * _width;
            for (int y = 0; y < height; y++, to += _width)
            {
                for (int x = 0; x < width; x++) to[x] = Pixel(image, rows + y * Taps, rowWeights + y * Taps, columns + x * Taps, columnWeights + x * Taps);
                NativeMemory.Clear(to + width, (nuint)(_width - width) * sizeof(float));
            }
            NativeMemory.Clear(to, (nuint)(_height - height) * (nuint)_width * sizeof(float));
        }
    }

    private float Pixel(float* image, int* rows, float* rowWeights, int* columns, float* columnWeights)
    {
        int width = _data.Shape[3];
        if (_p.Mode == CountedResizeMode.Nearest) return image[(nint)rows[0] * width + columns[0]];
        float* above = image + (nint)rows[0] * width, below = image + (nint)rows[1] * width;
        if (_p.Mode == CountedResizeMode.Linear)
        {
            return columnWeights[0] * rowWeights[0] * above[columns[0]] + columnWeights[1] * rowWeights[0] * above[columns[1]]
                + columnWeights[0] * rowWeights[1] * below[columns[0]] + columnWeights[1] * rowWeights[1] * below[columns[1]];
        }
        float sum = 0;
        for (int i = 0; i < Taps; i++)
        {
            float* row = image + (nint)rows[i] * width;
            float along = columnWeights[0] * row[columns[0]] + columnWeights[1] * row[columns[1]] + columnWeights[2] * row[columns[2]] + columnWeights[3] * row[columns[3]];
            sum = i == 0 ? along * rowWeights[0] : sum + along * rowWeights[i];
        }
        return sum;
    }

    // The pixels that each place of an axis takes, and their weights.
    private void Place(int from, int to, int* places, float* weights)
    {
        float scale = (float)to / from;
        for (int i = 0; i < to; i++, places += Taps, weights += Taps)
        {
            float place = from == to ? i : _p.Coordinates switch
            {
                ResizeCoordinates.HalfPixel => (i + 0.5f) / scale - 0.5f,
                ResizeCoordinates.PyTorchHalfPixel => to > 1 ? (i + 0.5f) / scale - 0.5f : 0,
                ResizeCoordinates.Asymmetric => i / scale,
                _ => to == 1 ? 0 : (float)i * (from - 1) / (to - 1),
            };
            switch (_p.Mode)
            {
                case CountedResizeMode.Nearest:
                    places[0] = ResizeTaps.Nearest(place, _p.Nearest, from);
                    break;
                case CountedResizeMode.Linear:
                    (places[0], places[1], weights[0], weights[1]) = ResizeTaps.Linear(place, from);
                    break;
                default:
                    float floor = MathF.Floor(place);
                    for (int tap = 0; tap < Taps; tap++) places[tap] = (int)Math.Clamp(floor - 1 + tap, 0, from - 1);
                    (weights[0], weights[1], weights[2], weights[3]) = ResizeTaps.Cubic(place - floor, _p.Cubic);
                    break;
            }
        }
    }
}
