using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Tests.Execution;

public sealed class ExtendedStateTests
{
    private const ulong X87 = 1, Sse = 2, Avx = 4;

    // What the JIT knows of the system's saving of registers holds for what the stub reads.
    [Fact]
    public void TellsWhatTheSystemSaves()
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64 && System.Runtime.Intrinsics.X86.Avx.IsSupported, "This CPU has no AVX.");
        Assert.Equal(X87 | Sse | Avx, ExtendedState.Read() & (X87 | Sse | Avx));
        if (Avx512F.IsSupported) Assert.True(ExtendedState.HasAvx512);
    }
}
