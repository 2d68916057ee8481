using System.Runtime.InteropServices;
using Qnn.Compiler;
using Qnn.Runtime.Artifact;
using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels;
using Qnn.Testing;

namespace Qnn.Runtime.Tests.Execution;

/// <summary>What kernels say of the memory that items read and write, held against what they do: threads go by it.</summary>
public sealed unsafe class RegionTests
{
    private const int Slack = 64, Parts = 3;
    private const byte Untouched = 0xA5;

    public static TheoryData<string, string, KernelTier> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, KernelTier>();
            string[] shared = ["mobilenet_v2_1.0_224_quant", "tf2_mobilenet_v2_1.0_224_ptq", "mlperftiny_vww_96_int8", "mlperftiny_kws_ref_model", "movenet_single_pose_lightning_ptq"];
            foreach (var tier in Enum.GetValues<KernelTier>().Where(KernelTiers.IsSupported))
            {
                foreach (string name in shared) cases.Add("tflite", name, tier);
                foreach (string name in TestModels.OwnNames("onnx")) cases.Add("onnx", name, tier);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ItemsTouchNothingElse(string format, string name, KernelTier tier)
    {
        Assert.SkipWhen(format != "onnx" && TestModels.Root is null, TestModels.MissingReason);
        var test = TestModels.Open(format, name);
        var result = ModelCompiler.Compile(new CompileOptions { ModelPath = test.ModelPath, Params = test.ParamsPath, InputShapes = test.InputShapes });
        Assert.True(result.Success, string.Join("; ", result.Diagnostics));
        using var source = ArtifactSource.Pin(result.Model!.Artifact);
        var program = ArtifactReader.Read(source).CreateProgram(tier, trusted: true);
        using var memory = new Memory(program);
        for (int i = 0; i < program.Steps.Length; i++)
        {
            var (step, kernel) = (program.Steps[i], program.Kernels[i]);
            byte* scratch = memory.Scratch(kernel.ScratchBytes);
            // Steps that change variables are not run twice; an input that is an output too is not either.
            bool runsOnce = kernel.WorkItems == 0 || step.Inputs.Any(t => t is { Storage: Storage.State }) || step.Outputs.Any(o => step.Inputs.Any(t => t == o));
            kernel.Run(memory.Context, 0, kernel.WorkItems, scratch);
            if (!runsOnce) Check(step, kernel, memory, scratch);
        }
    }

    private static void Check(StepInfo step, Kernel kernel, Memory memory, byte* scratch)
    {
        byte[][] expected = [.. step.Outputs.Select(memory.Copy)];
        var inputs = step.Inputs.OfType<TensorInfo>().Where(t => !t.IsConstant).Distinct().ToArray();
        byte[][] originals = [.. inputs.Select(memory.Copy)];
        foreach (var output in step.Outputs) memory.Bytes(output).Fill(Untouched);
        for (int part = 0; part < Parts; part++)
        {
            int begin = kernel.PartBegin(part, Parts), end = kernel.PartBegin(part + 1, Parts);
            if (begin == end) continue;
            for (int k = 0; k < inputs.Length; k++) Copy(originals[k], memory.Bytes(inputs[k]), kernel.Reads(inputs[k], begin, end), outside: 0x5A);
            byte[][] before = [.. step.Outputs.Select(memory.Copy)];
            kernel.Run(memory.Context, begin, end, scratch);
            for (int k = 0; k < before.Length; k++)
            {
                var region = kernel.Writes(step.Outputs[k], begin, end);
                Copy(memory.Bytes(step.Outputs[k]), before[k], region);
                Assert.True(memory.Bytes(step.Outputs[k]).SequenceEqual(before[k]), $"{kernel.Name} of {step.Name} writes outside {region} by items {begin} to {end} of {kernel.WorkItems}.");
            }
        }
        for (int k = 0; k < expected.Length; k++) Assert.True(memory.Bytes(step.Outputs[k]).SequenceEqual(expected[k]), $"{kernel.Name} of {step.Name} reads more than it says, or leaves something out.");
        for (int k = 0; k < inputs.Length; k++) originals[k].CopyTo(memory.Bytes(inputs[k]));
    }

    // Copies a region; what is outside becomes the source's bytes with some bits flipped, or where none are given stays.
    private static void Copy(ReadOnlySpan<byte> from, Span<byte> to, Region region, byte outside = 0)
    {
        for (int i = 0; i < to.Length; i++)
        {
            bool inside = i >= region.Begin && i < region.End && (region.Pitch == 0 || (i % region.Pitch >= region.ColumnBegin && i % region.Pitch < region.ColumnEnd));
            if (inside) to[i] = from[i];
            else if (outside != 0) to[i] = (byte)(from[i] ^ outside);
        }
    }

    // Each tensor by itself, inputs filled with noise.
    private sealed class Memory : IDisposable
    {
        private readonly List<nint> _blocks = [];
        private readonly byte** _tensors;

        public Memory(Program program)
        {
            _tensors = (byte**)Allocate(program.Tensors.Length * sizeof(byte*));
            var random = new Random(1);
            foreach (var tensor in program.Tensors)
            {
                _tensors[tensor.Index] = tensor.IsConstant ? tensor.Constant : Allocate((int)tensor.ByteLength + Slack);
                if (tensor.IsConstant) continue;
                if (tensor.Type == ElementType.F32) foreach (ref float x in MemoryMarshal.Cast<byte, float>(Bytes(tensor))) x = random.NextSingle();
                else if (tensor.Type.Size() == 1) random.NextBytes(Bytes(tensor));
                else Bytes(tensor).Clear();
            }
        }

        public KernelContext Context => new(_tensors);

        public Span<byte> Bytes(TensorInfo tensor) => new(_tensors[tensor.Index], (int)tensor.ByteLength);

        public byte[] Copy(TensorInfo tensor) => Bytes(tensor).ToArray();

        public byte* Scratch(nint bytes) => Allocate((int)bytes);

        public void Dispose()
        {
            foreach (nint block in _blocks) NativeMemory.AlignedFree((void*)block);
        }

        private byte* Allocate(int bytes)
        {
            void* block = NativeMemory.AlignedAlloc((nuint)bytes + Slack, 64);
            _blocks.Add((nint)block);
            return (byte*)block;
        }
    }
}
