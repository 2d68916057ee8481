using System.Collections.Concurrent;
using Iced.Intel;

namespace Qnn.Compiler.MachineCode;

/// <summary>A function in the making: an assembler, and what is done to its instructions before they are encoded.</summary>
internal sealed class KernelCode
{
    // By name, and there are some five thousand names.
    private static readonly ConcurrentDictionary<(Code Code, int Bytes), Code> s_narrowed = [];

    private readonly List<(int From, int To, int Bytes)> _narrow = [];
    private readonly List<(int From, int Middle, int To)> _mixed = [];

    /// <summary>Takes the instructions.</summary>
    public Assembler Assembler { get; } = new(64);

    private int Next => Assembler.Instructions.Count;

    /// <summary>Has emitted 512-bit instructions work on the low 32 or 16 bytes of their registers only, which CPUs with 256-bit units do in half the time. 64 changes nothing.</summary>
    public void Narrow(int bytes, Action emit)
    {
        int from = Next;
        emit();
        if (bytes < 64) _narrow.Add((from, Next, bytes));
    }

    /// <summary>
    /// Emits two sequences of instructions without labels, evenly mixed, so that a CPU finds work for all its units though it looks ahead less far than either sequence is long.
    /// They must use different registers and memory.
    /// </summary>
    public void Mix(Action first, Action second)
    {
        int from = Next;
        first();
        int middle = Next;
        second();
        _mixed.Add((from, middle, Next));
    }

    /// <summary>The function's bytes.</summary>
    public byte[] Encode()
    {
        var instructions = Assembler.Instructions.ToArray();
        foreach (var (from, to, bytes) in _narrow)
        {
            for (int i = from; i < to; i++) instructions[i] = Narrowed(instructions[i], bytes);
        }
        foreach (var (from, middle, to) in _mixed) Mix(instructions.AsSpan(from, to - from), middle - from);
        using var code = new MemoryStream();
        var block = new InstructionBlock(new StreamCodeWriter(code), instructions, 0);
        if (!BlockEncoder.TryEncode(64, block, out string? fault, out _)) throw new InvalidOperationException(fault);
        return code.ToArray();
    }

    private static void Mix(Span<Instruction> instructions, int middle)
    {
        // A label is at the first instruction of all.
        ulong label = instructions.Length > 0 ? instructions[0].IP : 0;
        var (first, second) = (instructions[..middle].ToArray(), instructions[middle..].ToArray());
        int a = 0, b = 0;
        for (int i = 0; i < instructions.Length; i++)
        {
            bool takesFirst = b == second.Length || (a < first.Length && (long)a * second.Length <= (long)b * first.Length);
            instructions[i] = takesFirst ? first[a++] : second[b++];
            instructions[i].IP = i == 0 ? label : 0;
        }
    }

    private static Instruction Narrowed(Instruction instruction, int bytes)
    {
        var code = s_narrowed.GetOrAdd((instruction.Code, bytes), static key => Narrowed(key.Code, key.Bytes));
        if (code == instruction.Code) return instruction;
        var first = bytes == 32 ? Register.YMM0 : Register.XMM0;
        instruction.Code = code;
        for (int i = 0; i < instruction.OpCount; i++)
        {
            if (instruction.GetOpKind(i) == OpKind.Register && instruction.GetOpRegister(i).IsZMM()) instruction.SetOpRegister(i, first + (instruction.GetOpRegister(i) - Register.ZMM0));
        }
        return instruction;
    }

    // The forms of an EVEX instruction for different lengths have the same name otherwise, but that the longest alone takes a rounding mode.
    private static Code Narrowed(Code code, int bytes)
    {
        string name = code.ToString();
        if (!name.StartsWith("EVEX_", StringComparison.Ordinal) || !name.Contains("zmm", StringComparison.Ordinal)) return code;
        var (registers, bits) = bytes == 32 ? ("ymm", "256") : ("xmm", "128");
        return Enum.Parse<Code>(name.Replace("zmm", registers, StringComparison.Ordinal).Replace("m512", "m" + bits, StringComparison.Ordinal).Replace("_er", "", StringComparison.Ordinal));
    }
}
