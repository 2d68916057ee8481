using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>Parameters of <see cref="QuantizedRowMomentsKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedRowMomentsParameters
{
    public double Epsilon;
    public float Scale;
    public int ZeroPoint;
}

/// <summary>
/// A row's factor, scale / sqrt(variance + epsilon), and its mean less the zero point, of the integers' exact sums: mean = sum / n, variance = max(fma(-mean, mean, squares / n), 0) * scale * scale.
/// Input: rows [R, N], 8 bits. Outputs: factors [R, 1], means [R, 1]. An item is a row.
/// </summary>
internal sealed unsafe class QuantizedRowMomentsKernel : Kernel
{
    // So many squares of integers fit into 32 bits.
    private const int Piece = 1 << 15;

    private readonly TensorInfo _input, _factors, _means;
    private readonly QuantizedRowMomentsParameters _p;
    private readonly int _rows, _length;

    private QuantizedRowMomentsKernel(StepInfo step)
    {
        (_input, _factors, _means, _p) = (step.Input(0), step.Output(0), step.Output(1), step.ReadParameters<QuantizedRowMomentsParameters>());
        step.Require(_input.Type is ElementType.U8 or ElementType.S8 && _factors.Type == ElementType.F32 && _means.Type == ElementType.F32, "an operand has another type");
        step.Require(_input.Rank == 2 && _input.Shape[1] > 0 && _factors.Count == _input.Shape[0] && _means.Count == _factors.Count, "the shapes do not fit");
        (_rows, _length) = (_input.Shape[0], _input.Shape[1]);
    }

    public static Kernel Create(StepInfo step) => new QuantizedRowMomentsKernel(step);

    public override string Name => "quantized_row_moments";

    public override int WorkItems => _rows;

    public override int Grain => Math.Max(1, 4096 / _length);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* factors = context.Pointer<float>(_factors), means = context.Pointer<float>(_means);
        for (int row = begin; row < end; row++)
        {
            nint first = (nint)row * _length;
            long sum = 0, squares = 0;
            for (int i = 0; i < _length; i += Piece)
            {
                int count = Math.Min(Piece, _length - i);
                var (s, q) = _input.Type == ElementType.U8 ? Sums(context.Pointer<byte>(_input) + first + i, count) : Sums(context.Pointer<sbyte>(_input) + first + i, count);
                (sum, squares) = (sum + s, squares + q);
            }
            float mean = (float)sum / _length, variance = MathF.Max(MathF.FusedMultiplyAdd(-mean, mean, (float)squares / _length), 0);
            factors[row] = (float)(_p.Scale / Math.Sqrt(variance * _p.Scale * _p.Scale + _p.Epsilon));
            means[row] = mean - _p.ZeroPoint;
        }
    }

    private static (int Sum, int Squares) Sums(byte* x, int count)
    {
        int sum = 0, squares = 0;
        for (int i = 0; i < count; i++) (sum, squares) = (sum + x[i], squares + x[i] * x[i]);
        return (sum, squares);
    }

    private static (int Sum, int Squares) Sums(sbyte* x, int count)
    {
        int sum = 0, squares = 0;
        for (int i = 0; i < count; i++) (sum, squares) = (sum + x[i], squares + x[i] * x[i]);
        return (sum, squares);
    }
}
