using System.Runtime.InteropServices;

namespace Qnn.Compiler.MachineCode;

/// <summary>The machine code section in the making: functions and the data they read, 64-byte aligned, position independent.</summary>
internal sealed class CodeSection
{
    private const int Alignment = 64;

    private readonly List<byte> _bytes = [];
    private readonly Dictionary<MachineKernel, int> _functions = [];

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

    /// <summary>Adds data; gives its offset.</summary>
    public int Data<T>(ReadOnlySpan<T> data) where T : unmanaged
    {
        int offset = Next;
        CollectionsMarshal.SetCount(_bytes, offset);
        _bytes.AddRange(MemoryMarshal.AsBytes(data));
        return offset;
    }

    /// <summary>Where the next addition will be.</summary>
    public int Next => (_bytes.Count + Alignment - 1) / Alignment * Alignment;
}
