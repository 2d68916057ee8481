using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Compiler.MachineCode;
using Qnn.Runtime;
using Qnn.Runtime.Artifact;
using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Convolution.Winograd;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.Tests.MachineCode.Interpreter;

/// <summary>
/// An artifact of one input and one output, run as the runtime runs it, except that its machine code is interpreted; steps without any run on scalar kernels.
/// Every tensor has memory of its own, so that what is touched beyond it is found.
/// </summary>
internal static unsafe class InterpretedProgram
{
    // What the runtime promises after the last byte of an activation tensor or of scratch memory; code may read it.
    private const int Slack = 63;

    /// <summary>Runs an artifact without machine code, which is made here. Gives the output and the names of the kernels.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="input">The input's bytes.</param>
    /// <param name="withAmx">Whether the code with AMX is taken.</param>
    /// <param name="parts">Calls that the items of each step's work are divided among.</param>
    public static (byte[] Output, string[] Kernels) Run(byte[] artifact, ReadOnlySpan<byte> input, bool withAmx, int parts)
    {
        using var source = ArtifactSource.Pin(Aligned(artifact));
        var reader = ArtifactReader.Read(source);
        var steps = reader.ReadSteps(KernelTier.Scalar);
        var code = CompiledCode.Generate(artifact);
        int[] entries = code is null ? [] : code.Variants[withAmx ? ^1 : 0].Entries;
        using var memory = new Allocations();
        byte* section = memory.Allocate(code?.Bytes.Length ?? 0);
        code?.Bytes.CopyTo(new Span<byte>(section, code.Bytes.Length));

        byte** tensors = (byte**)memory.Allocate(reader.Tensors.Length * sizeof(byte*));
        foreach (var tensor in reader.Tensors)
        {
            tensors[tensor.Index] = tensor.Storage == Storage.Constant ? tensor.Constant : memory.Allocate((int)tensor.ByteLength + Slack);
        }
        input.CopyTo(new Span<byte>(tensors[reader.InputTensors[0]], input.Length));

        var names = new string[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            var guard = new GuardedMemory();
            var interpreter = new MachineInterpreter(section, code?.Bytes.Length ?? 0, guard);
            var kernel = code is null || entries[i] < 0 ? KernelTable.Create(steps[i]) : Interpreted(steps[i], section + entries[i], interpreter, guard);
            names[i] = kernel.Name;
            byte* scratch = memory.Allocate((int)kernel.ScratchBytes);
            guard.Add(section, code?.Bytes.Length ?? 0, "code");
            guard.Add(scratch, kernel.ScratchBytes, "scratch", writable: true);
            foreach (var tensor in steps[i].Inputs)
            {
                if (tensor is not null) guard.Add(tensors[tensor.Index], tensor.ByteLength + (tensor.IsConstant ? 0 : Slack), tensor.Name);
            }
            foreach (var tensor in steps[i].Outputs) guard.Add(tensors[tensor.Index], tensor.ByteLength, tensor.Name, writable: true);
            for (int part = 0; part < parts; part++)
            {
                kernel.Run(new KernelContext(tensors), kernel.WorkItems * part / parts, kernel.WorkItems * (part + 1) / parts, scratch);
            }
        }
        var output = reader.Tensors[reader.OutputTensors[0]];
        return (new ReadOnlySpan<byte>(tensors[output.Index], (int)output.ByteLength).ToArray(), names);
    }

    // As a mapped file is, so that weights are read where they are.
    private static Memory<byte> Aligned(byte[] artifact)
    {
        byte[] room = GC.AllocateUninitializedArray<byte>(artifact.Length + 63, pinned: true);
        int start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) & 63);
        artifact.CopyTo(room, start);
        return room.AsMemory(start, artifact.Length);
    }

    private static Kernel Interpreted(StepInfo step, byte* entry, MachineInterpreter interpreter, GuardedMemory guard) => step.OpCode switch
    {
        OpCode.QuantizedConv2D when Avx2.IsSupported && ((TileStep*)entry)->WinogradCode[0] != 0 => new Winograd(ConvolutionDescription.ForImages(step), (TileStep*)entry, interpreter, guard),
        OpCode.QuantizedConv2D => new Convolution(ConvolutionDescription.ForImages(step), entry, interpreter),
        OpCode.QuantizedDense => new Convolution(ConvolutionDescription.ForRows(step), entry, interpreter),
        OpCode.QuantizedDepthwiseConv2D => new Depthwise(DepthwiseDescription.Create(step), entry, interpreter, splitsChannels: true),
        OpCode.SaturatingDepthwiseConv2D => Saturating(step, entry, interpreter),
        OpCode.QuantizedMatMul => new MatMul(QuantizedMatMulDescription.Create(step), entry, interpreter),
        OpCode.BlockedMatMul => Blocked(step, entry, interpreter),
        _ => throw new NotSupportedException($"{step.OpCode} has machine code that no test interprets."),
    };

    private static SaturatingDepthwiseKernel Saturating(StepInfo step, byte* entry, MachineInterpreter interpreter)
    {
        var d = DepthwiseDescription.Create(step);
        Kernel saturating = ((DepthwiseStep*)entry)->SaturatingWeights != 0 ? new Depthwise(d, entry, interpreter, saturates: true) : new SaturatingDepthwiseScalar(step);
        return new SaturatingDepthwiseKernel(d, SaturatingDepthwiseKernel.ZeroPoints(step), new Depthwise(d, entry, interpreter), saturating);
    }

    private sealed class Convolution(in ConvolutionDescription d, void* step, MachineInterpreter interpreter) : ConvolutionMachineCode(d, step)
    {
        protected override void Call(byte* function, TileArguments* arguments) => interpreter.Call(function, arguments, sizeof(TileArguments));
    }

    // Its transforms are intrinsics, of any instruction set.
    private sealed class Winograd(in ConvolutionDescription d, TileStep* step, MachineInterpreter interpreter, GuardedMemory guard)
        : WinogradMachineCode<WinogradTiles256<Avx2PairProducts>, Vector256<short>, Avx2Lanes, Vector256<int>, Vector256<float>>(d, step, EpilogueAvx2.For(d.Epilogue.Arithmetic))
    {
        protected override void Call(byte* function, WinogradArguments* arguments, int kind, int blocks)
        {
            // They are the kernel's own.
            guard.Add(arguments->Weights, (int)(WinogradItem.Places(kind) * (arguments->InputCount * blocks * 16 + WinogradTransform.WeightPadding)) * sizeof(short), "weights");
            interpreter.Call(function, arguments, sizeof(WinogradArguments));
            guard.RemoveLast();
        }
    }

    private sealed class MatMul(in QuantizedMatMulDescription d, void* step, MachineInterpreter interpreter) : QuantizedMatMulMachineCode<ScalarLanes, int, float>(d, step)
    {
        protected override void Call(byte* function, TileArguments* arguments) => interpreter.Call(function, arguments, sizeof(TileArguments));
    }

    private sealed class Depthwise(in DepthwiseDescription d, void* step, MachineInterpreter interpreter, bool saturates = false, bool splitsChannels = false) : DepthwiseMachineCode(d, step, saturates, splitsChannels)
    {
        protected override void Call(byte* function, DepthwiseArguments* arguments) => interpreter.Call(function, arguments, sizeof(DepthwiseArguments));
    }

    private static Kernel Blocked(StepInfo step, byte* entry, MachineInterpreter interpreter)
    {
        InterpretedTiles.Interpreter = interpreter;
        var p = step.ReadParameters<BlockedMatMulParameters>();
        var code = (BlockStrandStep*)entry;
        return p.Bits == 4 ? new BlockPanelMatMulKernel<FourBits, InterpretedTiles>(step, p, code) : new BlockPanelMatMulKernel<EightBitsOfBytes, InterpretedTiles>(step, p, code);
    }

    private readonly struct InterpretedTiles : IBlockTiles
    {
        [ThreadStatic]
        public static MachineInterpreter? Interpreter;

        public static string Name => BlockTilesNative.Name;

        public static int Rows => BlockTilesNative.Rows;

        public static void One<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights => Interpreter!.Call(run->One, run, sizeof(BlockRun));

        public static void Many<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights => Interpreter!.Call(run->Many, run, sizeof(BlockRun));
    }

    // Memory filled with a value that no code may rely on.
    private sealed class Allocations : IDisposable
    {
        private readonly List<nint> _blocks = [];

        public byte* Allocate(int bytes)
        {
            byte* block = (byte*)NativeMemory.AlignedAlloc((nuint)bytes + 1, 64);
            new Span<byte>(block, bytes).Fill(0xA5);
            _blocks.Add((nint)block);
            return block;
        }

        public void Dispose()
        {
            foreach (nint block in _blocks) NativeMemory.AlignedFree((void*)block);
        }
    }
}
