using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Runtime.Kernels.Rows;

/// <summary>
/// Steps of a chain in registers: dequantize bytes, add a row, perhaps MLAS's Gelu, quantize to bytes; what follows a quantized product where its bias is a float operator's. The same operations in the same order as the steps.
/// </summary>
internal sealed unsafe class BiasedBytes512 : Kernel
{
    private readonly TensorInfo _input, _row, _output;
    private readonly DequantizeParameters _d;
    private readonly ByteQuantizer512 _quantizer;
    private readonly float _reciprocal;
    private readonly bool _hasGelu;

    private BiasedBytes512(TensorInfo input, TensorInfo row, TensorInfo output, DequantizeParameters d, QuantizeParameters q, bool hasGelu)
    {
        (_input, _row, _output, _d, _hasGelu, _reciprocal) = (input, row, output, d, hasGelu, 1 / q.Scale);
        _quantizer = new ByteQuantizer512(q.Scale, q.Min - q.ZeroPoint, q.Max - q.ZeroPoint, q.ZeroPoint, output.Type == ElementType.S8);
        Name = hasGelu ? "biased_gelu_bytes.avx512" : "biased_bytes.avx512";
    }

    public override string Name { get; }

    /// <summary>The kernel of some steps, and how many these are; null where they are no such steps, or what one of them makes is taken elsewhere too.</summary>
    /// <param name="steps">Steps of a chain, verified.</param>
    /// <param name="isOnlyForNext">Whether a tensor is taken by the next step alone.</param>
    public static (Kernel Kernel, int Steps)? TryCreate(ReadOnlySpan<StepInfo> steps, Func<TensorInfo, bool> isOnlyForNext)
    {
        if (steps.Length < 3 || !steps[0].Tier.HasAvx512() || !Vector512.IsHardwareAccelerated) return null;
        var (first, second) = (steps[0], steps[1]);
        if (first.OpCode != OpCode.Dequantize || second.OpCode != OpCode.Binary || first.Input(0).Type is not (ElementType.U8 or ElementType.S8)) return null;
        var (x, sum) = (first.Output(0), second.Output(0));
        var add = second.ReadParameters<BinaryParameters>();
        if ((BinaryKind)add.Kind != BinaryKind.Add || !float.IsNegativeInfinity(add.Min) || !float.IsPositiveInfinity(add.Max)) return null;
        var row = second.Input(0) == x ? second.Input(1) : second.Input(0);
        int columns = sum.Shape[^1];
        if (second.Input(0) != x && second.Input(1) != x || row.Rank != 1 || row.Count != columns || columns % Float64Lanes.Count != 0) return null;
        bool hasGelu = steps[2].OpCode == OpCode.Unary && (UnaryKind)steps[2].ReadParameters<UnaryParameters>().Kind == UnaryKind.MlasGelu;
        int count = hasGelu ? 4 : 3;
        if (steps.Length < count || steps[count - 1].OpCode != OpCode.Quantize) return null;
        for (int i = 0; i < count - 1; i++) if (steps[i + 1].Inputs.Length == 0 || !steps[i + 1].Inputs.Contains(steps[i].Output(0)) || !isOnlyForNext(steps[i].Output(0))) return null;
        var last = steps[count - 1];
        var q = last.ReadParameters<QuantizeParameters>();
        if (!q.MakesBytes(last.Output(0).Type)) return null;
        return (new BiasedBytes512(first.Input(0), row, last.Output(0), first.ReadParameters<DequantizeParameters>(), q, hasGelu), count);
    }

    public override nint ScratchBytes => _hasGelu ? (nint)_row.Count * sizeof(float) : 0;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* x = context[_input], y = context[_output];
        float* row = context.Pointer<float>(_row);
        int columns = _row.Count;
        for (int left = _input.Count; left > 0; left -= columns, x += columns, y += columns)
        {
            if (_hasGelu) Gelu(x, row, (float*)scratch, y, columns);
            else Add(x, row, y, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Add(byte* x, float* row, byte* y, int columns)
    {
        bool isSigned = _input.Type == ElementType.S8;
        for (int i = 0; i < columns; i += Float64Lanes.Count) _quantizer.Store(Biased(x + i, row + i, isSigned), _reciprocal, y + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Gelu(byte* x, float* row, float* numbers, byte* y, int columns)
    {
        bool isSigned = _input.Type == ElementType.S8;
        for (int i = 0; i < columns; i += Float64Lanes.Count) Biased(x + i, row + i, isSigned).Store(numbers + i);
        MlasFunctions512.Gelu(numbers, columns);
        _quantizer.Run(numbers, y, columns);
    }

    // A byte less its zero point is exact, as a float or not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Float64Lanes Biased(byte* x, float* row, bool isSigned) => (Float64Lanes.FromBytes(x, isSigned) + -(float)_d.ZeroPoint) * _d.Scale + Float64Lanes.Load(row);
}
