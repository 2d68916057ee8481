using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.Tests.MachineCode.Interpreter;

/// <summary>What the interpreter must find wrong with code.</summary>
public sealed unsafe class MachineInterpreterTests
{
    [Fact]
    public void ARightFunctionRuns()
    {
        var memory = Run(c =>
        {
            c.vmovdqu32(zmm1, __zmmword_ptr[rdi]);
            c.vpaddd(zmm1, zmm1, zmm1);
            c.vmovdqu32(__zmmword_ptr[rdi], zmm1);
            c.vzeroupper();
            c.ret();
        });
        for (int i = 0; i < memory.Length; i++) Assert.Equal(2 * i, memory[i]);
    }

    [Fact]
    public void UnknownInstructionsAreNamed() => Fails("vpabsd", c => c.vpabsd(zmm0, zmm1));

    [Fact]
    public void ReadsBeyondTheEndAreFound() => Fails("read of 64 bytes out of bounds", c => c.vmovdqu32(zmm0, __zmmword_ptr[rdi + 1]));

    [Fact]
    public void WritesBeforeTheBeginningAreFound() => Fails("write of 16 bytes out of bounds", c => c.vmovdqu8(__xmmword_ptr[rdi - 1], xmm0));

    [Fact]
    public void WhatAMaskHidesIsNotWritten()
    {
        var memory = Run(c =>
        {
            c.mov(rax, 0xFL);
            c.kmovq(k1, rax);
            c.mov(eax, -1);
            c.vpbroadcastd(zmm0, eax);
            c.vmovdqu8(__zmmword_ptr[rdi + 60].k1, zmm0);
            c.vzeroupper();
            c.ret();
        });
        Assert.Equal(-1, memory[15]);
        Assert.Equal(14, memory[14]);
    }

    [Fact]
    public void RegistersOfTheCallerArePreserved() => FailsAssertion("RBX", c =>
    {
        c.xor(ebx, ebx);
        c.vzeroupper();
        c.ret();
    });

    [Fact]
    public void UpperHalvesAreCleared() => FailsAssertion("upper halves", c => c.ret());

    private static void Fails(string message, Action<Assembler> emit)
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Run(c =>
        {
            emit(c);
            c.ret();
        }));
        Assert.Contains(message, fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static void FailsAssertion(string message, Action<Assembler> emit) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(() => Run(emit)).Message, StringComparison.OrdinalIgnoreCase);

    // Calls the function with sixteen integers 0, 1, 2 ...
    private static int[] Run(Action<Assembler> emit)
    {
        var c = new Assembler(64);
        emit(c);
        using var stream = new MemoryStream();
        c.Assemble(new StreamCodeWriter(stream), 0);
        byte[] code = stream.ToArray();
        int[] data = [.. Enumerable.Range(0, 16)];
        fixed (byte* function = code)
        fixed (int* argument = data)
        {
            var memory = new GuardedMemory();
            memory.Add(argument, 64, "data", writable: true);
            new MachineInterpreter(function, code.Length, memory).Call(function, argument, 64);
        }
        return data;
    }
}
