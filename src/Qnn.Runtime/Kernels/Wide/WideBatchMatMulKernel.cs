using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// Matrix products of quantized data, exact in 64 bits. Inputs: a [..., M, K], b [..., N, K] over leading axes that broadcast, then one bias, multiplier and exponent.
/// An item of work is a block of up to 32 rows of one matrix, which takes each row of b through the block once.
/// </summary>
internal sealed unsafe class WideBatchMatMulKernel : Kernel
{
    private const int BlockRows = 32;

    private readonly TensorInfo _a, _b, _output;
    private readonly WideEpilogue _epilogue;
    private readonly int _zeroPointA, _zeroPointB, _rows, _columns, _depth, _padded, _blocks;
    private readonly int[] _matrixA, _matrixB;
    private readonly delegate*<short*, short*, nint, long> _dot;

    private WideBatchMatMulKernel(StepInfo step)
    {
        var p = step.ReadParameters<WideBatchMatMulParameters>();
        (_a, _b, _output, _zeroPointA, _zeroPointB) = (step.Input(0), step.Input(1), step.Output(0), p.ZeroPointA, p.ZeroPointB);
        step.Require(CenteredData.IsSupported(_a.Type, _zeroPointA) && CenteredData.IsSupported(_b.Type, _zeroPointB), "bad operands");
        step.Require(_a.Rank >= 2 && _b.Rank >= 2 && _output.Rank >= 2, "bad ranks");
        (_rows, _columns, _depth) = (_a.Shape[^2], _b.Shape[^2], _a.Shape[^1]);
        step.Require(_b.Shape[^1] == _depth && _output.Shape[^2] == _rows && _output.Shape[^1] == _columns, "bad matrices");
        step.Require(_depth < (1 << 24), "the matrices are too large");
        _padded = DotProduct16.Pad(_depth);
        _matrixA = Matrices(step, _a);
        _matrixB = Matrices(step, _b);
        _blocks = (_rows + BlockRows - 1) / BlockRows;
        _epilogue = new WideEpilogue(step, 2, 1, p.Epilogue, _output.Type);
        // Products of two 16-bit numbers are beyond what the vector forms sum.
        _dot = DotProduct16.For(_a.Type == ElementType.S16 && _b.Type == ElementType.S16 ? KernelTier.Scalar : step.Tier);
    }

    public static Kernel Create(StepInfo step) => new WideBatchMatMulKernel(step);

    public override string Name => "batch_matmul_16";

    public override int WorkItems => _matrixA.Length * _blocks;

    public override nint ScratchBytes => (nint)(BlockRows + 1) * _padded * sizeof(short);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* a = context[_a], b = context[_b], output = context[_output];
        var rows = (short*)scratch;
        short* column = rows + (nint)BlockRows * _padded;
        new Span<short>(rows, (BlockRows + 1) * _padded).Clear();
        for (int item = begin; item < end; item++)
        {
            int matrix = item / _blocks, first = item % _blocks * BlockRows, count = Math.Min(BlockRows, _rows - first);
            nint from = ((nint)_matrixA[matrix] * _rows + first) * _depth, to = ((nint)matrix * _rows + first) * _columns;
            for (int r = 0; r < count; r++) CenteredData.Load(a, _a.Type, from + (nint)r * _depth, _zeroPointA, rows + (nint)r * _padded, _depth);
            for (int n = 0; n < _columns; n++)
            {
                CenteredData.Load(b, _b.Type, ((nint)_matrixB[matrix] * _columns + n) * _depth, _zeroPointB, column, _depth);
                for (int r = 0; r < count; r++)
                {
                    long sum = _dot(rows + (nint)r * _padded, column, _padded);
                    CenteredData.Store(output, _output.Type, to + (nint)r * _columns + n, _epilogue.Finish(sum, 0));
                }
            }
        }
    }

    // For each matrix of the result, which one of the operand it takes.
    private int[] Matrices(StepInfo step, TensorInfo operand)
    {
        int axes = _output.Rank - 2, own = operand.Rank - 2;
        step.Require(own <= axes, "bad ranks");
        int total = 1;
        for (int axis = 0; axis < axes; axis++) total = checked(total * _output.Shape[axis]);
        var matrices = new int[total];
        int stride = 1, repeat = 1;
        for (int axis = axes - 1; axis >= 0; axis--)
        {
            int extent = _output.Shape[axis], ownAxis = axis - (axes - own), taken = ownAxis >= 0 ? operand.Shape[ownAxis] : 1;
            step.Require(taken == extent || taken == 1, "leading axes do not broadcast");
            if (taken == extent)
            {
                for (int i = 0; i < total; i++) matrices[i] += i / repeat % extent * stride;
                stride *= taken;
            }
            repeat *= extent;
        }
        return matrices;
    }
}
