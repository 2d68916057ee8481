using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// Rows times float weights in <see cref="FloatPanels"/>, and a row of biases, in an order of <see cref="BatchMatMulParameters.FusedRun"/>: runs of fused products, whose sums join the biases one by one,
/// or <see cref="MatMulOrder.Dots"/>, <see cref="MatMulOrder.Vector"/> and <see cref="MatMulOrder.Columns"/>, as MKL has them for rows that follow each other from a boundary on; or <see cref="MatMulOrder.Continued"/>.
/// </summary>
internal readonly unsafe struct TorchStateProducts
{
    private readonly FloatPanels _panels;
    private readonly float* _weights, _biases;
    private readonly int _depth, _columns, _order;
    private readonly MklRows _rows;

    /// <summary>Verifies and takes two inputs of a step: weights and biases, which may be absent.</summary>
    public TorchStateProducts(StepInfo step, int weights, int biases, int depth, int columns, int order)
    {
        step.Require(order is > 0 or MatMulOrder.Dots or MatMulOrder.Vector or MatMulOrder.Columns or MatMulOrder.Continued, "the order is unknown");
        (_depth, _columns, _order, Pitch) = (depth, columns, order, FloatPanels.Pad(columns));
        _weights = (float*)step.ConstantInput(weights, ElementType.F32, (long)depth * Pitch).Constant;
        if (biases >= 0 && step.OptionalInput(biases) is not null) _biases = (float*)step.ConstantInput(biases, ElementType.F32, columns).Constant;
        _panels = FloatPanels.Create(step.Tier, _weights, depth);
        _rows = new MklRows(depth, columns, step.Tier != KernelTier.Scalar, FloatPanels.Width);
    }

    /// <summary>From row to row of the results.</summary>
    public int Pitch { get; }

    /// <summary>result[r] = rows[r] times the weights, plus the biases; in the order <see cref="MatMulOrder.Continued"/> plus what is there.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="isPart">Whether there may be fewer than the order was chosen for: few rows have orders of their own.</param>
    /// <param name="result">Where the products go, <see cref="Pitch"/> elements a row.</param>
    public void Multiply(float* rows, int count, bool isPart, float* result)
    {
        const int FewRows = 4;
        int order = !isPart || count >= FewRows || _order == MatMulOrder.Columns ? _order : count == 1 ? MatMulOrder.Vector : MatMulOrder.Dots;
        if (order == MatMulOrder.Continued)
        {
            _panels.Multiply(rows, _depth, count, 0, _columns, result, Pitch, _depth, SumsMode.Continue);
            return;
        }
        if (order > 0)
        {
            for (int r = 0; r < count; r++) Begin(result + (nint)r * Pitch);
            _panels.Multiply(rows, _depth, count, 0, _columns, result, Pitch, order, SumsMode.Add);
            return;
        }
        for (int r = 0; r < count; r++)
        {
            float* row = rows + (nint)r * _depth, to = result + (nint)r * Pitch;
            switch (order)
            {
                case MatMulOrder.Dots:
                    _rows.Dots(row, _weights, to, MklRows.BeforeBoundary((long)r * _depth));
                    AddBiases(to);
                    break;
                case MatMulOrder.Vector:
                    _rows.Vector(row, _weights, to);
                    AddBiases(to);
                    break;
                default:
                    _rows.Columns(row, _weights, to, _biases, MklRows.BeforeBoundary((long)r * _columns));
                    break;
            }
        }
    }

    private void Begin(float* to)
    {
        if (_biases == null) new Span<float>(to, _columns).Clear();
        else new ReadOnlySpan<float>(_biases, _columns).CopyTo(new Span<float>(to, _columns));
    }

    private void AddBiases(float* to)
    {
        if (_biases == null) return;
        for (int n = 0; n < _columns; n++) to[n] += _biases[n];
    }
}
