using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>All that a QuantizedMatMul step is, verified: sum over k of (a[m, k] - za) * (b[k, n] - zb), for each index of the leading axes, which broadcast.</summary>
internal readonly struct QuantizedMatMulDescription
{
    // Longer sums could leave 32 bits: 255 * 255 * 32768 < 2^31.
    private const int LongestSum = 32768;

    public TensorInfo A { get; private init; }
    public TensorInfo B { get; private init; }
    public TensorInfo Output { get; private init; }
    public QuantizedMatMulParameters Parameters { get; private init; }

    /// <summary>Rows of a.</summary>
    public int M { get; private init; }

    /// <summary>Columns of a, rows of b.</summary>
    public int K { get; private init; }

    /// <summary>Columns of b.</summary>
    public int N { get; private init; }

    /// <summary>For each matrix of the result, the one of a.</summary>
    public int[] BatchesA { get; private init; }

    /// <summary>For each matrix of the result, the one of b.</summary>
    public int[] BatchesB { get; private init; }

    private TensorInfo? ZeroA { get; init; }
    private TensorInfo? ZeroB { get; init; }

    /// <summary>Reads and checks a step.</summary>
    public static QuantizedMatMulDescription Create(StepInfo step)
    {
        var (a, b, output, zeroA, zeroB) = (step.Input(0), step.Input(1), step.Output(0), step.OptionalInput(2), step.OptionalInput(3));
        var p = step.ReadParameters<QuantizedMatMulParameters>();
        step.Require(Is8Bit(a) && Is8Bit(b), "an operand is not 8-bit");
        step.Require(zeroA is null || zeroA.Count == 1 && zeroA.Type == a.Type, "bad zero point");
        step.Require(zeroB is null || zeroB.Count == 1 && zeroB.Type == b.Type, "bad zero point");
        step.Require(a.Rank >= 2 && b.Rank >= 2 && output.Rank == Math.Max(a.Rank, b.Rank), "the ranks do not fit");
        var (m, k, n) = (a.Shape[^2], a.Shape[^1], b.Shape[^1]);
        step.Require(m > 0 && k > 0 && n > 0 && k <= LongestSum && output.Count > 0, "an extent is out of range");
        step.Require(b.Shape[^2] == k && output.Shape[^2] == m && output.Shape[^1] == n, "the shapes do not fit");
        if (p.Multiplier == 0)
        {
            step.Require(output.Type == ElementType.S32, "an accumulator's result is 32-bit");
        }
        else
        {
            var (least, most) = output.Type == ElementType.U8 ? (0, 255) : (-128, 127);
            step.Require(Is8Bit(output) && p.Multiplier > 0 && float.IsFinite(p.Multiplier), "bad multiplier or result");
            step.Require(p.Minimum >= least && p.Maximum <= most && p.Minimum <= p.Maximum && p.ZeroPoint >= least && p.ZeroPoint <= most, "bad clamp");
        }
        return new QuantizedMatMulDescription
        {
            A = a,
            B = b,
            Output = output,
            Parameters = p,
            M = m,
            K = k,
            N = n,
            BatchesA = BatchBroadcast.Of(step, a, output),
            BatchesB = BatchBroadcast.Of(step, b, output),
            ZeroA = zeroA,
            ZeroB = zeroB,
        };
    }

    /// <summary>The zero points of this call.</summary>
    public (int A, int B) ZeroPoints(in KernelContext context) => (Zero(context, ZeroA), Zero(context, ZeroB));

    private static unsafe int Zero(in KernelContext context, TensorInfo? tensor) => tensor is null ? 0 : tensor.Type == ElementType.S8 ? *context.Pointer<sbyte>(tensor) : *context[tensor];

    private static bool Is8Bit(TensorInfo tensor) => tensor.Type is ElementType.U8 or ElementType.S8;
}
