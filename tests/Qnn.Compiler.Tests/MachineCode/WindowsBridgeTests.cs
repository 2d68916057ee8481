using Iced.Intel;
using Qnn.Compiler.Tests.MachineCode.Interpreter;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.Tests.MachineCode;

/// <summary>The bridge from the Windows calling convention: its bytes are those of the source here, and it preserves what Windows wants preserved.</summary>
public sealed unsafe class WindowsBridgeTests
{
    private const int FirstSaved = 6, Saved = 10, SaveArea = Saved * 16;

    [Fact]
    public void TheBytesAreThoseOfTheSource()
    {
        byte[] expected = Assemble();
        Assert.True(expected.AsSpan().SequenceEqual(WindowsBridge.Code), string.Join(", ", expected.Select(b => $"0x{b:X2}")));
    }

    [Fact]
    public void WhatWindowsPreservesIsPreserved()
    {
        // A callee that follows System V: it leaves nothing of the registers that are its own, and the argument where its pointer says.
        var callee = new Assembler(64);
        callee.mov(rax, __qword_ptr[rdi]);
        for (int i = 0; i < 16; i++) callee.vpbroadcastd(new AssemblerRegisterZMM(Register.ZMM0 + i), eax);
        callee.mov(rsi, rax);
        callee.mov(rcx, rax);
        callee.mov(rdx, rax);
        callee.mov(rdi, rax);
        callee.vzeroupper();
        callee.ret();
        using var bytes = new MemoryStream();
        callee.Assemble(new StreamCodeWriter(bytes), 0);

        byte[] code = [.. WindowsBridge.Code, .. new byte[(64 - WindowsBridge.Code.Length % 64) % 64], .. bytes.ToArray()];
        int function = code.Length - (int)bytes.Length;
        fixed (byte* begin = code)
        {
            var memory = new GuardedMemory();
            memory.Add(begin, code.Length, "code");
            long argument = 0x1234567812345678;
            new MachineInterpreter(begin, code.Length, memory).CallFromWindows(begin, &argument, sizeof(long), begin + function);
        }
    }

    private static byte[] Assemble()
    {
        var c = new Assembler(64);
        c.push(rdi);
        c.push(rsi);
        // The return address and two registers leave the stack 8 bytes off.
        c.sub(rsp, SaveArea + 8);
        for (int i = 0; i < Saved; i++) c.vmovups(__xmmword_ptr[rsp + i * 16], new AssemblerRegisterXMM(Register.XMM0 + FirstSaved + i));
        c.mov(rdi, rcx);
        c.call(rdx);
        for (int i = 0; i < Saved; i++) c.vmovups(new AssemblerRegisterXMM(Register.XMM0 + FirstSaved + i), __xmmword_ptr[rsp + i * 16]);
        c.add(rsp, SaveArea + 8);
        c.pop(rsi);
        c.pop(rdi);
        c.ret();
        using var code = new MemoryStream();
        c.Assemble(new StreamCodeWriter(code), 0);
        return code.ToArray();
    }
}
