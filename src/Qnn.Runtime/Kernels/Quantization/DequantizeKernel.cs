using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>Parameters of <see cref="OpCode.Dequantize"/>: y = Scale * (x - ZeroPoint).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DequantizeParameters
{
    public float Scale;
    public int ZeroPoint;
}

/// <summary>U8, S8, S16, U16 or S32 to float32.</summary>
internal sealed unsafe class DequantizeKernel<TIn, TLanes, TInt, TFloat>(DequantizeParameters p, TensorInfo input, TensorInfo output) : Kernel
    where TIn : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private const int PieceLength = 4096;

    private readonly TFloat _scale = TLanes.Create(p.Scale);
    private readonly TInt _zeroPoint = TLanes.Create(p.ZeroPoint);

    public override string Name { get; } = $"dequantize.{TLanes.Name}";
    public override int WorkItems => (input.Count + PieceLength - 1) / PieceLength;
    public override int Grain => 4;

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, PieceLength);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, PieceLength);

    [SkipLocalsInit]
    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int first = begin * PieceLength, count = (int)Math.Min((long)end * PieceLength, input.Count) - first;
        var x = context.Pointer<TIn>(input) + first;
        float* y = context.Pointer<float>(output) + first;
        int width = TLanes.Count, i = 0;
        for (; i <= count - width; i += width) TLanes.StoreFloat(y + i, Apply(TLanes.Load(x + i)));
        if (i == count) return;
        byte* buffer = stackalloc byte[2 * 64];
        var rest = (TIn*)buffer;
        float* result = (float*)(buffer + 64);
        for (int k = 0; k < width; k++) rest[k] = Unsafe.ReadUnaligned<TIn>(x + Math.Min(i + k, count - 1));
        TLanes.StoreFloat(result, Apply(TLanes.Load(rest)));
        for (int k = 0; i + k < count; k++) y[i + k] = result[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TFloat Apply(TInt x) => TLanes.Multiply(TLanes.ToFloat(TLanes.Subtract(x, _zeroPoint)), _scale);
}

/// <summary>Makes <see cref="DequantizeKernel{TIn, TLanes, TInt, TFloat}"/>.</summary>
internal static class DequantizeKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (x, y) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<DequantizeParameters>();
        step.Require(x.Type is ElementType.U8 or ElementType.S8 or ElementType.S16 or ElementType.U16 or ElementType.S32 && y.Type == ElementType.F32 && x.Count == y.Count);
        return step.Tier.Create<Factory, Kernel>(new Factory(p, x, y));
    }

    private readonly struct Factory(DequantizeParameters p, TensorInfo x, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => x.Type switch
        {
            ElementType.U8 => new DequantizeKernel<byte, TLanes, TInt, TFloat>(p, x, y),
            ElementType.S8 => new DequantizeKernel<sbyte, TLanes, TInt, TFloat>(p, x, y),
            ElementType.S16 => new DequantizeKernel<short, TLanes, TInt, TFloat>(p, x, y),
            ElementType.U16 => new DequantizeKernel<ushort, TLanes, TInt, TFloat>(p, x, y),
            _ => new DequantizeKernel<int, TLanes, TInt, TFloat>(p, x, y),
        };
    }
}
