namespace Qnn.Compiler.Tests.MachineCode.Interpreter;

/// <summary>The memory that interpreted code may touch: real addresses, each access checked against the ranges that it was given.</summary>
internal sealed unsafe class GuardedMemory
{
    private readonly List<(nint Begin, nint End, string Name, bool Writable)> _ranges = [];

    /// <summary>Allows reading a range, and writing it if asked.</summary>
    public void Add(void* begin, nint bytes, string name, bool writable = false) => _ranges.Add(((nint)begin, (nint)begin + bytes, name, writable));

    /// <summary>Takes back the range added last.</summary>
    public void RemoveLast() => _ranges.RemoveAt(_ranges.Count - 1);

    /// <summary>The address, once it is known to be inside a range.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public byte* Check(nint address, int bytes, bool write)
    {
        foreach (var range in _ranges)
        {
            if (address >= range.Begin && address + bytes <= range.End && (range.Writable || !write)) return (byte*)address;
        }
        string near = string.Join(", ", _ranges.Select(r => $"{r.Name} {address - r.Begin} of {r.End - r.Begin}"));
        throw new InvalidOperationException($"{(write ? "write" : "read")} of {bytes} bytes out of bounds; its offsets in what may be touched: {near}");
    }
}
