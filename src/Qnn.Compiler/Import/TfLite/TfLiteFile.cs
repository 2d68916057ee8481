using System.Runtime.InteropServices;
using Google.FlatBuffers;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite.Metadata;
using Qnn.Runtime.Artifact;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>
/// A .tflite file, opened and checked: what the importers build on. After <see cref="Open"/> every index, offset and size that
/// the objects here hand out lies in its bounds, constants have as many bytes as their shape takes, and each operator comes
/// behind the ones whose results it takes. Whether an operator has the operands that it needs is for its importer to check.
/// Nothing is copied that is large: constants are slices of the file's bytes.
/// </summary>
/// <remarks>Anything wrong is a <see cref="ModelException"/>. Time and memory are linear in the size of the file.</remarks>
internal sealed class TfLiteFile
{
    /// <summary>Bytes 4 to 7 of every file of the format.</summary>
    public const string Identifier = "TFL3";

    private const int FormatVersion = 3;

    private readonly Schema.Model _model;
    private readonly ReadOnlyMemory<byte>[] _buffers;

    private TfLiteFile(ReadOnlyMemory<byte> bytes, Schema.Model model)
    {
        (Bytes, _model) = (bytes, model);
        Budget = new(bytes.Length);
        if (model.Version != FormatVersion)
            throw new ModelException(DiagnosticCodes.UnsupportedVersion, $"The file has TFLite format version {model.Version}; only version {FormatVersion} is supported. Convert the model anew.");
        Description = TfLiteText.Decode(model.GetDescriptionBytes(), Budget);
        _buffers = new ReadOnlyMemory<byte>[model.BuffersLength];
        for (int i = 0; i < _buffers.Length; i++) _buffers[i] = ReadBuffer(i, model.Buffers(i)!.Value);
        OperatorCodes = ReadOperatorCodes();
        if (model.SubgraphsLength == 0) throw TfLiteFault.Inconsistent("The model has no subgraph.");
        var subgraphs = new TfLiteSubgraph[model.SubgraphsLength];
        for (int i = 0; i < subgraphs.Length; i++) subgraphs[i] = new TfLiteSubgraph(this, i, model.Subgraphs(i)!.Value);
        Subgraphs = subgraphs;
        Signatures = ReadSignatures();
        MinRuntimeVersion = FindMetadata("min_runtime_version") is { } version ? TfLiteText.Decode(version, Budget) : null;
    }

    /// <summary>The file's bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The model's description, as converters write it: <c>MLIR Converted.</c></summary>
    public string Description { get; }

    /// <summary>The subgraphs; at least one.</summary>
    public IReadOnlyList<TfLiteSubgraph> Subgraphs { get; }

    /// <summary>The subgraph that runs: the first.</summary>
    public TfLiteSubgraph Main => Subgraphs[0];

    /// <summary>The signatures: names under which a program knows a subgraph's inputs and outputs. Often none.</summary>
    public IReadOnlyList<TfLiteSignature> Signatures { get; }

    /// <summary>The oldest TFLite runtime that runs the model, as its converter says: <c>1.14.0</c>.</summary>
    public string? MinRuntimeVersion { get; }

    /// <summary>Bounds what reading the file may take.</summary>
    internal TfLiteReadBudget Budget { get; }

    internal (Schema.BuiltinOperator Code, string Name, int Version)[] OperatorCodes { get; }

    /// <summary>Whether bytes begin like a .tflite file. Eight are enough.</summary>
    public static bool IsTfLite(ReadOnlySpan<byte> bytes) => FlatBufferVerifier.HasIdentifier(bytes, Identifier);

    /// <summary>Opens and checks a file's bytes, which must not change from then on.</summary>
    /// <exception cref="ModelException">The file is none of the format, damaged, of another version, or contradicts itself.</exception>
    public static TfLiteFile Open(ReadOnlyMemory<byte> bytes)
    {
        if (!IsTfLite(bytes.Span))
            throw new ModelException(DiagnosticCodes.UnknownFormat, bytes.Length < 8 ? $"The file has only {bytes.Length} bytes; it is not a TFLite model." : $"The file is not a TFLite model: it has no '{Identifier}' at byte 4.");
        // The library reads from whole arrays only.
        if (!MemoryMarshal.TryGetArray(bytes, out var array) || array.Offset != 0 || array.Count != array.Array!.Length) array = bytes.ToArray();

        // A table takes at least the four bytes of the offset to it, unless lists are shared, which converters do not do.
        var verifier = new FlatBufferVerifier(bytes, maxTables: Math.Max(1024, bytes.Length / 4), checkAlignment: false);
        if (!verifier.VerifyBuffer(Identifier, Schema.ModelVerify.Verify)) throw TfLiteFault.Damaged($"The file is damaged or cut off: {verifier.Fault}.");
        return new(array.Array, Schema.Model.GetRootAsModel(new ByteBuffer(array.Array)));
    }

    /// <summary>What the model's author says about inputs and outputs, and the label files; null where the file has none.</summary>
    /// <exception cref="ModelException">The metadata or the archive behind the model is damaged.</exception>
    public TfLiteMetadata? ReadMetadata() => FindMetadata("TFLITE_METADATA") is { } buffer ? TfLiteMetadata.Read(this, buffer) : null;

    /// <summary>A named buffer of the file; null where it has none of this name.</summary>
    public ReadOnlyMemory<byte>? FindMetadata(string name)
    {
        for (int i = 0; i < _model.MetadataLength; i++)
        {
            var entry = _model.Metadata(i)!.Value;
            if (entry.GetNameBytes() is { } text && text.Count == name.Length && TfLiteText.Decode(text, Budget) == name) return Buffer(entry.Buffer, $"metadata '{name}'");
        }
        return null;
    }

    /// <summary>A buffer by its index; <paramref name="user"/> says who asks, for the error.</summary>
    internal ReadOnlyMemory<byte> Buffer(uint index, string user) =>
        index < _buffers.Length ? _buffers[index] : throw TfLiteFault.Inconsistent($"The {user} takes buffer {index}, but the file has {_buffers.Length}.");

    /// <summary>Bytes at a place in the file outside the FlatBuffer, as files over 2 GB have them.</summary>
    internal ReadOnlyMemory<byte> Slice(ulong offset, ulong size, string user)
    {
        if (offset > (ulong)Bytes.Length || size > (ulong)Bytes.Length - offset)
            throw TfLiteFault.Damaged($"The file is damaged or cut off: the {user} is said to lie at bytes {offset} to {(UInt128)offset + size}, but the file ends at {Bytes.Length}.");
        return Bytes.Slice((int)offset, (int)size);
    }

    private ReadOnlyMemory<byte> ReadBuffer(int index, Schema.Buffer buffer)
    {
        // An offset of 0 or 1 stands for "not used".
        if (buffer.Offset > 1) return Slice(buffer.Offset, buffer.Size, $"buffer {index}");
        return buffer.GetDataBytes() ?? ReadOnlyMemory<byte>.Empty;
    }

    private (Schema.BuiltinOperator, string, int)[] ReadOperatorCodes()
    {
        var codes = new (Schema.BuiltinOperator, string, int)[_model.OperatorCodesLength];
        for (int i = 0; i < codes.Length; i++)
        {
            var entry = _model.OperatorCodes(i)!.Value;
            // Old files have only the one, new files both while the code fits a byte; the larger is the right one.
            var code = (Schema.BuiltinOperator)Math.Max(entry.DeprecatedBuiltinCode, (int)entry.BuiltinCode);
            string name = code == Schema.BuiltinOperator.CUSTOM ? TfLiteText.DecodeName(entry.GetCustomCodeBytes(), Budget)
                : Enum.IsDefined(code) ? code.ToString()
                : $"operator {(int)code}";
            codes[i] = (code, name, entry.Version);
        }
        return codes;
    }

    private TfLiteSignature[] ReadSignatures()
    {
        var signatures = new TfLiteSignature[_model.SignatureDefsLength];
        for (int i = 0; i < signatures.Length; i++)
        {
            var entry = _model.SignatureDefs(i)!.Value;
            string key = TfLiteText.DecodeName(entry.GetSignatureKeyBytes(), Budget);
            if (entry.SubgraphIndex >= Subgraphs.Count) throw TfLiteFault.Inconsistent($"Signature '{key}' names subgraph {entry.SubgraphIndex}, but the model has {Subgraphs.Count}.");
            var subgraph = Subgraphs[(int)entry.SubgraphIndex];
            signatures[i] = new(key, subgraph, Names(entry.InputsLength, entry.Inputs), Names(entry.OutputsLength, entry.Outputs));

            (string, TfLiteTensor)[] Names(int count, Func<int, Schema.TensorMap?> at)
            {
                Budget.Charge(count);
                var names = new (string, TfLiteTensor)[count];
                for (int j = 0; j < count; j++)
                {
                    var map = at(j)!.Value;
                    if (map.TensorIndex >= subgraph.Tensors.Count) throw TfLiteFault.Inconsistent($"Signature '{key}' names tensor {map.TensorIndex}, but subgraph {subgraph.Index} has {subgraph.Tensors.Count}.");
                    names[j] = (TfLiteText.DecodeName(map.GetNameBytes(), Budget), subgraph.Tensors[(int)map.TensorIndex]);
                }
                return names;
            }
        }
        return signatures;
    }
}
