using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Qnn.Compiler.Import.TfLite.Metadata;

/// <summary>The zip archive that metadata writers append to a model. Entries are read in memory, by name; a name is never a path.</summary>
internal sealed class TfLiteArchive
{
    private const int EndRecordBytes = 22;
    private const int MaxCommentBytes = 65535;
    private const int MaxEntries = 4096;
    private const long MaxTotalBytes = 64 << 20;
    // Text rarely shrinks to a fiftieth; what grows far more is made to fill memory.
    private const int MaxRatio = 200;
    private const int RatioFreeBytes = 1 << 20;

    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _contents = new(StringComparer.Ordinal);
    private long _bytesLeft = MaxTotalBytes;

    private TfLiteArchive(ZipArchive archive)
    {
        foreach (var entry in archive.Entries) _entries.TryAdd(entry.FullName, entry);
    }

    /// <summary>The archive at the end of a file; null where there is none.</summary>
    public static TfLiteArchive? Find(ReadOnlyMemory<byte> file)
    {
        var span = file.Span;
        if (FindEndRecord(span) is not { } end) return null;
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(span[(end + 10)..]);
        if (entries > MaxEntries) throw TfLiteFault.TooLarge($"The archive behind the model has {entries} files or more; at most {MaxEntries} are supported.");
        // Its offsets count from the archive's start: that of the file as metadata writers make it, but that of the zip where one was just appended.
        long directory = end - (long)BinaryPrimitives.ReadUInt32LittleEndian(span[(end + 12)..]);
        long start = directory - BinaryPrimitives.ReadUInt32LittleEndian(span[(end + 16)..]);
        if (directory < 0 || start < 0) throw TfLiteFault.Damaged("The archive behind the model is damaged: its directory lies outside the file.");
        if (!MemoryMarshal.TryGetArray(file[(int)start..], out var array)) array = file[(int)start..].ToArray();
        return Guard(() => new TfLiteArchive(new ZipArchive(new MemoryStream(array.Array!, array.Offset, array.Count, writable: false), ZipArchiveMode.Read)));
    }

    /// <summary>An entry's bytes; null where there is none of this name.</summary>
    public ReadOnlyMemory<byte>? Read(string name)
    {
        if (_contents.TryGetValue(name, out var content)) return content;
        if (!_entries.TryGetValue(name, out var entry)) return null;
        return _contents[name] = Guard(() => Extract(entry));
    }

    private byte[] Extract(ZipArchiveEntry entry)
    {
        // Sizes in the directory need not be true: count what comes.
        long limit = Math.Min(_bytesLeft, RatioFreeBytes + MaxRatio * entry.CompressedLength);
        using var stream = entry.Open();
        using var content = new MemoryStream();
        var chunk = new byte[32 << 10];
        while (stream.Read(chunk) is > 0 and var count)
        {
            content.Write(chunk, 0, count);
            if (content.Length > limit) throw TfLiteFault.TooLarge($"File '{entry.FullName}' of the archive behind the model unpacks to more than {limit} bytes.");
        }
        _bytesLeft -= content.Length;
        return content.ToArray();
    }

    private static int? FindEndRecord(ReadOnlySpan<byte> file)
    {
        int first = Math.Max(0, file.Length - EndRecordBytes - MaxCommentBytes);
        for (int i = file.Length - EndRecordBytes; i >= first; i--)
        {
            // A comment must fill the rest, or these are just four bytes of weights.
            if (file[i] == 'P' && file[i + 1] == 'K' && file[i + 2] == 5 && file[i + 3] == 6
                && BinaryPrimitives.ReadUInt16LittleEndian(file[(i + 20)..]) == file.Length - i - EndRecordBytes) return i;
        }
        return null;
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw TfLiteFault.Damaged($"The archive behind the model is damaged: {e.Message}");
        }
    }
}
