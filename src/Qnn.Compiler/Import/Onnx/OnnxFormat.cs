using Google.Protobuf;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.Onnx.Schema;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>ONNX models (IR versions 3 to 13), answered as ONNX Runtime's CPU provider does after its optimizations.</summary>
internal sealed class OnnxFormat : ModelFormat
{
    private const int MaxNesting = 64;
    private const long OldestIr = 3, NewestIr = 13;

    public override string Name => "onnx";

    public override IReadOnlyList<string> Numerics { get; } = ["onnxruntime"];

    public override bool Matches(string path, ReadOnlySpan<byte> head) => Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    public override ImportedModel Import(ReadOnlyMemory<byte> bytes, ImportOptions options, CancellationToken cancellation)
    {
        string numerics = ResolveNumerics(options.Numerics);
        var model = Parse(bytes);
        if (model.IrVersion is < OldestIr or > NewestIr) throw new ModelException(DiagnosticCodes.UnsupportedVersion, $"The model has IR version {model.IrVersion}; {OldestIr} to {NewestIr} are supported. Export it again with a current version of the onnx package.");
        string? folder = options.ModelPath is { } path ? Path.GetDirectoryName(Path.GetFullPath(path)) : null;
        return new ImportedModel
        {
            Graph = OnnxImporter.Import(model, options.Name, options.InputShapes, folder, cancellation),
            Numerics = numerics,
            Description = model.DocString,
        };
    }

    private static ModelProto Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            var model = ModelProto.Parser.ParseFrom(CodedInputStream.CreateWithLimits(stream, int.MaxValue, MaxNesting));
            return model.Graph is null ? throw new ModelException(DiagnosticCodes.DamagedFile, "The file holds no graph. It may be truncated, or no ONNX model.") : model;
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new ModelException(DiagnosticCodes.DamagedFile, $"The file is no valid ONNX model: {fault.Message} Check that the download is complete.");
        }
    }
}
