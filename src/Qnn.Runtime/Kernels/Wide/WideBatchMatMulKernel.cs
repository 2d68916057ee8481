using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// Matrix products of quantized data, exact in 64 bits. Inputs: a [..., M, K], b [..., N, K] over leading axes that broadcast, then one bias, multiplier and exponent.
/// An item of work is a block of up to 32 rows of one matrix, which takes each sixteen rows of b through the block once, as <see cref="WordPanels"/>; products of two 16-bit matrices go one by one.
/// </summary>
internal sealed unsafe class WideBatchMatMulKernel : Kernel
{
    private const int BlockRows = 32;

    private readonly TensorInfo _a, _b, _output;
    private readonly WideEpilogue _epilogue;
    private readonly int _zeroPointA, _zeroPointB, _rows, _columns, _depth, _padded, _blocks;
    private readonly int[] _matrixA, _matrixB;
    private readonly WordPanels? _panels;
    private readonly EpilogueStore _store;
    private readonly bool _hasStore;
    private readonly Epilogue _ofBytes;
    private readonly int[] _numbers = [];

    private WideBatchMatMulKernel(StepInfo step)
    {
        var p = step.ReadParameters<WideBatchMatMulParameters>();
        (_a, _b, _output, _zeroPointA, _zeroPointB) = (step.Input(0), step.Input(1), step.Output(0), p.ZeroPointA, p.ZeroPointB);
        step.Require(CenteredData.IsSupported(_a.Type, _zeroPointA) && CenteredData.IsSupported(_b.Type, _zeroPointB), "bad operands");
        step.Require(_a.Rank >= 2 && _b.Rank >= 2 && _output.Rank >= 2, "bad ranks");
        (_rows, _columns, _depth) = (_a.Shape[^2], _b.Shape[^2], _a.Shape[^1]);
        step.Require(_b.Shape[^1] == _depth && _output.Shape[^2] == _rows && _output.Shape[^1] == _columns, "bad matrices");
        step.Require(_depth < (1 << 24), "the matrices are too large");
        _padded = WordPanels.PadDepth(_depth);
        _matrixA = Matrices(step, _a);
        _matrixB = Matrices(step, _b);
        _blocks = (_rows + BlockRows - 1) / BlockRows;
        _epilogue = new WideEpilogue(step, 2, 1, p.Epilogue, _output.Type);
        // Products of two 16-bit numbers are beyond what panels sum.
        if (_a.Type == ElementType.S16 && _b.Type == ElementType.S16) return;
        _panels = WordPanels.Create(step.Tier);
        // Bytes of 32-bit arithmetics are finished as those of convolutions.
        _hasStore = _output.Type != ElementType.S16 && _epilogue.Arithmetic != RequantizeArithmetic.FixedPointWide && p.Epilogue.ZeroPoint is >= sbyte.MinValue and <= byte.MaxValue
            && (_output.Type == ElementType.U8 ? p.Epilogue.Min >= 0 && p.Epilogue.Max <= byte.MaxValue : p.Epilogue.Min >= sbyte.MinValue && p.Epilogue.Max <= sbyte.MaxValue);
        if (!_hasStore) return;
        _store = EpilogueTiers.For(step.Tier, _epilogue.Arithmetic);
        _numbers = GC.AllocateUninitializedArray<int>(WideEpilogue.NumbersOfOne, pinned: true);
        _ofBytes = _epilogue.OfOne((int*)Marshal.UnsafeAddrOfPinnedArrayElement(_numbers, 0));
    }

    public static Kernel Create(StepInfo step) => new WideBatchMatMulKernel(step);

    public override string Name => "batch_matmul_16";

    public override int WorkItems => _matrixA.Length * _blocks;

    // Sums in 64 bits and in 32; rows of a, rows of b and their panel.
    public override nint ScratchBytes => (nint)BlockRows * WordPanels.Width * (sizeof(long) + sizeof(int)) + (nint)(BlockRows + 2 * WordPanels.Width) * _padded * sizeof(short);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* a = context[_a], b = context[_b], output = context[_output];
        var totals = (long*)scratch;
        var sums = (int*)(totals + BlockRows * WordPanels.Width);
        var rows = (short*)(sums + BlockRows * WordPanels.Width);
        short* columns = rows + (nint)BlockRows * _padded, panel = columns + (nint)WordPanels.Width * _padded;
        new Span<short>(rows, (BlockRows + WordPanels.Width) * _padded).Clear();
        for (int item = begin; item < end; item++)
        {
            int matrix = item / _blocks, first = item % _blocks * BlockRows, count = Math.Min(BlockRows, _rows - first);
            nint from = ((nint)_matrixA[matrix] * _rows + first) * _depth, to = ((nint)matrix * _rows + first) * _columns;
            for (int r = 0; r < count; r++) CenteredData.Load(a, _a.Type, from + (nint)r * _depth, _zeroPointA, rows + (nint)r * _padded, _depth);
            for (int n = 0; n < _columns; n += WordPanels.Width)
            {
                int width = Math.Min(WordPanels.Width, _columns - n);
                for (int c = 0; c < width; c++) CenteredData.Load(b, _b.Type, ((nint)_matrixB[matrix] * _columns + n + c) * _depth, _zeroPointB, columns + (nint)c * _padded, _depth);
                if (_panels is null)
                {
                    OneByOne(rows, columns, count, width, output, to + n);
                    continue;
                }
                // What is left of columns before does no harm.
                for (int pair = 0; pair < _padded / 2; pair++)
                    for (int c = 0; c < WordPanels.Width; c++) ((int*)panel)[pair * WordPanels.Width + c] = ((int*)(columns + (nint)c * _padded))[pair];
                Multiply(_panels, rows, panel, count, width, totals, sums, output, to + n);
            }
        }
    }

    private void Multiply(WordPanels panels, short* rows, short* panel, int count, int width, long* totals, int* sums, byte* output, nint to)
    {
        // Sums of 32-bit arithmetics wrap.
        bool isWide = _epilogue.Arithmetic == RequantizeArithmetic.FixedPointWide;
        int most = isWide ? WordPanels.Depth : _padded;
        for (int k = 0; k < _padded; k += most)
        {
            panels.Multiply(rows + k, _padded, count, Math.Min(most, _padded - k), panel + (nint)k * WordPanels.Width, 0, WordPanels.Width, sums);
            if (isWide && _padded > most) WideEpilogue.Gather(sums, totals, count * WordPanels.Width, k == 0);
        }
        if (_hasStore)
        {
            _store.Invoke(_ofBytes, sums, count, output + to, _columns, width);
            return;
        }
        for (int r = 0; r < count; r++, to += _columns)
        {
            if (isWide && _padded > most) _epilogue.Finish(totals + r * WordPanels.Width, 0, width, output, _output.Type, to);
            else _epilogue.Finish(sums + r * WordPanels.Width, 0, width, output, _output.Type, to);
        }
    }

    private void OneByOne(short* rows, short* columns, int count, int width, byte* output, nint to)
    {
        for (int r = 0; r < count; r++, to += _columns)
        {
            for (int c = 0; c < width; c++)
            {
                long sum = 0;
                for (int k = 0; k < _depth; k++) sum += rows[(nint)r * _padded + k] * columns[(nint)c * _padded + k];
                CenteredData.Store(output, _output.Type, to + c, _epilogue.Finish(sum, 0));
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
