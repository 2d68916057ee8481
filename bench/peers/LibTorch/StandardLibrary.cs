using System.Runtime.InteropServices;

namespace Qnn.Bench.LibTorch;

/// <summary>
/// TorchSharp's native part asks libstdc++ for one symbol of version 3.4.32, which initializes streams that it does not use; Debian 12 has 3.4.30, and so cannot load it.
/// In the copy beside this program the symbol becomes another one, of the first version: std::uncaught_exception, which takes nothing and changes nothing.
/// </summary>
internal static class StandardLibrary
{
    private const uint VersionsNeeded = 0x6ffffffe;

    private static ReadOnlySpan<byte> Asked => "_ZSt21ios_base_library_initv\0"u8;

    private static ReadOnlySpan<byte> Given => "_ZSt18uncaught_exceptionv\0"u8;

    public static void Suit(string library)
    {
        byte[] file = File.ReadAllBytes(library);
        int symbol = file.AsSpan().IndexOf(Asked);
        if (symbol < 0) return;
        Given.CopyTo(file.AsSpan(symbol));
        ChangeVersion(file, "GLIBCXX_3.4.32\0"u8, "GLIBCXX_3.4\0"u8);
        File.WriteAllBytes(library, file);
    }

    // Entries of .gnu.version_r: those of libraries, each with a list of those of versions.
    private static void ChangeVersion(byte[] file, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var sections = MemoryMarshal.Cast<byte, Section>(file.AsSpan((int)Read<long>(file, 0x28)))[..Read<ushort>(file, 0x3c)];
        Section needed = default;
        foreach (var section in sections)
        {
            if (section.Type == VersionsNeeded) needed = section;
        }
        int names = (int)sections[(int)needed.Link].Offset;
        int replacement = file.AsSpan(names).IndexOf((ReadOnlySpan<byte>)[0, .. to]) + 1;
        for (int at = (int)needed.Offset, count = (int)needed.Info; count > 0; count--, at += Read<int>(file, at + 12))
        {
            for (int version = at + Read<int>(file, at + 8), left = Read<ushort>(file, at + 2); left > 0; left--, version += Read<int>(file, version + 12))
            {
                if (!file.AsSpan(names + Read<int>(file, version + 8)).StartsWith(from)) continue;
                MemoryMarshal.Write(file.AsSpan(version), Hash(to[..^1]));
                MemoryMarshal.Write(file.AsSpan(version + 8), replacement);
            }
        }
    }

    private static T Read<T>(byte[] file, int at) where T : struct => MemoryMarshal.Read<T>(file.AsSpan(at));

    // The hash of names in ELF files.
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 0;
        foreach (byte letter in name)
        {
            hash = (hash << 4) + letter;
            uint high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }
        return hash;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct Section
    {
        public readonly uint Name, Type;
        public readonly ulong Flags, Address, Offset, Size;
        public readonly uint Link, Info;
        public readonly ulong Alignment, EntrySize;
    }
}
