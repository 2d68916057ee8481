using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>y = table[x] for 8-bit x, taken as an unsigned index. Input 1 is the table of 256 elements of the result's type, 8 or 16-bit.</summary>
internal sealed unsafe class LookupTableKernel : Kernel
{
    private const int PieceLength = 512;

    private readonly TensorInfo _input, _output;
    private readonly byte* _table;
    private readonly KernelTier _tier;

    private LookupTableKernel(TensorInfo input, TensorInfo output, byte* table, KernelTier tier, string name)
    {
        (_input, _output, _tier, Name) = (input, output, tier, name);
        _table = table;
    }

    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        step.Require(input.Type.Size() == 1 && input.Count == output.Count && output.Type.Size() is 1 or 2);
        var table = step.ConstantInput(1, output.Type, 256);
        var tier = step.Tier switch
        {
            _ when output.Type.Size() != 1 => KernelTier.Scalar,
            KernelTier.Avx512 or KernelTier.Native when KernelTiers.IsSupported(KernelTier.Avx512) => KernelTier.Avx512,
            KernelTier.AvxVnni or KernelTier.Avx2 or KernelTier.Native when KernelTiers.IsSupported(KernelTier.Avx2) => KernelTier.Avx2,
            KernelTier.Neon or KernelTier.NeonDot => KernelTier.Neon,
            _ => KernelTier.Scalar,
        };
        return new LookupTableKernel(input, output, table.Constant, tier, $"lookup.{tier.Name()}");
    }

    public override string Name { get; }
    public override int WorkItems => (_input.Count + PieceLength - 1) / PieceLength;
    public override int Grain => 8;

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, PieceLength);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, PieceLength);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int first = begin * PieceLength, count = (int)Math.Min((long)end * PieceLength, _input.Count) - first;
        byte* x = context[_input] + first;
        if (_output.Type.Size() == 2)
        {
            var wide = context.Pointer<short>(_output) + first;
            for (int i = 0; i < count; i++) wide[i] = Unsafe.ReadUnaligned<short>(_table + 2 * x[i]);
            return;
        }
        byte* y = context[_output] + first;
        int done = _tier switch
        {
            KernelTier.Avx512 when Avx512Vbmi.IsSupported => Permuted(x, y, count),
            KernelTier.Avx512 => Avx512(x, y, count),
            KernelTier.Avx2 => Avx2s(x, y, count),
            KernelTier.Neon => Neon(x, y, count),
            _ => 0,
        };
        for (int i = done; i < count; i++) y[i] = _table[x[i]];
    }

    // Two permutations look up halves of the table by the low seven bits.
    private int Permuted(byte* x, byte* y, int count)
    {
        Vector512<byte> t0 = Vector512.Load(_table), t1 = Vector512.Load(_table + 64), t2 = Vector512.Load(_table + 128), t3 = Vector512.Load(_table + 192);
        int i = 0;
        for (; i <= count - 64; i += 64)
        {
            var index = Vector512.Load(x + i);
            var low = Avx512Vbmi.PermuteVar64x8x2(t0, index, t1);
            var high = Avx512Vbmi.PermuteVar64x8x2(t2, index, t3);
            Vector512.ConditionalSelect(Vector512.LessThan(index.AsSByte(), Vector512<sbyte>.Zero).AsByte(), high, low).Store(y + i);
        }
        return i;
    }

    // A shuffle looks up sixteen entries by the low four bits, and gives 0 where bit 7 of the index is set. After the exclusive or with a quarter's high nibble,
    // adding 0x70 with saturation sets bit 7 of every index that is not in this sixteenth of the table.
    private int Avx512(byte* x, byte* y, int count)
    {
        int i = 0;
        for (; i <= count - 64; i += 64)
        {
            var index = Vector512.Load(x + i);
            var result = Vector512<byte>.Zero;
            for (int part = 0; part < 16; part++)
            {
                var table = Avx512F.BroadcastVector128ToVector512((int*)(_table + 16 * part)).AsByte();
                var at = Avx512BW.AddSaturate(index ^ Vector512.Create((byte)(part << 4)), Vector512.Create((byte)0x70));
                result |= Avx512BW.Shuffle(table, at);
            }
            result.Store(y + i);
        }
        return i;
    }

    private int Avx2s(byte* x, byte* y, int count)
    {
        int i = 0;
        for (; i <= count - 32; i += 32)
        {
            var index = Vector256.Load(x + i);
            var result = Vector256<byte>.Zero;
            for (int part = 0; part < 16; part++)
            {
                var table = Avx2.BroadcastVector128ToVector256(_table + 16 * part);
                var at = Avx2.AddSaturate(index ^ Vector256.Create((byte)(part << 4)), Vector256.Create((byte)0x70));
                result |= Avx2.Shuffle(table, at);
            }
            result.Store(y + i);
        }
        return i;
    }

    // A lookup of 64 entries gives 0 beyond them.
    private int Neon(byte* x, byte* y, int count)
    {
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            var index = Vector128.Load(x + i);
            var result = Vector128<byte>.Zero;
            for (int part = 0; part < 4; part++)
            {
                byte* quarter = _table + 64 * part;
                var table = (Vector128.Load(quarter), Vector128.Load(quarter + 16), Vector128.Load(quarter + 32), Vector128.Load(quarter + 48));
                result |= AdvSimd.Arm64.VectorTableLookup(table, index ^ Vector128.Create((byte)(part << 6)));
            }
            result.Store(y + i);
        }
        return i;
    }
}
