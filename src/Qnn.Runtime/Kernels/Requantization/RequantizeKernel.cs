using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>
/// Requantization by itself: y = clamp(requantize(x - input zero point) + output zero point). Results of 8 bits are made by the epilogue of the tier's convolutions, sixteen at a time.
/// Inputs: x (int32, int16, int8 or uint8), multipliers, exponents. Output: int16, int8 or uint8.
/// </summary>
internal sealed unsafe class RequantizeKernel : Kernel
{
    // Elements of a row of an epilogue, and rows of a call.
    private const int Block = 16, Rows = 64;

    private readonly TensorInfo _input, _output;
    private readonly RequantizeParameters _p;
    private readonly int* _multipliers, _exponents;
    private readonly bool _vectors;
    private readonly EpilogueStore _store;
    // Numbers of whole blocks of channels, one channel's sixteen times, for the vector form.
    private readonly int[] _blockBias = [], _blockMultipliers = [], _blockExponents = [];

    private RequantizeKernel(StepInfo step)
    {
        _p = step.ReadParameters<RequantizeParameters>();
        (_input, _output) = (step.Input(0), step.Output(0));
        step.Require(_input.Count == _output.Count && _p.Channels > 0 && _input.Count % _p.Channels == 0, "bad shapes");
        step.Require(_input.Type is ElementType.S32 or ElementType.S16 or ElementType.S8 or ElementType.U8, "bad input type");
        step.Require(_output.Type is ElementType.S16 or ElementType.S8 or ElementType.U8, "bad output type");
        var arithmetic = (RequantizeArithmetic)_p.Arithmetic;
        bool floats = arithmetic is RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped;
        step.Require(floats || arithmetic is RequantizeArithmetic.FixedPointDouble or RequantizeArithmetic.FixedPointSingle or RequantizeArithmetic.Float32NearestEven, "unknown arithmetic");
        step.Require(float.IsFinite(_p.Reciprocal), "bad scale");
        step.Require(_p.Minimum <= _p.Maximum && _p.Minimum >= short.MinValue && _p.Maximum <= short.MaxValue && Math.Abs((long)_p.OutputZeroPoint) <= short.MaxValue + 1L, "bad clamp");
        _multipliers = (int*)step.ConstantInput(1, ElementType.S32, _p.Channels).Constant;
        var exponents = step.ConstantInput(2, ElementType.S32, _p.Channels);
        _exponents = (int*)exponents.Constant;
        foreach (int exponent in exponents.ConstantSpan<int>()) step.Require(floats ? float.IsFinite(BitConverter.Int32BitsToSingle(exponent)) : exponent is >= -31 and <= 30, "bad exponent");
        var (least, greatest) = _output.Type == ElementType.U8 ? (0, (int)byte.MaxValue) : (sbyte.MinValue, sbyte.MaxValue);
        _vectors = step.Tier != KernelTier.Scalar && _output.Type != ElementType.S16 && _p.Minimum >= least && _p.Maximum <= greatest && _p.OutputZeroPoint is >= sbyte.MinValue and <= byte.MaxValue && _input.Count >= Block;
        if (!_vectors) return;
        _store = EpilogueTiers.For(step.Tier, arithmetic);
        int blocks = (_p.Channels + Block - 1) / Block * Block;
        (_blockBias, _blockMultipliers, _blockExponents) = (Numbers(), Numbers(), Numbers());
        for (int c = 0; c < blocks; c++)
        {
            int channel = _p.Channels == 1 ? 0 : Math.Min(c, _p.Channels - 1);
            (_blockBias[c], _blockMultipliers[c], _blockExponents[c]) = (unchecked(-_p.InputZeroPoint), _multipliers[channel], _exponents[channel]);
        }

        int[] Numbers() => GC.AllocateUninitializedArray<int>(blocks, pinned: true);
    }

    public static Kernel Create(StepInfo step) => new RequantizeKernel(step);

    public override string Name => _vectors ? "requantize.vector" : "requantize.scalar";

    public override int WorkItems => _input.Count / _p.Channels;

    public override int Grain => Math.Max(1, 4096 / _p.Channels);

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, _p.Channels);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, _p.Channels);

    // The numbers of some rows, widened.
    public override nint ScratchBytes => _vectors ? Rows * Block * sizeof(int) : 0;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (_vectors)
        {
            RunBlocks(context[_input], context[_output], begin, end, (int*)scratch);
            return;
        }
        int bias = -_p.InputZeroPoint;
        var epilogue = new Epilogue
        {
            Bias = &bias,
            Arithmetic = (RequantizeArithmetic)_p.Arithmetic,
            ZeroPoint = _p.OutputZeroPoint,
            Minimum = _p.Minimum,
            Maximum = _p.Maximum,
            Reciprocal = _p.Reciprocal,
        };
        byte* input = context[_input], output = context[_output];
        for (int c = 0; c < _p.Channels; c++)
        {
            epilogue.Multipliers = _multipliers + c;
            epilogue.Exponents = _exponents + c;
            for (nint i = (nint)begin * _p.Channels + c; i < (nint)end * _p.Channels; i += _p.Channels)
            {
                int value = _input.Type switch
                {
                    ElementType.S32 => ((int*)input)[i],
                    ElementType.S16 => ((short*)input)[i],
                    ElementType.S8 => ((sbyte*)input)[i],
                    _ => input[i],
                };
                value = EpilogueScalar.Requantize(epilogue, value, 0);
                if (_output.Type == ElementType.S16) ((short*)output)[i] = (short)value;
                else output[i] = (byte)value;
            }
        }
    }

    private void RunBlocks(byte* input, byte* output, int begin, int end, int* sums)
    {
        var epilogue = new Epilogue
        {
            Bias = Pointer(_blockBias),
            Multipliers = Pointer(_blockMultipliers),
            Exponents = Pointer(_blockExponents),
            Arithmetic = (RequantizeArithmetic)_p.Arithmetic,
            ZeroPoint = _p.OutputZeroPoint,
            Minimum = _p.Minimum,
            Maximum = _p.Maximum,
            Reciprocal = _p.Reciprocal,
        };
        if (_p.Channels == 1)
        {
            // Numbers that follow each other are rows of sixteen, the last of them shorter.
            for (nint i = begin, left; i < end; i += left)
            {
                left = Math.Min(end - i, Rows * Block);
                Widen(input, i, (int)left, sums);
                int whole = (int)(left / Block), rest = (int)(left % Block);
                _store.Invoke(epilogue, sums, whole, output + i, Block, Block);
                if (rest > 0) _store.Invoke(epilogue, sums + whole * Block, 1, output + i + whole * Block, Block, rest);
            }
            return;
        }
        for (int row = begin; row < end; row += Rows)
        {
            int rows = Math.Min(Rows, end - row);
            for (int c = 0; c < _p.Channels; c += Block)
            {
                int channels = Math.Min(Block, _p.Channels - c);
                for (int r = 0; r < rows; r++) Widen(input, (nint)(row + r) * _p.Channels + c, channels, sums + r * Block);
                _store.Invoke(epilogue.From(c), sums, rows, output + (nint)row * _p.Channels + c, _p.Channels, channels);
            }
        }

        static int* Pointer(int[] numbers) => (int*)Marshal.UnsafeAddrOfPinnedArrayElement(numbers, 0);
    }

    private void Widen(byte* input, nint at, int count, int* to)
    {
        int i = 0;
        switch (_input.Type)
        {
            case ElementType.S32:
                new ReadOnlySpan<int>((int*)input + at, count).CopyTo(new Span<int>(to, count));
                return;
            case ElementType.S16:
                for (; i <= count - 8; i += 8)
                {
                    var (low, high) = Vector128.Widen(Vector128.Load((short*)input + at + i));
                    low.Store(to + i);
                    high.Store(to + i + 4);
                }
                for (; i < count; i++) to[i] = ((short*)input)[at + i];
                return;
            case ElementType.S8:
                for (; i < count; i++) to[i] = (sbyte)input[at + i];
                return;
            default:
                for (; i < count; i++) to[i] = input[at + i];
                return;
        }
    }
}
