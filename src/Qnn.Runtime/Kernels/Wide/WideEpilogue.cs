using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// What follows 64-bit accumulators: bias, requantization channel by channel, zero point, clamp. In 32-bit arithmetics the accumulator wraps to 32 bits first,
/// as the framework's does. Takes three inputs of a step: biases (int64), multipliers, exponents, one each a channel; multipliers in double precision lie in both, the lower half first.
/// </summary>
internal readonly unsafe struct WideEpilogue
{
    private readonly long* _bias;
    private readonly int* _multipliers, _exponents;
    private readonly RequantizeArithmetic _arithmetic;
    private readonly int _zeroPoint, _min, _max;
    // Of the wide arithmetic: each channel's bias, multiplier of 16 bits and shift, where vectors take them; one channel's as many times as a vector has them.
    private readonly long[]? _biases, _reduced, _shifts;
    private readonly int _channelStep;

    /// <summary>Verifies and takes inputs <paramref name="first"/> to first + 2.</summary>
    public WideEpilogue(StepInfo step, int first, int channels, in WideEpilogueParameters parameters, ElementType output)
    {
        (_arithmetic, _zeroPoint, _min, _max) = ((RequantizeArithmetic)parameters.Arithmetic, parameters.ZeroPoint, parameters.Min, parameters.Max);
        step.Require(_arithmetic is RequantizeArithmetic.FixedPointDouble or RequantizeArithmetic.FixedPointSingle or RequantizeArithmetic.Float32NearestEven or RequantizeArithmetic.FixedPointWide or RequantizeArithmetic.Float64Away, "unknown arithmetic");
        step.Require(output is ElementType.U8 or ElementType.S8 or ElementType.S16, "bad result type");
        step.Require(_min <= _max && _min >= short.MinValue && _max <= short.MaxValue && _zeroPoint is >= short.MinValue and <= short.MaxValue, "bad clamp");
        _bias = (long*)step.ConstantInput(first, ElementType.S64, channels).Constant;
        _multipliers = (int*)step.ConstantInput(first + 1, ElementType.S32, channels).Constant;
        var exponents = step.ConstantInput(first + 2, ElementType.S32, channels);
        _exponents = (int*)exponents.Constant;
        int most = _arithmetic == RequantizeArithmetic.FixedPointWide ? 14 : 30;
        if (_arithmetic != RequantizeArithmetic.Float64Away) foreach (int exponent in exponents.ConstantSpan<int>()) step.Require(exponent >= -31 && exponent <= most, "bad exponent");
        _channelStep = channels == 1 ? 0 : 1;
        if (channels == 0 || step.Tier == KernelTier.Scalar || !Avx2.IsSupported || _arithmetic != RequantizeArithmetic.FixedPointWide) return;
        foreach (int multiplier in new ReadOnlySpan<int>(_multipliers, channels)) if (multiplier < 0) return;
        int numbers = Math.Max(channels, 4);
        (_biases, _reduced, _shifts) = (new long[numbers], new long[numbers], new long[numbers]);
        for (int i = 0; i < numbers; i++)
        {
            int c = Math.Min(i, channels - 1);
            (_biases[i], _reduced[i], _shifts[i]) = (_bias[c], Reduce(_multipliers[c]), 15 - _exponents[c]);
        }
    }

    /// <summary>Adds sums to those of 64 bits, or begins with them.</summary>
    public static void Gather(int* sums, long* totals, int count, bool first)
    {
        for (int i = 0; i < count; i += 8)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(sums + i));
            (first ? low : Vector256.Load(totals + i) + low).Store(totals + i);
            (first ? high : Vector256.Load(totals + i + 4) + high).Store(totals + i + 4);
        }
    }

    /// <summary>A row of sums of channels from one on, or all of the only one, finished and stored from an element on.</summary>
    public void Finish(long* sums, int channel, int count, byte* output, ElementType type, nint at)
    {
        int c = 0;
        if (_reduced is not null) for (; c <= count - 4; c += 4) Store(FinishFour(Vector256.Load(sums + c), (channel + c) * _channelStep), output, type, at + c);
        for (; c < count; c++) CenteredData.Store(output, type, at + c, Finish(sums[c], (channel + c) * _channelStep));
    }

    /// <summary>The same of sums that fit 32 bits.</summary>
    public void Finish(int* sums, int channel, int count, byte* output, ElementType type, nint at)
    {
        int c = 0;
        if (_reduced is not null) for (; c <= count - 4; c += 4) Store(FinishFour(Vector256.WidenLower(Vector128.Load(sums + c).ToVector256Unsafe()), (channel + c) * _channelStep), output, type, at + c);
        for (; c < count; c++) CenteredData.Store(output, type, at + c, Finish(sums[c], (channel + c) * _channelStep));
    }

    // Four channels of the wide arithmetic.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> FinishFour(Vector256<long> sum, int channel)
    {
        var top = Vector256.Create(long.MinValue);
        sum += Vector256.LoadUnsafe(ref _biases![channel]);
        Vector256<uint> low = sum.AsUInt32(), high = Vector256.ShiftRightLogical(sum, 32).AsUInt32(), factor = Vector256.LoadUnsafe(ref _reduced![channel]).AsUInt32();
        var product = (Avx2.Multiply(low, factor) + Vector256.ShiftLeft(Avx2.Multiply(high, factor), 32)).AsInt64();
        var shift = Vector256.LoadUnsafe(ref _shifts![channel]).AsUInt64();
        product += Avx2.ShiftLeftLogicalVariable(Vector256<long>.One, shift - Vector256<ulong>.One);
        // AVX2 shifts in zeros.
        product = Avx2.ShiftRightLogicalVariable(product ^ top, shift) - Avx2.ShiftRightLogicalVariable(top, shift);
        var scaled = Avx2.PermuteVar8x32(product.AsInt32(), Vector256.Create(0, 2, 4, 6, 0, 0, 0, 0)).GetLower();
        return Vector128.Min(Vector128.Max(scaled + Vector128.Create(_zeroPoint), Vector128.Create(_min)), Vector128.Create(_max));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<int> values, byte* output, ElementType type, nint at)
    {
        var words = Vector128.Narrow(values, values);
        if (type == ElementType.S16) *(ulong*)((short*)output + at) = words.AsUInt64().ToScalar();
        else *(uint*)(output + at) = Vector128.Narrow(words, words).AsUInt32().ToScalar();
    }

    /// <summary>The arithmetic.</summary>
    public RequantizeArithmetic Arithmetic => _arithmetic;

    /// <summary>Numbers that <see cref="OfOne"/> takes.</summary>
    public const int NumbersOfOne = 3 * 16;

    /// <summary>The same of 32-bit arithmetics and results of 8 bits, for sixteen channels that are one. The numbers are pinned.</summary>
    public Epilogue OfOne(int* numbers)
    {
        for (int i = 0; i < 16; i++) (numbers[i], numbers[16 + i], numbers[32 + i]) = ((int)_bias[0], _multipliers[0], _exponents[0]);
        return new Epilogue { Bias = numbers, Multipliers = numbers + 16, Exponents = numbers + 32, Arithmetic = _arithmetic, ZeroPoint = _zeroPoint, Minimum = _min, Maximum = _max };
    }

    /// <summary>A channel's sum, finished.</summary>
    public int Finish(long sum, nint channel)
    {
        sum += _bias[channel];
        int multiplier = _multipliers[channel], exponent = _exponents[channel];
        if (_arithmetic == RequantizeArithmetic.Float32NearestEven)
        {
            float product = (int)sum * BitConverter.Int32BitsToSingle(multiplier);
            product = MathF.Min(MathF.Max(product, _min - _zeroPoint), _max - _zeroPoint);
            return (int)MathF.Round(product, MidpointRounding.ToEven) + _zeroPoint;
        }
        if (_arithmetic == RequantizeArithmetic.Float64Away)
        {
            double product = Math.Round(sum * BitConverter.Int64BitsToDouble((long)exponent << 32 | (uint)multiplier), MidpointRounding.AwayFromZero);
            return (int)Math.Min(Math.Max(product + _zeroPoint, _min), _max);
        }
        int scaled = _arithmetic switch
        {
            RequantizeArithmetic.FixedPointDouble => FixedPoint.MultiplyDouble((int)sum, multiplier, exponent),
            RequantizeArithmetic.FixedPointSingle => FixedPoint.MultiplySingle((int)sum, multiplier, exponent),
            _ => MultiplyWide(sum, multiplier, exponent),
        };
        return Math.Min(Math.Max(scaled + _zeroPoint, _min), _max);
    }

    /// <summary>TensorFlow Lite's MultiplyByQuantizedMultiplier of 64-bit numbers: the multiplier's top 16 bits, one rounding, halves up.</summary>
    public static int MultiplyWide(long value, int multiplier, int exponent)
    {
        int shift = 15 - exponent;
        return (int)((value * Reduce(multiplier) + (1L << (shift - 1))) >> shift);
    }

    private static int Reduce(int multiplier) => multiplier < 0x7FFF0000 ? (multiplier + (1 << 15)) >> 16 : 0x7FFF;
}
