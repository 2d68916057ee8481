using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>
/// A block of columns of PyTorch's attention: exponentials of what lies below the greatest element so far, that element, the sum so far, and the factor of what the blocks before have summed up. An item is a row.
/// Inputs: data [R, N]; the greatest elements and the sums before, [R] each, or neither. Outputs: exponentials [R, N], greatest elements, sums and factors [R].
/// </summary>
internal sealed unsafe class FlashExponentialsKernel : Kernel
{
    private const int Lanes = 16;

    private readonly TensorInfo _data, _exponentials, _maxima, _sums, _factors;
    private readonly TensorInfo? _maximaBefore, _sumsBefore;
    private readonly int _rows, _length, _whole;

    private FlashExponentialsKernel(StepInfo step)
    {
        (_data, _exponentials, _maxima, _sums, _factors) = (step.Input(0), step.Output(0), step.Output(1), step.Output(2), step.Output(3));
        (_maximaBefore, _sumsBefore) = (step.OptionalInput(1), step.OptionalInput(2));
        step.Require(_data.Rank > 0 && _data.Shape[^1] > 0 && _data.Count == _exponentials.Count, "the shapes do not fit");
        _length = _data.Shape[^1];
        _rows = _data.Count / _length;
        _whole = _length & ~(Lanes - 1);
        foreach (var tensor in (ReadOnlySpan<TensorInfo>)[_data, _exponentials]) step.Require(tensor.Type == ElementType.F32, "an operand is not float32");
        foreach (var tensor in (ReadOnlySpan<TensorInfo?>)[_maximaBefore, _sumsBefore, _maxima, _sums, _factors]) step.Require(tensor is null || tensor.Type == ElementType.F32 && tensor.Count == _rows, "a row's number is missing");
    }

    public static Kernel Create(StepInfo step) => new FlashExponentialsKernel(step);

    public override string Name => "flash_exponentials";

    public override int WorkItems => _rows;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int row = begin; row < end; row++)
        {
            float* x = context.Pointer<float>(_data) + (nint)row * _length, y = context.Pointer<float>(_exponentials) + (nint)row * _length;
            float before = _maximaBefore is null ? float.NegativeInfinity : context.Pointer<float>(_maximaBefore)[row], sum = _sumsBefore is null ? 0 : context.Pointer<float>(_sumsBefore)[row];
            float max = before, factor = 1;
            for (int i = 0; i < _length; i++) max = x[i] > max ? x[i] : max;
            if (max == float.NegativeInfinity) new Span<float>(y, _length).Clear();
            else
            {
                factor = FloatMath.LibraryExp(before - max);
                sum = MathF.FusedMultiplyAdd(factor, sum, Exponentials(x, y, max));
            }
            context.Pointer<float>(_maxima)[row] = max;
            context.Pointer<float>(_sums)[row] = sum;
            context.Pointer<float>(_factors)[row] = factor;
        }
    }

    private float Exponentials(float* x, float* y, float max)
    {
        Vector256<float> greatest = Vector256.Create(max), low = default, high = default;
        for (int i = 0; i < _whole; i += Lanes)
        {
            Vector256<float> a = Exp(Vector256.Load(x + i) - greatest), b = Exp(Vector256.Load(x + i + Lanes / 2) - greatest);
            a.Store(y + i);
            b.Store(y + i + Lanes / 2);
            (low, high) = (low + a, high + b);
        }
        low += high;
        var four = low.GetLower() + low.GetUpper();
        float sum = four[0] + four[2] + (four[1] + four[3]);
        for (int i = _whole; i < _length; i++) sum += y[i] = FloatMath.Exp(x[i] - max);
        return sum;
    }

    // Vectorized<float>::exp_u20 of vec512_float.h. Inlined: calls would keep the sums in memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exp(Vector256<float> x)
    {
        Vector256<float> least = Vector256.Create(0xc2aeac50).AsSingle(), greatest = Vector256.Create(0x42b17218).AsSingle(), one = Vector256<float>.One;
        var isLess = Vector256.LessThan(x, least);
        // A number that is none stays: comparisons with it are false.
        x = Vector256.ConditionalSelect(isLess, least, Vector256.ConditionalSelect(Vector256.GreaterThan(x, greatest), greatest, x));
        var n = Vector256.Floor(Vector256.FusedMultiplyAdd(x, Vector256.Create(0x3fb8aa3b).AsSingle(), Vector256.Create(0.5f)));
        var r = Vector256.FusedMultiplyAdd(-n, Vector256.Create(0x3f317218).AsSingle(), x);
        var p = Vector256.FusedMultiplyAdd(r, Vector256.Create(0.00828929059f), Vector256.Create(0.0418978221f));
        p = Vector256.FusedMultiplyAdd(r, p, Vector256.Create(0.166676521f));
        p = Vector256.FusedMultiplyAdd(r, p, Vector256.Create(0.499991506f));
        p = Vector256.FusedMultiplyAdd(r, p, Vector256.Create(0.999999701f));
        p = Vector256.FusedMultiplyAdd(r, p, one);
        var power = Vector256.ShiftLeft(Vector256.ConvertToInt32(n - one) + Vector256.Create(127), 23).AsSingle();
        return p * Vector256.AndNot(power, isLess) * Vector256.Create(2f);
    }
}
