using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Reflection;

namespace Qnn.Runtime.Artifact;

/// <summary>The bytes of an artifact, at an address that stays: a mapped file, pinned memory, or an assembly's resource.</summary>
internal sealed unsafe class ArtifactSource : IDisposable
{
    private readonly IDisposable[] _owners;
    private readonly Action? _release;
    private bool _disposed;

    private ArtifactSource(byte* pointer, long length, Action? release, params IDisposable[] owners)
    {
        Pointer = pointer;
        Length = length;
        _release = release;
        _owners = owners;
    }

    public byte* Pointer { get; }
    public long Length { get; }

    public static ArtifactSource MapFile(string path)
    {
        if (new FileInfo(path).Length == 0) throw new QnnFormatException($"'{path}' is empty.");
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return new(pointer, new FileInfo(path).Length, view.SafeMemoryMappedViewHandle.ReleasePointer, view, file);
    }

    public static ArtifactSource Pin(ReadOnlyMemory<byte> bytes)
    {
        var handle = bytes.Pin();
        return new((byte*)handle.Pointer, bytes.Length, null, handle);
    }

    public static ArtifactSource Resource(Assembly assembly, string name)
    {
        var stream = assembly.GetManifestResourceStream(name)
            ?? throw new QnnFormatException($"Assembly '{assembly.GetName().Name}' has no resource '{name}'.");
        if (stream is UnmanagedMemoryStream unmanaged) return new(unmanaged.PositionPointer, unmanaged.Length, null, unmanaged);
        using (stream)
        {
            var copy = new byte[stream.Length];
            stream.ReadExactly(copy);
            return Pin(copy);
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _release?.Invoke();
        foreach (var owner in _owners) owner.Dispose();
    }
}
