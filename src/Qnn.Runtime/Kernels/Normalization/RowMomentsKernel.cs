using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>Parameters of <see cref="RowMomentsKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RowMomentsParameters
{
    public double Epsilon;
    /// <summary>What the count of elements is lessened by.</summary>
    public double Correction;
    public RowMomentsKind Kind;
    /// <summary>Columns of the matrix that a row is, of the kinds that take columns; else 0.</summary>
    public int Columns;
}

/// <summary>A row's spread, by a <see cref="RowMomentsKind"/>, and its mean. Input: rows [R, N]. Outputs: spreads [R], means [R]. An item is a row.</summary>
internal sealed unsafe class RowMomentsKernel : Kernel
{
    private readonly TensorInfo _input, _spreads, _means;
    private readonly RowMomentsParameters _p;
    private readonly int _rows, _length;

    private RowMomentsKernel(StepInfo step)
    {
        (_input, _spreads, _means, _p) = (step.Input(0), step.Output(0), step.Output(1), step.ReadParameters<RowMomentsParameters>());
        step.Require(Enum.IsDefined(_p.Kind), "the kind is unknown");
        foreach (var tensor in (ReadOnlySpan<TensorInfo>)[_input, _spreads, _means]) step.Require(tensor.Type == ElementType.F32, "an operand is not float32");
        step.Require(_input.Rank == 2 && _input.Shape[1] > 0 && _spreads.Count == _input.Shape[0] && _means.Count == _spreads.Count, "the shapes do not fit");
        (_rows, _length) = (_input.Shape[0], _input.Shape[1]);
        bool byColumns = _p.Kind is RowMomentsKind.ColumnInverse or RowMomentsKind.PairedColumnInverse;
        step.Require(byColumns ? _p.Columns > 0 && _length % _p.Columns == 0 && (_p.Kind == RowMomentsKind.ColumnInverse || _p.Columns == ColumnMoments.Pairs) : _p.Columns == 0, "the columns do not fit");
    }

    public static Kernel Create(StepInfo step) => new RowMomentsKernel(step);

    public override string Name => "row_moments";

    public override int WorkItems => _rows;

    public override int Grain => Math.Max(1, 1024 / _length);

    public override nint ScratchBytes => (nint)_p.Columns * 2 * sizeof(float);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* spreads = context.Pointer<float>(_spreads), means = context.Pointer<float>(_means);
        for (int row = begin; row < end; row++)
        {
            float* x = context.Pointer<float>(_input) + (nint)row * _length;
            if (_p.Kind == RowMomentsKind.LaneInverse)
            {
                var (mean, variance) = LaneMoments.Of(x, _length);
                (spreads[row], means[row]) = ((float)(1 / Math.Sqrt(variance + _p.Epsilon)), mean);
            }
            else if (_p.Columns > 0)
            {
                var (mean, variance) = ColumnMoments.Of(x, _length, _p.Columns, 1 / (float)(_length - _p.Correction), _p.Kind == RowMomentsKind.PairedColumnInverse, (float*)scratch);
                (spreads[row], means[row]) = ((float)(1 / Math.Sqrt(variance + _p.Epsilon)), mean);
            }
            else (spreads[row], means[row]) = Wide(x);
        }
    }

    private (float Spread, float Mean) Wide(float* x)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < _length; i++) sum += x[i];
        double mean = sum / _length;
        for (int i = 0; i < _length; i++) squares += (x[i] - mean) * (x[i] - mean);
        // The inverse's sum of squares is kept in single precision.
        double variance = _p.Kind == RowMomentsKind.Inverse ? (float)squares / _length : squares / Math.Max(0, _length - _p.Correction);
        return ((float)(_p.Kind switch { RowMomentsKind.Variance => variance, RowMomentsKind.Deviation => Math.Sqrt(variance), _ => 1 / Math.Sqrt(variance + _p.Epsilon) }), (float)mean);
    }
}
