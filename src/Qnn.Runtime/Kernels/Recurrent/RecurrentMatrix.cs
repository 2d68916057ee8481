using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Hybrid;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>The weights of a float recurrent layer: float [rows, columns], or int8 stored as int16 [rows][columns, padded] with a scale, for which the vector is quantized at run time.</summary>
internal readonly unsafe struct RecurrentMatrix
{
    private readonly float* _plain;
    private readonly short* _quantized;
    private readonly float _scale;
    private readonly int _rows, _columns, _padded;
    private readonly delegate*<short*, short*, nint, long> _dot;

    /// <summary>Verifies and takes an input of a step; <see cref="IsThere"/> says whether it is there.</summary>
    public RecurrentMatrix(StepInfo step, int input, int rows, int columns, float scale)
    {
        (_rows, _columns, _padded, _scale) = (rows, columns, DotProduct16.Pad(columns), scale);
        _dot = DotProduct16.For(step.Tier);
        if (step.OptionalInput(input) is not { } weights) return;
        if (weights.Type == ElementType.S16) _quantized = (short*)step.ConstantInput(input, ElementType.S16, (long)rows * _padded).Constant;
        else _plain = (float*)step.ConstantInput(input, ElementType.F32, (long)rows * columns).Constant;
    }

    /// <summary>Whether the step has it.</summary>
    public bool IsThere => _plain != null || _quantized != null;

    /// <summary>Bytes of scratch memory for a vector of up to so many elements; it must be zeros at first.</summary>
    public static nint ScratchBytes(int columns) => (nint)DotProduct16.Pad(columns) * (sizeof(short) + sizeof(sbyte));

    /// <summary>result[r * stride] += sum over columns of this[r, c] * vector[c].</summary>
    public void AddProducts(float* vector, float* result, int stride, bool asymmetric, byte* scratch)
    {
        if (_quantized != null)
        {
            AddQuantized(vector, result, stride, asymmetric, scratch);
            return;
        }
        for (int r = 0; r < _rows; r++) result[(nint)r * stride] += Dot(_plain + (nint)r * _columns, vector, _columns);
    }

    /// <summary>The sum of a[i] * b[i], in order: so TensorFlow Lite's portable kernels add.</summary>
    public static float Dot(float* a, float* b, int count)
    {
        float sum = 0;
        for (int i = 0; i < count; i++) sum += a[i] * b[i];
        return sum;
    }

    private void AddQuantized(float* vector, float* result, int stride, bool asymmetric, byte* scratch)
    {
        var centered = (short*)scratch;
        var bytes = (sbyte*)(centered + _padded);
        int zeroPoint = 0;
        float scale = asymmetric ? DynamicQuantization.Asymmetric(vector, _columns, bytes, out zeroPoint) : DynamicQuantization.Symmetric(vector, _columns, bytes);
        CenteredData.Load((byte*)bytes, ElementType.S8, 0, zeroPoint, centered, _columns);
        for (int c = _columns; c < _padded; c++) centered[c] = 0;
        float factor = scale * _scale;
        for (int r = 0; r < _rows; r++) result[(nint)r * stride] += (int)_dot(_quantized + (nint)r * _padded, centered, _padded) * factor;
    }
}
