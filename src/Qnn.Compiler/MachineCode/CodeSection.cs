using System.Runtime.InteropServices;

namespace Qnn.Compiler.MachineCode;

/// <summary>The machine code section in the making: functions and the data they read, 64-byte aligned, position independent.</summary>
internal sealed class CodeSection
{
    private const int Alignment = 64;

    private readonly List<byte> _bytes = [];
    private readonly Dictionary<MachineKernel, int> _functions = [];

    // Where data of a hash code lie.
    private readonly Dictionary<int, List<(int Offset, int Length)>> _data = [];

    /// <summary>The kernels assembled so far, in the order of their first use, with their offsets.</summary>
    public IReadOnlyCollection<KeyValuePair<MachineKernel, int>> Functions => _functions;

    /// <summary>The section.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>A function's offset. Equal kernels are assembled once.</summary>
    public int Function(MachineKernel kernel)
    {
        if (!_functions.TryGetValue(kernel, out int offset)) _functions[kernel] = offset = Data<byte>(kernel.Assemble());
        return offset;
    }

    /// <summary>Adds data; gives its offset. Equal data is stored once.</summary>
    public int Data<T>(ReadOnlySpan<T> data) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(data);
        var hash = new HashCode();
        hash.AddBytes(bytes);
        if (!_data.TryGetValue(hash.ToHashCode(), out var known)) _data[hash.ToHashCode()] = known = [];
        foreach (var (at, length) in known)
        {
            if (CollectionsMarshal.AsSpan(_bytes).Slice(at, length).SequenceEqual(bytes)) return at;
        }
        int offset = Append(bytes);
        known.Add((offset, bytes.Length));
        return offset;
    }

    /// <summary>Adds a step's entry, which says where things are from where it is itself: at <see cref="Next"/>. Gives its offset.</summary>
    public int Append(ReadOnlySpan<byte> entry)
    {
        int offset = Next;
        CollectionsMarshal.SetCount(_bytes, offset);
        _bytes.AddRange(entry);
        return offset;
    }

    /// <summary>Where the next addition will be.</summary>
    public int Next => (_bytes.Count + Alignment - 1) / Alignment * Alignment;
}
