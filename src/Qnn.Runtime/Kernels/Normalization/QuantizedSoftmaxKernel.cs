using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>Parameters of <see cref="OpCode.QuantizedSoftmax"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedSoftmaxParameters
{
    public SoftmaxArithmetic Arithmetic;
    /// <summary>FloatTable: the result's scale and zero point; Parts: how many of it make one, and the zero point; HalfUp is 1 to truncate after adding one half instead of rounding (results of U8).</summary>
    public float OutputScale;
    public int OutputZeroPoint, HalfUp;
    /// <summary>FixedPoint and Table16: the factor of input differences. FixedPoint: smaller differences than DiffMin count as nothing.</summary>
    public int Multiplier, Shift, DiffMin;
}

/// <summary>
/// Softmax over the last axis: y_i = exp(b (x_i - max x)) / sum_j exp(b (x_j - max x)). FloatTable has the constant input t, 256 floats with t[d + 255] = exp(b * scale * d);
/// Parts has the same times a number that leaves the sum finite; Table16 has two of 513 S16, for exp over [-10, 0] and for 1 / (1 + x) over [0, 1]. An item is a row.
/// </summary>
internal sealed unsafe class QuantizedSoftmaxKernel : Kernel
{
    private readonly QuantizedSoftmaxParameters _p;
    private readonly TensorInfo _input, _output;
    private readonly int _depth, _rows, _min, _max;
    private readonly byte* _table, _reciprocals;
    private bool _vectors;

    /// <summary>The most parts of one that results are counted in.</summary>
    public const int MostParts = 1 << 20;

    private QuantizedSoftmaxKernel(QuantizedSoftmaxParameters p, TensorInfo input, TensorInfo output, byte* table, byte* reciprocals)
    {
        (_p, _input, _output) = (p, input, output);
        _depth = input.Shape[^1];
        _rows = _depth == 0 ? 0 : input.Count / _depth;
        _table = table;
        _reciprocals = reciprocals;
        (_min, _max) = output.Type switch { ElementType.U8 => (0, 255), ElementType.S8 => (-128, 127), _ => (-32768, 32767) };
    }

    public static Kernel Create(StepInfo step)
    {
        var (x, y) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<QuantizedSoftmaxParameters>();
        step.Require(x.Rank >= 1 && x.Count == y.Count && y.Rank == x.Rank && y.Shape[^1] == x.Shape[^1]);
        // A row's sum must fit what it is accumulated in.
        step.Require(x.Shape[^1] < 1 << 16, "rows are too long");
        step.Require(p.Shift is >= -31 and <= 30 && p.Multiplier >= 0);
        switch (p.Arithmetic)
        {
            case SoftmaxArithmetic.FloatTable:
                step.Require(x.Type is ElementType.U8 or ElementType.S8 && y.Type is ElementType.U8 or ElementType.S8 or ElementType.S16);
                return new QuantizedSoftmaxKernel(p, x, y, step.ConstantInput(1, ElementType.F32, 256).Constant, null);
            case SoftmaxArithmetic.FixedPoint:
                step.Require(x.Type is ElementType.U8 or ElementType.S8 && y.Type is ElementType.U8 or ElementType.S8 or ElementType.S16 && p.Shift >= 0 && x.Shape[^1] < 4096);
                return new QuantizedSoftmaxKernel(p, x, y, null, null);
            case SoftmaxArithmetic.Parts:
                step.Require(x.Type is ElementType.U8 or ElementType.S8 && y.Type == x.Type && p.OutputScale is >= 0 and <= MostParts && p.OutputZeroPoint is >= sbyte.MinValue and <= byte.MaxValue);
                return new QuantizedSoftmaxKernel(p, x, y, step.ConstantInput(1, ElementType.F32, 256).Constant, null) { _vectors = step.Tier != KernelTier.Scalar };
            case SoftmaxArithmetic.Table16:
                step.Require(x.Type == ElementType.S16 && y.Type == ElementType.S16);
                return new QuantizedSoftmaxKernel(p, x, y, step.ConstantInput(1, ElementType.S16, 513).Constant, step.ConstantInput(2, ElementType.S16, 513).Constant);
            default:
                throw step.Fault("has an unknown arithmetic");
        }
    }

    public override string Name => "qsoftmax";
    public override int WorkItems => _rows;
    public override int Grain => Math.Max(1, 4096 / Math.Max(1, _depth));

    public override Region Reads(TensorInfo input, int begin, int end) => input == _input ? Region.Items(input, begin, end, _depth) : Region.All(input);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, _depth);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* x = context[_input], y = context[_output];
        if (_p.Arithmetic == SoftmaxArithmetic.Parts)
        {
            new TableSoftmax((float*)_table, _depth, _p.OutputScale, _p.OutputZeroPoint, _input.Type == ElementType.S8, _vectors).Run(x + (nint)begin * _depth, y + (nint)begin * _depth, end - begin);
            return;
        }
        for (int row = begin; row < end; row++)
        {
            byte* source = x + (nint)row * _depth * _input.Type.Size(), result = y + (nint)row * _depth * _output.Type.Size();
            switch (_p.Arithmetic)
            {
                case SoftmaxArithmetic.FloatTable: FloatTable(source, result); break;
                case SoftmaxArithmetic.FixedPoint: FixedPointRow(source, result); break;
                default: Table16((short*)source, (short*)result); break;
            }
        }
    }

    private int Load(byte* x, int i) => _input.Type == ElementType.U8 ? x[i] : (sbyte)x[i];

    private void Store(byte* y, int i, int value)
    {
        value = Math.Min(Math.Max(value, _min), _max);
        if (_output.Type == ElementType.S16) ((short*)y)[i] = (short)value;
        else y[i] = (byte)value;
    }

    private int Largest(byte* x)
    {
        int largest = int.MinValue;
        for (int i = 0; i < _depth; i++) largest = Math.Max(largest, Load(x, i));
        return largest;
    }

    private void FloatTable(byte* x, byte* y)
    {
        byte* table = _table + 4 * (255 - Largest(x));
        float sum = 0;
        for (int i = 0; i < _depth; i++) sum += Unsafe.ReadUnaligned<float>(table + 4 * Load(x, i));
        float inverse = 1f / (sum * _p.OutputScale);
        for (int i = 0; i < _depth; i++)
        {
            float scaled = Unsafe.ReadUnaligned<float>(table + 4 * Load(x, i)) * inverse;
            Store(y, i, _p.HalfUp != 0 ? (int)(scaled + 0.5f) : (int)MathF.Round(scaled, MidpointRounding.AwayFromZero) + _p.OutputZeroPoint);
        }
    }

    private void FixedPointRow(byte* x, byte* y)
    {
        int largest = Largest(x), sum = 0;
        for (int i = 0; i < _depth; i++)
        {
            int difference = Load(x, i) - largest;
            if (difference >= _p.DiffMin) sum += FixedPoint.DivideByPowerOfTwo(Exponential(difference), 12);
        }
        int reciprocal = FixedPointMath.Reciprocal(sum, 12, out int bitsOverUnit);
        int exponent = Math.Clamp(bitsOverUnit + 31 - 8 * _output.Type.Size(), 0, 31);
        for (int i = 0; i < _depth; i++)
        {
            int difference = Load(x, i) - largest;
            Store(y, i, difference < _p.DiffMin ? _min : FixedPoint.DivideByPowerOfTwo(FixedPoint.DoublingHighMultiply(reciprocal, Exponential(difference)), exponent) + _min);
        }
    }

    private int Exponential(int difference) => FixedPointMath.ExponentialOfNegative5(FixedPoint.DoublingHighMultiply(difference * (1 << _p.Shift), _p.Multiplier));

    private void Table16(short* x, short* y)
    {
        int largest = short.MinValue, sum = 0;
        for (int i = 0; i < _depth; i++) largest = Math.Max(largest, x[i]);
        for (int i = 0; i < _depth; i++)
        {
            int scaled = FixedPoint.MultiplyDouble(x[i] - largest, _p.Multiplier, _p.Shift) + 32767;
            y[i] = LookupTable16Kernel.Interpolate(_table, (short)Math.Clamp(scaled, short.MinValue, short.MaxValue));
            sum += y[i];
        }
        int headroom = BitOperations.LeadingZeroCount((uint)sum);
        int shifted = (int)((((long)sum << Math.Max(headroom - 1, 0)) + (1 << 13)) >> 14) - ((1 << 15) + (1 << 16));
        int reciprocal = LookupTable16Kernel.Interpolate(_reciprocals, (short)Math.Clamp(shifted, short.MinValue, short.MaxValue));
        int right = Math.Max(31 - headroom, 1);
        for (int i = 0; i < _depth; i++) y[i] = (short)Math.Clamp(((long)y[i] * reciprocal + (1L << (right - 1))) >> right, 0, short.MaxValue);
    }
}
