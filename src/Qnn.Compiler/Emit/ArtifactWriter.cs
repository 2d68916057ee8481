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

    /// <summary>Writes an artifact.</summary>
    public static byte[] Write(LoweredProgram program, ArtifactMetadata metadata, CompiledCode? code = null)
    {
        long constantBytes = PlaceConstants(program);
        // The sections' places depend on the table's size and stand in the table: fields of fixed size, so a second pass with the right values has the same length.
        byte[] table = WriteTable(program, metadata, 0, constantBytes, code);
        long constantsOffset = Align(table.Length);
        table = WriteTable(program, metadata, constantsOffset, constantBytes, code);

        var artifact = new byte[checked(Align(constantsOffset + constantBytes) + (code?.Bytes.Length ?? 0) + Checksum.Length)];
        code?.Bytes.CopyTo(artifact, Align(constantsOffset + constantBytes));
        table.CopyTo(artifact, 0);
        foreach (var tensor in program.Tensors)
        {
            if (tensor.Storage == Storage.Constant) tensor.Data!.Value.Span.CopyTo(artifact.AsSpan((int)(constantsOffset + tensor.Offset)));
        }
        BinaryPrimitives.WriteUInt64LittleEndian(artifact.AsSpan(artifact.Length - Checksum.Length), Sum(artifact.AsSpan(0, artifact.Length - Checksum.Length)));
        return artifact;
    }

    private static unsafe ulong Sum(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes) return Checksum.Compute(p, bytes.Length);
    }

    private static long PlaceConstants(LoweredProgram program)
    {
        long offset = 0;
        foreach (var tensor in program.Tensors)
        {
            if (tensor.Storage != Storage.Constant) continue;
            tensor.Offset = offset;
            offset = Align(offset + tensor.Type.ByteLength);
        }
        return offset;
    }

    private static byte[] WriteTable(LoweredProgram program, ArtifactMetadata metadata, long constantsOffset, long constantBytes, CompiledCode? code)
    {
        var b = new FlatBufferBuilder(4096) { ForceDefaults = true };
        var tensors = program.Tensors.Select(t => WriteTensor(b, t)).ToArray();
        var steps = program.Steps.Select(s => WriteStep(b, s)).ToArray();
        var inputs = program.Inputs.Select((p, i) => WritePort(b, p, metadata.InputDescriptions.ElementAtOrDefault(i))).ToArray();
        var outputs = program.Outputs.Select((p, i) => WritePort(b, p, metadata.OutputDescriptions.ElementAtOrDefault(i))).ToArray();
        var images = metadata.Images.Select(i => ImageInput.CreateImageInput(
            b, i.Input, ImageInput.CreateMeanVector(b, [.. i.Mean]), ImageInput.CreateStdVector(b, [.. i.Std]), i.ColorOrder, i.Resize)).ToArray();
        var root = Model.CreateModel(
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
            Model.CreateMachineCodeVector(b, code is null ? [] : [WriteCode(b, code, Align(constantsOffset + constantBytes))]),
            (ulong)program.MultiplyAdds,
            (ulong)constantsOffset,
            (ulong)constantBytes);
        Model.FinishSizePrefixedModelBuffer(b, root);
        return b.SizedByteArray();
    }

    private static Offset<CodeTable> WriteCode(FlatBufferBuilder b, CompiledCode code, long offset) =>
        CodeTable.CreateMachineCode(b, b.CreateString(code.Target), (ulong)code.Features, (ulong)offset, (ulong)code.Bytes.Length, CodeTable.CreateEntriesVector(b, code.Entries));

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
        Port.CreatePort(b, b.CreateString(port.Name), port.Tensor, b.CreateString(description ?? ""));

    private static long Align(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
