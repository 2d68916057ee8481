using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>Parameters of <see cref="OpCode.Quantize"/>: y = clamp(round(x op Scale) + ZeroPoint, Min, Max), op and round by the arithmetic; no number gives Min. For MultiplyEven, Scale is the inverse already.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizeParameters
{
    public QuantizeArithmetic Arithmetic;
    public float Scale;
    public int ZeroPoint;
    public int Min, Max;

    /// <summary>Whether a <see cref="ByteQuantizer512"/> does it: halves to even, to bytes.</summary>
    public readonly bool MakesBytes(ElementType type)
    {
        var (least, greatest) = type == ElementType.U8 ? (byte.MinValue, byte.MaxValue) : ((int)sbyte.MinValue, (int)sbyte.MaxValue);
        return type is ElementType.U8 or ElementType.S8 && Arithmetic == QuantizeArithmetic.DivideEven && Min >= least && Max <= greatest && ByteQuantizer512.Serves(Scale, Min - ZeroPoint, Max - ZeroPoint);
    }
}

/// <summary>float32 to U8, S8, S16 or U16, with one scale.</summary>
internal sealed unsafe class QuantizeKernel<TOut, TLanes, TInt, TFloat> : Kernel
    where TOut : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private const int PieceLength = 4096;

    private readonly TensorInfo _input, _output;
    private readonly QuantizeArithmetic _arithmetic;
    private readonly TFloat _scale, _min, _max, _half;
    private readonly ByteQuantizer512 _bytes;
    private readonly bool _multiplies;
    private readonly TInt _zeroPoint;

    public QuantizeKernel(QuantizeParameters p, TensorInfo input, TensorInfo output)
    {
        (_input, _output, _arithmetic) = (input, output, p.Arithmetic);
        _scale = TLanes.Create(p.Scale);
        _bytes = new ByteQuantizer512(p.Scale, p.Min - p.ZeroPoint, p.Max - p.ZeroPoint, p.ZeroPoint, output.Type == ElementType.S8);
        _multiplies = typeof(TLanes) == typeof(Avx512Lanes) && p.MakesBytes(output.Type);
        (_min, _max) = (TLanes.Create((float)(p.Min - p.ZeroPoint)), TLanes.Create((float)(p.Max - p.ZeroPoint)));
        _zeroPoint = TLanes.Create(p.ZeroPoint);
        // The float before one half: added before truncation it rounds halves away from zero, and nothing else that one half would not.
        _half = TLanes.Create(MathF.BitDecrement(0.5f));
    }

    public override string Name { get; } = $"quantize.{TLanes.Name}";
    public override int WorkItems => (_input.Count + PieceLength - 1) / PieceLength;
    public override int Grain => 4;

    public override Region Reads(TensorInfo input, int begin, int end) => input == _input ? Region.Items(input, begin, end, PieceLength) : Region.All(input);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, PieceLength);

    [SkipLocalsInit]
    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int first = begin * PieceLength, count = (int)Math.Min((long)end * PieceLength, _input.Count) - first;
        float* x = context.Pointer<float>(_input) + first;
        var y = context.Pointer<TOut>(_output) + first;
        int width = TLanes.Count, i = 0;
        if (_multiplies && Avx512F.IsSupported) i = _bytes.Run(x, (byte*)y, count);
        for (; i <= count - width; i += width) TLanes.Store(y + i, Apply(TLanes.LoadFloat(x + i)));
        if (i == count) return;
        byte* buffer = stackalloc byte[2 * 64];
        var rest = (float*)buffer;
        var result = (TOut*)(buffer + 64);
        for (int k = 0; k < width; k++) rest[k] = x[Math.Min(i + k, count - 1)];
        TLanes.Store(result, Apply(TLanes.LoadFloat(rest)));
        for (int k = 0; i + k < count; k++) y[i + k] = result[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TInt Apply(TFloat x)
    {
        var scaled = _arithmetic == QuantizeArithmetic.MultiplyEven ? TLanes.Multiply(x, _scale) : TLanes.Divide(x, _scale);
        scaled = TLanes.Min(TLanes.Max(scaled, _min), _max);
        var rounded = _arithmetic == QuantizeArithmetic.DivideAway ? TLanes.Truncate(TLanes.Add(scaled, TLanes.CopySign(_half, scaled))) : TLanes.ToInt(scaled);
        return TLanes.Add(rounded, _zeroPoint);
    }
}

/// <summary>Makes <see cref="QuantizeKernel{TOut, TLanes, TInt, TFloat}"/>.</summary>
internal static class QuantizeKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (x, y) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<QuantizeParameters>();
        step.Require(x.Type == ElementType.F32 && y.Type is ElementType.U8 or ElementType.S8 or ElementType.S16 or ElementType.U16 && x.Count == y.Count);
        step.Require(p.Arithmetic is QuantizeArithmetic.DivideAway or QuantizeArithmetic.MultiplyEven or QuantizeArithmetic.DivideEven or QuantizeArithmetic.DivideDoubleAway);
        // An infinite scale, which ranges as wide as those of masks lead to, makes the zero point of all numbers.
        step.Require(p.Scale > 0 && (float.IsFinite(p.Scale) || p.Arithmetic != QuantizeArithmetic.MultiplyEven));
        step.Require(p.Min <= p.Max && p.Min >= short.MinValue && p.Max <= ushort.MaxValue && p.ZeroPoint is >= short.MinValue and <= ushort.MaxValue);
        if (p.Arithmetic == QuantizeArithmetic.DivideDoubleAway) return new DoubleQuantizeKernel(p, x, y, step.Tier);
        return step.Tier.Create<Factory, Kernel>(new Factory(p, x, y));
    }

    private readonly struct Factory(QuantizeParameters p, TensorInfo x, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged =>
            y.Type is ElementType.S16 or ElementType.U16 ? new QuantizeKernel<short, TLanes, TInt, TFloat>(p, x, y) : new QuantizeKernel<byte, TLanes, TInt, TFloat>(p, x, y);
    }
}
