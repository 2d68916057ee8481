using Iced.Intel;

namespace Qnn.Compiler.Tests.MachineCode.Interpreter;

/// <summary>
/// Runs assembled kernels, instruction by instruction, over real memory: on CPUs that lack the instructions, and to find accesses out of bounds.
/// It knows the instructions that the emitters use and no others; it checks that what the calling convention preserves is preserved.
/// </summary>
/// <param name="code">Where the code is.</param>
/// <param name="length">Its bytes.</param>
/// <param name="memory">What the code may touch.</param>
internal sealed unsafe class MachineInterpreter(byte* code, int length, GuardedMemory memory)
{
    private const int StackBytes = 1024;

    private static readonly Register[] s_preserved = [Register.RBX, Register.RBP, Register.R12, Register.R13, Register.R14, Register.R15];
    private static readonly Register[] s_preservedOnWindows = [.. s_preserved, Register.RDI, Register.RSI];
    private static readonly Register[] s_vectorsPreservedOnWindows = [.. Enumerable.Range(6, 10).Select(i => Register.XMM0 + i)];

    private readonly Registers _registers = new();
    private readonly Dictionary<int, Instruction[]> _functions = [];
    private readonly Random _random = new(1);

    /// <summary>Calls a function under the System V convention.</summary>
    /// <param name="function">Where it begins.</param>
    /// <param name="argument">Its argument.</param>
    /// <param name="argumentBytes">The bytes that the argument points to.</param>
    public void Call(byte* function, void* argument, int argumentBytes) => Call(function, argument, argumentBytes, s_preserved, () => _registers[Register.RDI] = (nint)argument);

    /// <summary>Calls a function of two arguments under the Windows x64 convention.</summary>
    /// <param name="function">Where it begins.</param>
    /// <param name="argument">Its first argument.</param>
    /// <param name="argumentBytes">The bytes that the argument points to.</param>
    /// <param name="second">Its second argument.</param>
    public void CallFromWindows(byte* function, void* argument, int argumentBytes, void* second)
    {
        byte[][] before = [];
        Call(function, argument, argumentBytes, s_preservedOnWindows, () =>
        {
            (_registers[Register.RCX], _registers[Register.RDX]) = ((nint)argument, (nint)second);
            before = [.. s_vectorsPreservedOnWindows.Select(r => _registers.Vector(r).ToArray())];
        });
        for (int i = 0; i < before.Length; i++) Assert.True(_registers.Vector(s_vectorsPreservedOnWindows[i]).SequenceEqual(before[i]), $"{s_vectorsPreservedOnWindows[i]} is not preserved.");
    }

    private void Call(byte* function, void* argument, int argumentBytes, Register[] preserved, Action pass)
    {
        byte* stack = stackalloc byte[StackBytes];
        _registers.Poison(_random);
        // As after a call: a return address on a stack that was aligned before.
        long top = (((nint)stack + StackBytes - 64) & ~15) - 8;
        _registers[Register.RSP] = top;
        pass();
        long[] before = [.. preserved.Select(r => _registers[r])];
        memory.Add(argument, argumentBytes, "arguments");
        memory.Add(stack, (nint)top - (nint)stack, "stack", writable: true);
        Run(Function((int)(function - code)));
        memory.RemoveLast();
        memory.RemoveLast();
        Assert.Equal(top, _registers[Register.RSP]);
        for (int i = 0; i < before.Length; i++) Assert.True(before[i] == _registers[preserved[i]], $"{preserved[i]} is not preserved.");
        for (var r = Register.ZMM0; r <= Register.ZMM15; r++) Assert.False(_registers.Whole(r)[16..].ContainsAnyExcept((byte)0), "The upper halves of vector registers are left in use.");
    }

    // A function ends at its only return.
    private Instruction[] Function(int offset)
    {
        if (_functions.TryGetValue(offset, out var known)) return known;
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(new ReadOnlySpan<byte>(code + offset, length - offset).ToArray()), (ulong)(code + offset));
        var instructions = new List<Instruction>();
        do
        {
            // Addresses relative to the instruction's own are absolute when decoded.
            instructions.Add(decoder.Decode());
            if (instructions[^1].IsInvalid) throw new InvalidOperationException($"Bad instruction at {instructions[^1].IP:x}.");
        }
        while (instructions[^1].Mnemonic != Mnemonic.Ret);
        return _functions[offset] = [.. instructions];
    }

    private void Run(Instruction[] function)
    {
        var vectors = new VectorUnit(_registers, memory);
        var tiles = new TileUnit(_registers, memory);
        var places = new Dictionary<ulong, int>();
        for (int i = 0; i < function.Length; i++) places[function[i].IP] = i;
        int at = 0;
        while (true)
        {
            ref readonly var i = ref function[at++];
            try
            {
                switch (i.Mnemonic)
                {
                    case Mnemonic.Ret:
                        Assert.False(tiles.IsConfigured, "Tiles are left in use.");
                        return;
                    case Mnemonic.Jmp: at = places[i.NearBranchTarget]; break;
                    case Mnemonic.Jle when _registers.IsLess || _registers.IsZero:
                    case Mnemonic.Jne when !_registers.IsZero:
                    case Mnemonic.Jge when !_registers.IsLess:
                    case Mnemonic.Jl when _registers.IsLess:
                    case Mnemonic.Je when _registers.IsZero:
                    case Mnemonic.Jg when !_registers.IsLess && !_registers.IsZero:
                        at = places[i.NearBranchTarget];
                        break;
                    case Mnemonic.Jle or Mnemonic.Jne or Mnemonic.Jge or Mnemonic.Jg or Mnemonic.Jl or Mnemonic.Je or Mnemonic.Prefetcht0 or Mnemonic.Prefetcht1: break;
                    default:
                        if (!General(i) && !vectors.Execute(i) && !tiles.Execute(i)) throw new NotSupportedException("The interpreter does not know this instruction.");
                        break;
                }
            }
            catch (Exception fault) when (fault is InvalidOperationException or NotSupportedException)
            {
                throw new InvalidOperationException($"{i.IP:x4} {i}: {fault.Message}", fault);
            }
        }
    }

    private bool General(in Instruction i)
    {
        switch (i.Mnemonic)
        {
            case Mnemonic.Push:
                _registers[Register.RSP] -= 8;
                *(long*)memory.Check((nint)_registers[Register.RSP], 8, write: true) = _registers[i.Op0Register];
                return true;
            case Mnemonic.Pop:
                _registers[i.Op0Register] = *(long*)memory.Check((nint)_registers[Register.RSP], 8, write: false);
                _registers[Register.RSP] += 8;
                return true;
            case Mnemonic.Call when i.Op0Kind == OpKind.Register:
                _registers[Register.RSP] -= 8;
                if (_registers[Register.RSP] % 16 != 8) throw new InvalidOperationException("The stack is not aligned.");
                Run(Function((int)((byte*)_registers[i.Op0Register] - code)));
                _registers[Register.RSP] += 8;
                return true;
            case Mnemonic.Mov when i.Op0Kind == OpKind.Register: _registers[i.Op0Register] = Source(i, 1); return true;
            case Mnemonic.Mov when i.MemorySize.GetSize() == 8 && i.Op1Kind == OpKind.Register:
                *(long*)memory.Check(VectorUnit.Address(_registers, i), 8, write: true) = _registers[i.Op1Register];
                return true;
            case Mnemonic.Movsxd: _registers[i.Op0Register] = Source(i, 1); return true;
            case Mnemonic.Lea: _registers[i.Op0Register] = VectorUnit.Address(_registers, i); return true;
            case Mnemonic.Imul when i.OpCount == 3: _registers[i.Op0Register] = Source(i, 1) * (long)i.GetImmediate(2); return true;
            case Mnemonic.Add: Arithmetic(i, _registers[i.Op0Register], Source(i, 1), subtract: false); return true;
            case Mnemonic.Sub: Arithmetic(i, _registers[i.Op0Register], Source(i, 1), subtract: true); return true;
            case Mnemonic.Dec: Arithmetic(i, _registers[i.Op0Register], 1, subtract: true); return true;
            case Mnemonic.Cmp:
                Compare(_registers[i.Op0Register], Source(i, 1));
                return true;
            case Mnemonic.Xor:
                _registers[i.Op0Register] ^= Source(i, 1);
                Compare(_registers[i.Op0Register], 0);
                return true;
            case Mnemonic.Kmovq when i.Op0Register.IsK() && i.Op1Kind == OpKind.Register:
                _registers.Masks[i.Op0Register.GetNumber()] = (ulong)_registers[i.Op1Register];
                return true;
            default: return false;
        }
    }

    private void Arithmetic(in Instruction i, long a, long b, bool subtract)
    {
        if (subtract) Compare(a, b);
        else Compare(a, -b);
        _registers[i.Op0Register] = subtract ? a - b : a + b;
    }

    private void Compare(long a, long b) => (_registers.IsZero, _registers.IsLess) = (a == b, a < b);

    private long Source(in Instruction i, int operand)
    {
        switch (i.GetOpKind(operand))
        {
            case OpKind.Register: return _registers[i.GetOpRegister(operand)];
            case OpKind.Memory:
                byte* address = memory.Check(VectorUnit.Address(_registers, i), i.MemorySize.GetSize(), write: false);
                return i.MemorySize.GetSize() switch { 8 => *(long*)address, 4 => *(int*)address, _ => throw new NotSupportedException("A size that the interpreter does not know.") };
            default: return (long)i.GetImmediate(operand);
        }
    }
}
