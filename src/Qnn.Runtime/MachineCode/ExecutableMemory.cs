using System.Runtime.InteropServices;

namespace Qnn.Runtime;

/// <summary>Memory with machine code: written while it is writable, then executable and never writable again. Freed when disposed.</summary>
internal sealed unsafe partial class ExecutableMemory : IDisposable
{
    private void* _address;
    private readonly nuint _length;

    /// <summary>Maps a copy of position-independent code.</summary>
    /// <exception cref="InvalidOperationException">The system forbids executable memory. The caller goes on without machine code.</exception>
    public ExecutableMemory(ReadOnlySpan<byte> code)
    {
        _length = ((nuint)code.Length + 4095) & ~(nuint)4095;
        _address = OperatingSystem.IsWindows() ? Windows.Map(code, _length) : Unix.Map(code, _length);
        if (_address == null) throw new InvalidOperationException("The system does not give executable memory.");
    }

    /// <summary>The first byte of the code.</summary>
    public void* Address => _address;

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Unmaps code that was not disposed.</summary>
    ~ExecutableMemory() => Free();

    private void Free()
    {
        if (_address == null) return;
        if (OperatingSystem.IsWindows()) Windows.Unmap(_address);
        else Unix.Unmap(_address, _length);
        _address = null;
    }

    private static partial class Unix
    {
        private const int ReadWrite = 3, ReadExecute = 5, MapPrivate = 2;

        public static void* Map(ReadOnlySpan<byte> code, nuint length)
        {
            int anonymous = OperatingSystem.IsLinux() ? 0x20 : 0x1000;
            void* address = mmap(null, length, ReadWrite, MapPrivate | anonymous, -1, 0);
            if (address == (void*)-1) return null;
            code.CopyTo(new Span<byte>(address, code.Length));
            if (mprotect(address, length, ReadExecute) == 0) return address;
            _ = munmap(address, length);
            return null;
        }

        public static void Unmap(void* address, nuint length) => _ = munmap(address, length);

        [LibraryImport("libc")]
        private static partial void* mmap(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

        [LibraryImport("libc")]
        private static partial int mprotect(void* address, nuint length, int protection);

        [LibraryImport("libc")]
        private static partial int munmap(void* address, nuint length);
    }

    private static partial class Windows
    {
        private const uint CommitReserve = 0x3000, Release = 0x8000, PageReadWrite = 4, PageExecuteRead = 0x20;

        public static void* Map(ReadOnlySpan<byte> code, nuint length)
        {
            void* address = VirtualAlloc(null, length, CommitReserve, PageReadWrite);
            if (address == null) return null;
            code.CopyTo(new Span<byte>(address, code.Length));
            if (VirtualProtect(address, length, PageExecuteRead, out _)) return address;
            Unmap(address);
            return null;
        }

        public static void Unmap(void* address) => VirtualFree(address, 0, Release);

        [LibraryImport("kernel32")]
        private static partial void* VirtualAlloc(void* address, nuint size, uint type, uint protection);

        [LibraryImport("kernel32")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static partial bool VirtualProtect(void* address, nuint size, uint protection, out uint old);

        [LibraryImport("kernel32")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static partial bool VirtualFree(void* address, nuint size, uint type);
    }
}
