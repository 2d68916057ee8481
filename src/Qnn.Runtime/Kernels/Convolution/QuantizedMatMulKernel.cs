using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Parameters of <see cref="QuantizedMatMulKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedMatMulParameters
{
    /// <summary>0: accumulators are the result. Else y = clamp(rint(float(accumulator) * Multiplier) + ZeroPoint).</summary>
    public float Multiplier;
    public int ZeroPoint, Minimum, Maximum;
}

/// <summary>
/// Products of 8-bit matrices computed at run time: sum over k of (a[m, k] - za) * (b[k, n] - zb), for each index of the leading axes, which broadcast.
/// Inputs: a [.., M, K], b [.., K, N], uint8 or int8; their zero points, of one element and their types, absent for 0. An item is a tile of rows; the matrix b is
/// rearranged in scratch into pairs of 16-bit numbers, anew where an item is of another one.
/// </summary>
internal sealed unsafe class QuantizedMatMulKernel : Kernel
{
    private const int TileRows = 6, ItemRows = 96;

    private readonly QuantizedMatMulDescription _d;
    private readonly TensorInfo _a, _b, _output;
    private readonly QuantizedMatMulParameters _p;
    private readonly int[] _batchesA, _batchesB;
    private readonly int _m, _k, _n, _pairs, _width, _tiles;

    private QuantizedMatMulKernel(in QuantizedMatMulDescription d)
    {
        _d = d;
        (_a, _b, _output, _p) = (d.A, d.B, d.Output, d.Parameters);
        (_m, _k, _n, _batchesA, _batchesB) = (d.M, d.K, d.N, d.BatchesA, d.BatchesB);
        (_pairs, _width, _tiles) = ((_k + 1) / 2, (_n + 7) / 8 * 8, (_m + ItemRows - 1) / ItemRows);
        ScratchBytes = checked((nint)(((long)_pairs * _width + (long)TileRows * _pairs + (long)TileRows * _width) * sizeof(int)));
    }

    /// <summary>Makes the kernel of a step: machine code where there is any.</summary>
    public static Kernel Create(StepInfo step)
    {
        var description = QuantizedMatMulDescription.Create(step);
        return step.MachineCode != null ? QuantizedMatMulMachineCode.Create(step.Tier, description, step.MachineCode) : new QuantizedMatMulKernel(description);
    }

    public override string Name => Avx2.IsSupported ? "qmatmul.avx2" : "qmatmul";

    public override int WorkItems => _batchesA.Length * _tiles;

    public override nint ScratchBytes { get; }

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int* right = (int*)scratch, left = right + (nint)_pairs * _width, sums = left + TileRows * (nint)_pairs;
        var (zeroA, zeroB) = _d.ZeroPoints(context);
        int packed = -1;
        for (int item = begin; item < end; item++)
        {
            int batch = item / _tiles, first = item % _tiles * ItemRows, last = Math.Min(first + ItemRows, _m);
            if (_batchesB[batch] != packed) PackRight(context[_b] + (nint)_batchesB[batch] * _k * _n, zeroB, right);
            packed = _batchesB[batch];
            for (int row = first; row < last; row += TileRows)
            {
                int rows = Math.Min(TileRows, last - row);
                byte* a = context[_a] + ((nint)_batchesA[batch] * _m + row) * _k;
                for (int r = 0; r < rows; r++) PackLeft(a + (nint)r * _k, zeroA, left + (nint)r * _pairs);
                int n = 0;
                if (rows == TileRows)
                {
                    for (; n <= _width - 16; n += 16) Tile(left, right + n, sums + n);
                }
                for (int r = 0; r < rows; r++)
                {
                    for (int c = n; c < _width; c += 8) Eight(left + (nint)r * _pairs, right + c, sums + (nint)r * _width + c);
                }
                for (int r = 0; r < rows; r++) Store(sums + (nint)r * _width, context, ((nint)batch * _m + row + r) * _n);
            }
        }
    }

    // Pairs of rows of b as pairs of 16-bit numbers; beyond its extents zeros.
    private void PackRight(byte* b, int zero, int* to)
    {
        bool signed = _b.Type == ElementType.S8;
        for (int pair = 0; pair < _pairs; pair++, to += _width)
        {
            byte* upper = b + (nint)2 * pair * _n;
            byte* lower = 2 * pair + 1 < _k ? upper + _n : null;
            int n = 0;
            if (lower != null)
            {
                var zeros = Vector256.Create((short)zero);
                for (; n <= _n - 16; n += 16)
                {
                    var (x, y) = (Widen(upper + n, signed) - zeros, Widen(lower + n, signed) - zeros);
                    Interleave(x, y, to + n);
                }
            }
            for (; n < _n; n++) to[n] = Pair(Element(upper + n, signed) - zero, lower == null ? 0 : Element(lower + n, signed) - zero);
            for (; n < _width; n++) to[n] = 0;
        }
    }

    private void PackLeft(byte* a, int zero, int* to)
    {
        bool signed = _a.Type == ElementType.S8;
        int k = 0;
        var zeros = Vector256.Create((short)zero);
        for (; k <= _k - 16; k += 16) (Widen(a + k, signed) - zeros).Store((short*)to + k);
        for (; k < _k; k += 2) to[k / 2] = Pair(Element(a + k, signed) - zero, k + 1 < _k ? Element(a + k + 1, signed) - zero : 0);
    }

    // Six rows of sixteen sums in registers.
    private void Tile(int* left, int* right, int* to)
    {
        Vector256<int> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default;
        Vector256<int> d0 = default, d1 = default, e0 = default, e1 = default, f0 = default, f1 = default;
        nint pitch = _pairs, step = _width;
        int* left3 = left + 3 * pitch;
        for (int pair = _pairs; pair != 0; pair--, left++, left3++, right += step)
        {
            Vector256<int> low = Vector256.Load(right), high = Vector256.Load(right + 8);
            Add(ref a0, ref a1, *left, low, high);
            Add(ref b0, ref b1, left[pitch], low, high);
            Add(ref c0, ref c1, left[2 * pitch], low, high);
            Add(ref d0, ref d1, *left3, low, high);
            Add(ref e0, ref e1, left3[pitch], low, high);
            Add(ref f0, ref f1, left3[2 * pitch], low, high);
        }
        Put(a0, a1, to);
        Put(b0, b1, to += step);
        Put(c0, c1, to += step);
        Put(d0, d1, to += step);
        Put(e0, e1, to += step);
        Put(f0, f1, to + step);
    }

    private void Eight(int* left, int* right, int* to)
    {
        Vector256<int> sum = default;
        for (int pair = 0; pair < _pairs; pair++, right += _width) sum += Products(Vector256.Create(left[pair]), Vector256.Load(right));
        sum.Store(to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector256<int> sum0, ref Vector256<int> sum1, int pair, Vector256<int> low, Vector256<int> high)
    {
        var v = Vector256.Create(pair);
        sum0 += Products(v, low);
        sum1 += Products(v, high);
    }

    // The sums of two products of 16-bit numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(Vector256<int> a, Vector256<int> b) => Avx2.IsSupported
        ? Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16())
        : ((a << 16) >> 16) * ((b << 16) >> 16) + (a >> 16) * (b >> 16);

    private static void Put(Vector256<int> low, Vector256<int> high, int* to)
    {
        low.Store(to);
        high.Store(to + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector256<short> x, Vector256<short> y, int* to)
    {
        if (Avx2.IsSupported)
        {
            var (low, high) = (Avx2.UnpackLow(x, y).AsInt32(), Avx2.UnpackHigh(x, y).AsInt32());
            Avx2.Permute2x128(low, high, 0x20).Store(to);
            Avx2.Permute2x128(low, high, 0x31).Store(to + 8);
            return;
        }
        for (int i = 0; i < 16; i++) to[i] = Pair(x[i], y[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Widen(byte* source, bool signed)
    {
        var bytes = Vector128.Load(source);
        return signed ? Vector256.Create(Vector128.WidenLower(bytes.AsSByte()), Vector128.WidenUpper(bytes.AsSByte())) : Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)).AsInt16();
    }

    private void Store(int* sums, in KernelContext context, nint at)
    {
        if (_p.Multiplier == 0)
        {
            new ReadOnlySpan<int>(sums, _n).CopyTo(new Span<int>(context.Pointer<int>(_output) + at, _n));
            return;
        }
        byte* to = context[_output] + at;
        float low = _p.Minimum - _p.ZeroPoint, high = _p.Maximum - _p.ZeroPoint;
        int n = 0;
        for (; n <= _n - 16; n += 16)
        {
            var words = Vector256.Narrow(Steps(sums + n, low, high), Steps(sums + n + 8, low, high));
            Vector128.Narrow(words.GetLower(), words.GetUpper()).AsByte().Store(to + n);
        }
        for (; n < _n; n++) to[n] = (byte)((int)MathF.Round(MathF.Min(MathF.Max(sums[n] * _p.Multiplier, low), high), MidpointRounding.ToEven) + _p.ZeroPoint);
    }

    private Vector256<int> Steps(int* sums, float low, float high)
    {
        var scaled = Vector256.ConvertToSingle(Vector256.Load(sums)) * _p.Multiplier;
        var clamped = Vector256.MinNative(Vector256.MaxNative(scaled, Vector256.Create(low)), Vector256.Create(high));
        return Vector256.ConvertToInt32Native(Vector256.Round(clamped)) + Vector256.Create(_p.ZeroPoint);
    }

    private static int Pair(int low, int high) => low & 0xFFFF | high << 16;

    private static int Element(byte* at, bool signed) => signed ? (sbyte)*at : *at;
}
