using System.IO.Compression;
using System.Runtime.InteropServices;
using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Import.TorchScript.Archive;

/// <summary>The zip archive, read in memory: entries by the name behind the archive's own folder. Nothing is ever written to a path that an entry names.</summary>
internal sealed class TorchArchive
{
    private const int MaxEntries = 200_000;
    private const long MaxEntryBytes = int.MaxValue - 64;
    // Deflate makes at most 1032 bytes of one.
    private const long MaxRatio = 1032;
    private const long MaxTotalBytes = 4L << 30;
    // Archives are stored as they are; one that someone has packed stays within this.
    private const long FreeBytes = 256L << 20, MaxTotalRatio = 32;

    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _read = new(StringComparer.Ordinal);

    private TorchArchive(long byteLength) => ByteLength = byteLength;

    /// <summary>Bytes of the file.</summary>
    public long ByteLength { get; }

    /// <summary>Names of the entries.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Whether multi-byte numbers in storages are big-endian.</summary>
    public bool IsBigEndian { get; private set; }

    /// <summary>Whether bytes begin as a zip archive.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\x03\x04"u8);

    /// <summary>Opens an archive.</summary>
    /// <exception cref="ModelException">It is damaged, beyond a limit, or no TorchScript.</exception>
    public static TorchArchive Open(ReadOnlyMemory<byte> bytes)
    {
        if (!IsZip(bytes.Span))
        {
            bool pickled = bytes.Length > 1 && bytes.Span[0] == 0x80;
            throw pickled ? NotScript() : TorchFault.Damaged("The file is no zip archive, which a TorchScript model is.");
        }
        var archive = new TorchArchive(bytes.Length);
        try
        {
            archive.ReadDirectory(bytes);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw TorchFault.Damaged($"The zip archive is damaged: {fault.Message}");
        }
        return archive;
    }

    /// <summary>Whether there is an entry.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>An entry's bytes.</summary>
    public byte[] Read(string name)
    {
        if (_read.TryGetValue(name, out byte[]? known)) return known;
        if (!_entries.TryGetValue(name, out var entry)) throw TorchFault.Damaged($"The archive has no entry '{name}'.");
        try
        {
            byte[] bytes = new byte[entry.Length];
            using var stream = entry.Open();
            int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (got != bytes.Length) throw TorchFault.Damaged($"Entry '{name}' holds {got} bytes, {bytes.Length} are announced.");
            return _read[name] = bytes;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or NotSupportedException)
        {
            throw TorchFault.Damaged($"Entry '{name}' is damaged: {fault.Message}");
        }
    }

    private void ReadDirectory(ReadOnlyMemory<byte> bytes)
    {
        var stream = MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
        var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        if (zip.Entries.Count > MaxEntries) throw TorchFault.TooLarge($"The archive has {zip.Entries.Count} entries; {MaxEntries} is the limit.");
        long total = 0, packed = 0, limit = Math.Min(MaxTotalBytes, FreeBytes + MaxTotalRatio * bytes.Length);
        string? root = null;
        foreach (var entry in zip.Entries)
        {
            string name = entry.FullName;
            if (name.StartsWith('/') || name.Contains('\\') || name.Split('/').Contains("..")) throw TorchFault.Damaged($"Entry '{name}' leaves the archive.");
            if (entry.Length > MaxEntryBytes) throw TorchFault.TooLarge($"Entry '{name}' has {entry.Length} bytes; {MaxEntryBytes} is the limit.");
            if (entry.Length > entry.CompressedLength * MaxRatio) throw TorchFault.Damaged($"Entry '{name}' announces {entry.Length} bytes in {entry.CompressedLength}.");
            total += entry.Length;
            packed += entry.CompressedLength;
            if (total > limit) throw TorchFault.TooLarge($"The archive of {bytes.Length} bytes unpacks to more than {limit}.");
            if (packed > bytes.Length) throw TorchFault.Damaged($"The archive's entries overlap: they are longer together than its {bytes.Length} bytes.");
            int slash = name.IndexOf('/');
            if (slash < 0) continue;
            root ??= name[..slash];
            if (!name.AsSpan(0, slash).SequenceEqual(root)) continue;
            if (!_entries.TryAdd(name[(slash + 1)..], entry)) throw TorchFault.Damaged($"The archive has two entries '{name}'.");
        }
        if (!Contains("data.pkl")) throw TorchFault.Damaged("The archive has no data.pkl, which a TorchScript model has.");
        if (!Contains("constants.pkl") && !_entries.Keys.Any(n => n.StartsWith("code/", StringComparison.Ordinal))) throw NotScript();
        if (Contains("byteorder")) IsBigEndian = Read("byteorder").AsSpan().StartsWith("big"u8);
    }

    private static ModelException NotScript() => new(DiagnosticCodes.UnsupportedForm,
        "The file holds a state dict or a pickled module, not a TorchScript model: the network's code is not in it. Export it in Python with torch.jit.trace(model.eval(), example).save('model.pt').");
}
