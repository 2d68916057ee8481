using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// As <see cref="QuantizedMatMulKernel"/>, by the machine code of the artifact: the matrix b is packed as weights are (<see cref="PackedWeights"/>) in scratch memory, a tile kernel multiplies some rows of a at a time,
/// and lanes finish its sums. With a' and b' the operands as uint8 and int8, sum (a' - za)(b' - zb) = sum a'b' - za * sum b' + k * za * zb - zb * sum a': all but the last is where accumulation starts.
/// </summary>
internal abstract unsafe class QuantizedMatMulMachineCode : Kernel
{
    // Rows of a call; no tile has more. The sums of a call stay in the first-level cache for 128 columns.
    private const int CallRows = 48;

    private const int ItemRows = 96, Slack = 64;

    private readonly QuantizedMatMulDescription _d;
    private readonly byte* _step;
    private readonly int _steps, _blocks, _tiles, _rows;

    /// <summary>Makes the kernel of a checked description.</summary>
    /// <param name="d">The product.</param>
    /// <param name="step">The step's entry in the machine code, a <see cref="TileStep"/> whose results are sums.</param>
    protected QuantizedMatMulMachineCode(in QuantizedMatMulDescription d, void* step)
    {
        _d = d;
        _step = (byte*)step;
        (_steps, _blocks, _tiles, _rows) = ((d.K + 3) / 4, (d.N + 15) / 16, (d.M + ItemRows - 1) / ItemRows, Math.Min(CallRows, d.M));
    }

    /// <inheritdoc/>
    public sealed override string Name => "qmatmul.native";

    /// <inheritdoc/>
    public sealed override int WorkItems => _d.BatchesA.Length * _tiles;

    /// <inheritdoc/>
    public sealed override nint ScratchBytes => checked((nint)(WeightBytes + BiasBytes + SumBytes + (long)_rows * _d.K + Slack));

    private long WeightBytes => (long)_blocks * _steps * PackedWeights.StepBytes;

    private long BiasBytes => (long)_blocks * EpilogueLayout.Fixes;

    private long SumBytes => (long)_rows * _blocks * 16 * sizeof(int);

    /// <summary>Makes the kernel with the lanes of a tier.</summary>
    public static Kernel Create(KernelTier tier, in QuantizedMatMulDescription d, void* step) => tier.Create<Factory, Kernel>(new Factory(d, step));

    /// <inheritdoc/>
    public sealed override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var weights = (sbyte*)scratch;
        byte* biases = scratch + WeightBytes;
        var sums = (int*)(biases + BiasBytes);
        byte* copy = (byte*)sums + SumBytes;
        var (zeroA, zeroB) = _d.ZeroPoints(context);
        if (_d.A.Type == ElementType.S8) zeroA += 128;
        if (_d.B.Type == ElementType.U8) zeroB -= 128;
        int packed = -1;
        for (int item = begin; item < end; item++)
        {
            int batch = item / _tiles, first = item % _tiles * ItemRows, last = Math.Min(first + ItemRows, _d.M);
            if (_d.BatchesB[batch] != packed)
            {
                packed = _d.BatchesB[batch];
                PackRight(context[_d.B] + (nint)packed * _d.K * _d.N, weights);
                for (int block = 0; block < _blocks; block++) StartBlock(weights + (nint)block * _steps * PackedWeights.StepBytes, zeroA, zeroB, (int*)(biases + block * EpilogueLayout.Fixes));
            }
            for (int row = first; row < last; row += _rows)
            {
                // Every call is of as many rows; the last begins with rows that are done.
                int count = Math.Min(_rows, last - row), start = Math.Min(row, _d.M - _rows);
                byte* a = context[_d.A] + ((nint)_d.BatchesA[batch] * _d.M + start) * _d.K;
                if (_d.A.Type == ElementType.S8) a = Flip(a, (nint)_rows * _d.K, copy);
                Multiply(a, weights, biases, sums);
                for (int r = 0; r < count; r++)
                {
                    int inCall = row + r - start;
                    int correction = zeroB == 0 ? 0 : unchecked(-zeroB * Sum(a + (nint)inCall * _d.K, _d.K));
                    Store(context, sums + (nint)inCall * _blocks * 16, correction, ((nint)batch * _d.M + row + r) * _d.N);
                }
            }
        }
    }

    private void Multiply(byte* a, sbyte* weights, byte* biases, int* sums)
    {
        ref readonly var header = ref *(TileStep*)_step;
        var groups = (TileGroup*)(_step + sizeof(TileStep));
        for (int i = 0; i < header.GroupCount; i++)
        {
            int block = groups[i].FirstBlock;
            var arguments = new TileArguments
            {
                Activations = a,
                Results = (byte*)(sums + block * 16),
                Weights = weights + (nint)block * _steps * PackedWeights.StepBytes,
                Epilogue = biases + block * EpilogueLayout.Fixes,
                Rows = _rows,
            };
            Call(_step + groups[i].Code, &arguments);
        }
    }

    /// <summary>Calls a function of the machine code. Tests interpret it instead.</summary>
    protected virtual void Call(byte* function, TileArguments* arguments) => MachineFunction.CallShort(function, arguments);

    /// <summary>Finishes a row: adds <paramref name="correction"/>, requantizes where the results are 8-bit, and stores them from element <paramref name="at"/> of the output on.</summary>
    protected abstract void Store(in KernelContext context, int* sums, int correction, nint at);

    // To [N/16][K/4][16][4] signed bytes; zeros beyond the extents.
    private void PackRight(byte* b, sbyte* to)
    {
        var flip = Vector128.Create((byte)(_d.B.Type == ElementType.U8 ? 0x80 : 0));
        nint pitch = _d.N;
        for (int block = 0; block < _blocks; block++)
        {
            int columns = Math.Min(16, _d.N - block * 16);
            for (int step = 0; step < _steps; step++, to += PackedWeights.StepBytes)
            {
                byte* from = b + 4 * step * pitch + block * 16;
                int rows = Math.Min(4, _d.K - 4 * step);
                if (columns == 16 && rows == 4)
                {
                    Interleave(Vector128.Load(from) ^ flip, Vector128.Load(from + pitch) ^ flip, Vector128.Load(from + 2 * pitch) ^ flip, Vector128.Load(from + 3 * pitch) ^ flip, (byte*)to);
                    continue;
                }
                new Span<sbyte>(to, PackedWeights.StepBytes).Clear();
                for (int r = 0; r < rows; r++)
                    for (int n = 0; n < columns; n++) to[n * 4 + r] = (sbyte)(from[r * pitch + n] ^ flip[0]);
            }
        }
    }

    // Four rows of sixteen to sixteen columns of four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector128<byte> r0, Vector128<byte> r1, Vector128<byte> r2, Vector128<byte> r3, byte* to)
    {
        var (low01, high01) = (Sse2.UnpackLow(r0, r1).AsInt16(), Sse2.UnpackHigh(r0, r1).AsInt16());
        var (low23, high23) = (Sse2.UnpackLow(r2, r3).AsInt16(), Sse2.UnpackHigh(r2, r3).AsInt16());
        Sse2.UnpackLow(low01, low23).AsByte().Store(to);
        Sse2.UnpackHigh(low01, low23).AsByte().Store(to + 16);
        Sse2.UnpackLow(high01, high23).AsByte().Store(to + 32);
        Sse2.UnpackHigh(high01, high23).AsByte().Store(to + 48);
    }

    // Where the accumulators of sixteen columns start.
    private void StartBlock(sbyte* weights, int zeroA, int zeroB, int* to)
    {
        int constant = unchecked(_d.K * zeroA * zeroB);
        if (zeroA == 0)
        {
            new Span<int>(to, 16).Clear();
            return;
        }
        if (Avx2.IsSupported)
        {
            var (low, high) = (Vector256<int>.Zero, Vector256<int>.Zero);
            for (int step = 0; step < _steps; step++, weights += PackedWeights.StepBytes)
            {
                low += Fours(Vector256.Load(weights));
                high += Fours(Vector256.Load(weights + 32));
            }
            (Vector256.Create(constant) - low * zeroA).Store(to);
            (Vector256.Create(constant) - high * zeroA).Store(to + 8);
            return;
        }
        for (int n = 0; n < 16; n++)
        {
            int sum = 0;
            for (int step = 0; step < _steps; step++)
                for (int k = 0; k < 4; k++) sum += weights[step * PackedWeights.StepBytes + n * 4 + k];
            to[n] = unchecked(constant - sum * zeroA);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Fours(Vector256<sbyte> weights) => Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(Vector256<byte>.One, weights), Vector256<short>.One);

    private static byte* Flip(byte* a, nint count, byte* to)
    {
        var top = Vector128.Create((byte)0x80);
        nint i = 0;
        for (; i <= count - 16; i += 16) (Vector128.Load(a + i) ^ top).Store(to + i);
        for (; i < count; i++) to[i] = (byte)(a[i] ^ 0x80);
        return to;
    }

    private static int Sum(byte* a, int count)
    {
        int sum = 0, i = 0;
        if (Avx2.IsSupported && count >= 32)
        {
            var sums = Vector256<long>.Zero;
            for (; i <= count - 32; i += 32) sums += Avx2.SumAbsoluteDifferences(Vector256.Load(a + i), Vector256<byte>.Zero).AsInt64();
            sum = (int)Vector256.Sum(sums);
        }
        for (; i < count; i++) sum += a[i];
        return sum;
    }

    private readonly struct Factory(QuantizedMatMulDescription d, void* step) : ILaneFactory<Kernel>
    {
        private readonly void* _step = step;

        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged =>
            new QuantizedMatMulMachineCode<TLanes, TInt, TFloat>(d, _step);
    }
}

/// <summary>With the lanes that finish sums.</summary>
internal unsafe class QuantizedMatMulMachineCode<TLanes, TInt, TFloat>(in QuantizedMatMulDescription d, void* step) : QuantizedMatMulMachineCode(d, step)
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private readonly TensorInfo _output = d.Output;
    private readonly QuantizedMatMulParameters _p = d.Parameters;
    private readonly int _n = d.N;

    /// <inheritdoc/>
    protected sealed override void Store(in KernelContext context, int* sums, int correction, nint at)
    {
        if (_p.Multiplier == 0) StoreSums(sums, correction, context.Pointer<int>(_output) + at);
        else StoreBytes(sums, correction, context[_output] + at);
    }

    private void StoreSums(int* sums, int correction, int* to)
    {
        var added = TLanes.Create(correction);
        int n = 0;
        for (; n <= _n - TLanes.Count; n += TLanes.Count) TLanes.Store(to + n, TLanes.Add(TLanes.Load(sums + n), added));
        for (; n < _n; n++) to[n] = unchecked(sums[n] + correction);
    }

    [SkipLocalsInit]
    private void StoreBytes(int* sums, int correction, byte* to)
    {
        var (added, zeroPoint, multiplier) = (TLanes.Create(correction), TLanes.Create(_p.ZeroPoint), TLanes.Create(_p.Multiplier));
        var (low, high) = (TLanes.Create((float)(_p.Minimum - _p.ZeroPoint)), TLanes.Create((float)(_p.Maximum - _p.ZeroPoint)));
        int n = 0;
        for (; n <= _n - TLanes.Count; n += TLanes.Count) TLanes.Store(to + n, Requantize(TLanes.Add(TLanes.Load(sums + n), added), multiplier, low, high, zeroPoint));
        if (n == _n) return;
        // Whole blocks of sixteen sums are there; results are not.
        byte* rest = stackalloc byte[64];
        TLanes.Store(rest, Requantize(TLanes.Add(TLanes.Load(sums + n), added), multiplier, low, high, zeroPoint));
        new ReadOnlySpan<byte>(rest, _n - n).CopyTo(new Span<byte>(to + n, _n - n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TInt Requantize(TInt sum, TFloat multiplier, TFloat low, TFloat high, TInt zeroPoint) =>
        TLanes.Add(TLanes.ToInt(TLanes.Min(TLanes.Max(TLanes.Multiply(TLanes.ToFloat(sum), multiplier), low), high)), zeroPoint);
}
