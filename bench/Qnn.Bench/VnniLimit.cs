using System.Diagnostics;
using Iced.Intel;
using Qnn.Runtime;

namespace Qnn.Bench;

/// <summary>How many multiply-adds a second vpdpbusd makes on this core with nothing in its way: what the layers of a profile are held against.</summary>
internal static unsafe class VnniLimit
{
    private const int Accumulators = 24, Rounds = 4000, Repeats = 400, ProductsPerInstruction = 64;

    /// <summary>Multiply-adds a second, or null where the CPU has no AVX512-VNNI.</summary>
    public static double? Measure()
    {
        if (!KernelTiers.IsSupported(KernelTier.Native)) return null;
        using var code = new ExecutableMemory(Assemble());
        var function = (delegate* unmanaged<void>)code.Address;
        double least = double.MaxValue;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            function();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return (double)Accumulators * Rounds * ProductsPerInstruction / least;
    }

    private static byte[] Assemble()
    {
        var c = new Assembler(64);
        var loop = c.CreateLabel();
        c.mov(AssemblerRegisters.ecx, Rounds);
        c.Label(ref loop);
        for (int i = 0; i < Accumulators; i++) c.vpdpbusd(new AssemblerRegisterZMM(Register.ZMM0 + i), AssemblerRegisters.zmm30, AssemblerRegisters.zmm31);
        c.dec(AssemblerRegisters.ecx);
        c.jne(loop);
        c.vzeroupper();
        c.ret();
        using var stream = new MemoryStream();
        c.Assemble(new StreamCodeWriter(stream), 0);
        return stream.ToArray();
    }
}
