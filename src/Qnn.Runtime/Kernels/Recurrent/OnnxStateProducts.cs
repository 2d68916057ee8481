using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Quantization;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// The products of a layer's state and its recurrent weights, as ONNX Runtime computes them. Float weights [H, G * H]: fused products added in runs, whose sums join the result.
/// Quantized weights, less their zero point, as int16 [G * H][H, padded] with a scale each: the states of the batch are quantized together to uint8, and exact sums times (scale * weight scale) join the result.
/// </summary>
internal readonly unsafe struct OnnxStateProducts
{
    private readonly float* _plain, _scales;
    private readonly short* _quantized;
    private readonly int _hidden, _width, _padded, _run;
    private readonly bool _vectors;
    private readonly delegate*<short*, short*, nint, long> _dot;

    /// <summary>Verifies and takes two inputs of a step: weights, and scales, which float weights lack.</summary>
    public OnnxStateProducts(StepInfo step, int weights, int hidden, int width, int run)
    {
        (_hidden, _width, _padded, _run) = (hidden, width, DotProduct16.Pad(hidden), run);
        _vectors = step.Tier != KernelTier.Scalar;
        _dot = DotProduct16.For(step.Tier);
        if (step.OptionalInput(weights + 1) is not null)
        {
            _quantized = (short*)step.ConstantInput(weights, ElementType.S16, (long)width * _padded).Constant;
            _scales = (float*)step.ConstantInput(weights + 1, ElementType.F32, width).Constant;
        }
        else
        {
            step.Require(run > 0, "a run has no products");
            _plain = (float*)step.ConstantInput(weights, ElementType.F32, (long)width * hidden).Constant;
        }
    }

    /// <summary>Whether the weights are quantized.</summary>
    public bool IsQuantized => _quantized != null;

    /// <summary>Bytes of scratch memory for the states of a batch.</summary>
    public nint ScratchBytes(int batches) => IsQuantized ? (nint)_padded * sizeof(short) + (nint)batches * _hidden : 0;

    /// <summary>result[b, g] += state[b] times the columns from the first on, for all sequences of a batch.</summary>
    public void Add(float* state, int batches, int first, int columns, float* result, int pitch, byte* scratch)
    {
        if (IsQuantized)
        {
            AddQuantized(state, batches, first, columns, result, pitch, scratch);
            return;
        }
        for (int b = 0; b < batches; b++)
        {
            for (int k = 0, count; k < _hidden; k += count)
            {
                count = Math.Min(_run, _hidden - k);
                FusedRuns.Add(state + (nint)b * _hidden + k, _plain + (nint)k * _width + first, count, columns, _width, result + (nint)b * pitch, _vectors);
            }
        }
    }

    private void AddQuantized(float* state, int batches, int first, int columns, float* result, int pitch, byte* scratch)
    {
        var row = (short*)scratch;
        byte* bytes = (byte*)(row + _padded);
        var (scale, zeroPoint) = DynamicQuantizeLinearKernel.Quantize(state, batches * _hidden, bytes);
        for (int c = _hidden; c < _padded; c++) row[c] = 0;
        for (int b = 0; b < batches; b++)
        {
            CenteredData.Load(bytes, ElementType.U8, (nint)b * _hidden, zeroPoint, row, _hidden);
            for (int g = 0; g < columns; g++) result[(nint)b * pitch + g] += (int)_dot(row, _quantized + (nint)(first + g) * _padded, _padded) * (scale * _scales[first + g]);
        }
    }
}
