using System.Runtime.InteropServices;

namespace Qnn.Runtime;

/// <summary>Which parts of the registers the system saves: XCR0, which only the instruction xgetbv tells, and .NET has no intrinsic for it.</summary>
internal static unsafe partial class ExtendedState
{
    private const ulong Avx512State = 0xE6;

    // xor ecx, ecx; xgetbv; shl rdx, 32; or rax, rdx; ret. It touches only registers that both calling conventions leave to a function.
    private static ReadOnlySpan<byte> Code => [0x31, 0xC9, 0x0F, 0x01, 0xD0, 0x48, 0xC1, 0xE2, 0x20, 0x48, 0x09, 0xD0, 0xC3];

    /// <summary>Whether the system saves the ZMM and mask registers. The CPU must have XSAVE, and the system use it (OSXSAVE); false where executable memory is forbidden.</summary>
    public static bool HasAvx512 => (Read() & Avx512State) == Avx512State;

    /// <summary>
    /// Asks the system to let this process use AMX tiles, which Linux wants of every process: contexts of threads grow by 8 KB. False where it refuses, as one does that does not save them, or is not Linux.
    /// </summary>
    public static bool RequestTiles()
    {
        const int ArchPrctl = 158, RequestPermission = 0x1023, TileData = 18;
        return OperatingSystem.IsLinux() && syscall(ArchPrctl, RequestPermission, TileData) == 0;
    }

    [LibraryImport("libc")]
    private static partial nint syscall(nint number, nint code, nint feature);

    /// <summary>XCR0, or 0 where executable memory is forbidden.</summary>
    public static ulong Read()
    {
        try
        {
            using var code = new ExecutableMemory(Code);
            return ((delegate* unmanaged<ulong>)code.Address)();
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
