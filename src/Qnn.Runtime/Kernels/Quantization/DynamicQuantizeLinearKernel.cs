using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>
/// ONNX's DynamicQuantizeLinear: the range of x, widened to hold 0, spread over uint8: scale = (max - min) / 255 (1 where that is 0), zero point = clamp(rint(-min / scale)),
/// y = clamp(rint(x / scale) + zero point). Input: float32. Outputs: uint8 of its count, scale (float32) and zero point (uint8) of one element. One item.
/// </summary>
internal sealed unsafe class DynamicQuantizeLinearKernel : Kernel
{
    private readonly TensorInfo _input, _output, _scale, _zeroPoint;
    private readonly bool _wide;

    private DynamicQuantizeLinearKernel(StepInfo step)
    {
        (_input, _output, _scale, _zeroPoint) = (step.Input(0), step.Output(0), step.Output(1), step.Output(2));
        step.Require(_input.Type == ElementType.F32 && _output.Type == ElementType.U8 && _scale.Type == ElementType.F32 && _zeroPoint.Type == ElementType.U8, "bad types");
        step.Require(_output.Count == _input.Count && _scale.Count == 1 && _zeroPoint.Count == 1, "bad shapes");
        _wide = step.Tier.HasAvx512();
    }

    public static Kernel Create(StepInfo step) => new DynamicQuantizeLinearKernel(step);

    public override string Name => "dynamic_quantize_linear";

    public override int WorkItems => 1;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var (scale, zeroPoint) = Quantize(context.Pointer<float>(_input), _input.Count, context.Pointer<byte>(_output), _wide);
        *context.Pointer<float>(_scale) = scale;
        *context.Pointer<byte>(_zeroPoint) = zeroPoint;
    }

    /// <summary>Quantizes numbers, and returns the scale and zero point.</summary>
    public static (float Scale, byte ZeroPoint) Quantize(float* x, int count, byte* y, bool wide = false)
    {
        wide &= Avx512F.IsSupported;
        var (low, high) = Range(x, count, wide);
        float scale = low == high ? 1 : (high - low) / 255;
        float point = Clamp(MathF.Round(-low / scale, MidpointRounding.ToEven));
        int i = 0;
        if (wide && ByteQuantizer512.Serves(scale, -point, 255 - point)) i = new ByteQuantizer512(scale, -point, 255 - point, (int)point, false).Run(x, y, count);
        for (; i <= count - 32; i += 32)
        {
            var first = Vector256.Narrow(Steps(x + i, scale, point), Steps(x + i + 8, scale, point));
            var second = Vector256.Narrow(Steps(x + i + 16, scale, point), Steps(x + i + 24, scale, point));
            Vector256.Narrow(first.AsUInt16(), second.AsUInt16()).Store(y + i);
        }
        for (; i < count; i++) y[i] = (byte)Clamp(MathF.Round(x[i] / scale, MidpointRounding.ToEven) + point);
        return (scale, (byte)point);
    }

    private static Vector256<int> Steps(float* x, float scale, float point)
    {
        var steps = Vector256.Round(Vector256.Load(x) / Vector256.Create(scale)) + Vector256.Create(point);
        return Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.MaxNative(steps, Vector256<float>.Zero), Vector256.Create(255f)));
    }

    private static (float Low, float High) Range(float* x, int count, bool wide)
    {
        Vector256<float> least = default, most = default;
        int i = 0;
        if (wide) (least, most, i) = WideRange(x, count);
        for (; i <= count - 8; i += 8)
        {
            var v = Vector256.Load(x + i);
            least = Vector256.MinNative(v, least);
            most = Vector256.MaxNative(v, most);
        }
        float low = 0, high = 0;
        for (int lane = 0; lane < 8; lane++) (low, high) = (MathF.Min(low, least[lane]), MathF.Max(high, most[lane]));
        for (; i < count; i++) (low, high) = (x[i] < low ? x[i] : low, x[i] > high ? x[i] : high);
        return (low, high);
    }

    // The range so far in eight lanes, and how many numbers were looked at.
    private static (Vector256<float> Least, Vector256<float> Most, int Count) WideRange(float* x, int count)
    {
        Vector512<float> least0 = default, least1 = default, most0 = default, most1 = default;
        int i = 0;
        for (; i <= count - 32; i += 32)
        {
            Vector512<float> a = Vector512.Load(x + i), b = Vector512.Load(x + i + 16);
            (least0, most0) = (Avx512F.Min(a, least0), Avx512F.Max(a, most0));
            (least1, most1) = (Avx512F.Min(b, least1), Avx512F.Max(b, most1));
        }
        (least0, most0) = (Avx512F.Min(least0, least1), Avx512F.Max(most0, most1));
        return (Vector256.MinNative(least0.GetLower(), least0.GetUpper()), Vector256.MaxNative(most0.GetLower(), most0.GetUpper()), i);
    }

    private static float Clamp(float value) => value < 0 ? 0 : value > 255 ? 255 : value;
}
