using System.Buffers.Binary;
using Google.FlatBuffers;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.MachineCode;
using Qnn.Runtime.Artifact;
using Qnn.Runtime.Artifact.Format;
using CodeTable = Qnn.Runtime.Artifact.Format.MachineCode;

namespace Qnn.Compiler.Emit;

/// <summary>Program to .qnnc bytes. The same program and metadata give the same bytes.</summary>
internal static class ArtifactWriter
{
    private const int Alignment = 64;

    /// <summary>Writes an artifact of one program.</summary>
    public static byte[] Write(LoweredProgram program, ArtifactMetadata metadata, CompiledCode? code = null) => Write([program], metadata, [code]);

    /// <summary>Writes an artifact.</summary>
    /// <param name="programs">The model for each set of input shapes. Constants that are equal are stored once.</param>
    /// <param name="metadata">What else it says.</param>
    /// <param name="codes">Each program's machine code, or null.</param>
    public static byte[] Write(IReadOnlyList<LoweredProgram> programs, ArtifactMetadata metadata, IReadOnlyList<CompiledCode?> codes)
    {
        long constantBytes = PlaceConstants(programs);
        // The sections' places depend on the table's size and stand in the table: fields of fixed size, so a second pass with the right values has the same length.
        byte[] table = WriteTable(programs, metadata, codes, 0, constantBytes);
        long constantsOffset = Align(table.Length);
        table = WriteTable(programs, metadata, codes, constantsOffset, constantBytes);

        long end = Align(constantsOffset + constantBytes);
        byte[][] sections = Sections(codes);
        var artifact = new byte[checked(end + sections.Sum(section => Align(section.Length)) + Checksum.Length)];
        foreach (byte[] section in sections)
        {
            section.CopyTo(artifact, end);
            end += Align(section.Length);
        }
        table.CopyTo(artifact, 0);
        foreach (var tensor in programs.SelectMany(program => program.Tensors))
        {
            if (tensor.Storage == Storage.Constant) tensor.Data!.Value.Span.CopyTo(artifact.AsSpan((int)(constantsOffset + tensor.Offset)));
        }
        BinaryPrimitives.WriteUInt64LittleEndian(artifact.AsSpan(artifact.Length - Checksum.Length), Sum(artifact.AsSpan(0, artifact.Length - Checksum.Length)));
        return artifact;
    }

    // Programs may share one.
    private static byte[][] Sections(IReadOnlyList<CompiledCode?> codes) => [.. codes.OfType<CompiledCode>().Select(code => code.Bytes).Distinct()];

    private static unsafe ulong Sum(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes) return Checksum.Compute(p, bytes.Length);
    }

    private static long PlaceConstants(IReadOnlyList<LoweredProgram> programs)
    {
        long offset = 0;
        var places = new Dictionary<Contents, long>();
        foreach (var tensor in programs.SelectMany(program => program.Tensors))
        {
            if (tensor.Storage != Storage.Constant) continue;
            if (programs.Count > 1 && !places.TryAdd(new Contents(tensor.Data!.Value), offset))
            {
                tensor.Offset = places[new Contents(tensor.Data.Value)];
                continue;
            }
            tensor.Offset = offset;
            offset = Align(offset + tensor.Type.ByteLength);
        }
        return offset;
    }

    // Bytes, equal by what they are.
    private readonly record struct Contents(ReadOnlyMemory<byte> Bytes)
    {
        public bool Equals(Contents other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.AddBytes(Bytes.Span);
            return hash.ToHashCode();
        }
    }

    private static byte[] WriteTable(IReadOnlyList<LoweredProgram> programs, ArtifactMetadata metadata, IReadOnlyList<CompiledCode?> codes, long constantsOffset, long constantBytes)
    {
        var b = new FlatBufferBuilder(4096) { ForceDefaults = true };
        var offsets = new Dictionary<byte[], long>();
        long end = Align(constantsOffset + constantBytes);
        foreach (byte[] section in Sections(codes))
        {
            offsets.Add(section, end);
            end += Align(section.Length);
        }
        long CodeOffset(int program) => codes[program] is { } code ? offsets[code.Bytes] : 0;
        var alternatives = new Offset<Model>[programs.Count - 1];
        for (int i = 0; i < alternatives.Length; i++)
        {
            alternatives[i] = WriteModel(b, programs[i + 1], metadata, codes[i + 1], CodeOffset(i + 1), constantsOffset, constantBytes, []);
        }
        Model.FinishSizePrefixedModelBuffer(b, WriteModel(b, programs[0], metadata, codes[0], CodeOffset(0), constantsOffset, constantBytes, alternatives));
        return b.SizedByteArray();
    }

    private static Offset<Model> WriteModel(
        FlatBufferBuilder b, LoweredProgram program, ArtifactMetadata metadata, CompiledCode? code, long codeOffset, long constantsOffset, long constantBytes, Offset<Model>[] alternatives)
    {
        var tensors = program.Tensors.Select(t => WriteTensor(b, t)).ToArray();
        var steps = program.Steps.Select(s => WriteStep(b, s)).ToArray();
        var inputs = program.Inputs.Select((p, i) => WritePort(b, p, metadata.InputDescriptions.ElementAtOrDefault(i))).ToArray();
        var outputs = program.Outputs.Select((p, i) => WritePort(b, p, metadata.OutputDescriptions.ElementAtOrDefault(i))).ToArray();
        var images = metadata.Images.Select(i => ImageInput.CreateImageInput(
            b, i.Input, ImageInput.CreateMeanVector(b, [.. i.Mean]), ImageInput.CreateStdVector(b, [.. i.Std]), i.ColorOrder, i.Resize)).ToArray();
        return Model.CreateModel(
            b,
            ArtifactReader.SchemaVersion,
            b.CreateString("Qnn.Compiler"),
            b.CreateString(program.Name),
            Model.CreateSourceHashVector(b, metadata.SourceHash.ToArray()),
            b.CreateString(metadata.SourceFormat),
            b.CreateString(metadata.Numerics),
            b.CreateString(metadata.Description),
            Model.CreateInputsVector(b, inputs),
            Model.CreateOutputsVector(b, outputs),
            Model.CreateTensorsVector(b, tensors),
            Model.CreateStepsVector(b, steps),
            (ulong)program.ArenaBytes,
            (ulong)program.StateBytes,
            Model.CreateLabelsVector(b, [.. metadata.Labels.Select(l => b.CreateString(l))]),
            Model.CreateImagesVector(b, images),
            Model.CreateMachineCodeVector(b, [.. code?.Variants.Select(variant => WriteCode(b, code, variant, codeOffset)) ?? []]),
            (ulong)program.MultiplyAdds,
            (ulong)constantsOffset,
            (ulong)constantBytes,
            Model.CreateAlternativesVector(b, alternatives));
    }

    // The variants of a program's code lie in one section.
    private static Offset<CodeTable> WriteCode(FlatBufferBuilder b, CompiledCode code, CodeVariant variant, long offset) => CodeTable.CreateMachineCode(
        b, b.CreateString(variant.Target), (ulong)variant.Features, (ulong)offset, (ulong)code.Bytes.Length, CodeTable.CreateEntriesVector(b, variant.Entries));

    private static Offset<Tensor> WriteTensor(FlatBufferBuilder b, LoweredTensor tensor)
    {
        var name = b.CreateString(tensor.Name);
        var shape = Tensor.CreateShapeVector(b, tensor.Type.Shape.ToArray());
        var quantization = tensor.Type.Quantization is { } q
            ? Quantization.CreateQuantization(b, Quantization.CreateScalesVector(b, [.. q.Scales]), Quantization.CreateZeroPointsVector(b, [.. q.ZeroPoints]), q.Axis)
            : default;
        return Tensor.CreateTensor(b, name, (byte)tensor.Type.Element, shape, quantization, tensor.Storage, (ulong)tensor.Offset, (ulong)tensor.Type.ByteLength, tensor.Initial);
    }

    private static Offset<Step> WriteStep(FlatBufferBuilder b, LoweredStep step) => Step.CreateStep(
        b,
        (ushort)step.OpCode,
        b.CreateString(step.Name),
        Step.CreateInputsVector(b, [.. step.Inputs]),
        Step.CreateOutputsVector(b, [.. step.Outputs]),
        Step.CreateParametersVector(b, step.Parameters),
        (ulong)step.MultiplyAdds);

    private static Offset<Port> WritePort(FlatBufferBuilder b, LoweredPort port, string? description) =>
        Port.CreatePort(b, b.CreateString(port.Name), port.Tensor, b.CreateString(description ?? ""), port.Count, port.VaryingAxis);

    private static long Align(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
