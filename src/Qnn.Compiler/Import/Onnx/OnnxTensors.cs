using System.Globalization;
using System.Runtime.InteropServices;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>Tensors of an ONNX file. Four-bit numbers are widened to eight bits.</summary>
internal static class OnnxTensors
{
    private const int Int4 = 22, UInt4 = 21, External = 1;

    /// <summary>The element type of a TensorProto.DataType, four-bit types as eight-bit ones; null for one that is not supported.</summary>
    public static ElementType? TypeOf(int dataType) => dataType switch
    {
        1 => ElementType.F32,
        2 => ElementType.U8,
        3 => ElementType.S8,
        4 => ElementType.U16,
        5 => ElementType.S16,
        6 => ElementType.S32,
        7 => ElementType.S64,
        9 => ElementType.Bool,
        10 => ElementType.F16,
        11 => ElementType.F64,
        12 => ElementType.U32,
        13 => ElementType.U64,
        UInt4 => ElementType.U8,
        Int4 => ElementType.S8,
        _ => null,
    };

    /// <summary>Whether a TensorProto.DataType has four bits.</summary>
    public static bool IsFourBit(int dataType) => dataType is Int4 or UInt4;

    /// <summary>Reads a tensor.</summary>
    /// <param name="proto">The tensor.</param>
    /// <param name="folder">The model's folder, for tensors kept in files beside it; null where there is none.</param>
    /// <exception cref="ModelException">Its data do not fit its shape, or lie outside the folder.</exception>
    public static Tensor Read(TensorProto proto, string? folder)
    {
        var element = TypeOf(proto.DataType) ?? throw new ModelException(DiagnosticCodes.UnsupportedForm, $"Tensor '{proto.Name}' has data type {proto.DataType}, which is not supported.");
        var shape = ShapeOf(proto.Dims, proto.Name);
        var type = new TensorType(element, shape);
        byte[] bytes = proto.DataLocation == External ? ReadExternal(proto, folder) : proto.RawData.Length > 0 || IsEmpty(proto) ? proto.RawData.ToByteArray() : Typed(proto, element);
        if (IsFourBit(proto.DataType) && !(proto.RawData.Length == 0 && bytes.Length == shape.ElementCount)) bytes = Widen(bytes, shape.ElementCount, proto.DataType == Int4, proto.Name);
        if (bytes.Length != type.ByteLength) throw new ModelException(DiagnosticCodes.InconsistentModel, $"Tensor '{proto.Name}' has {bytes.Length} bytes; {type} takes {type.ByteLength}.");
        return new Tensor(type, bytes);
    }

    /// <summary>A shape of extents that must all be known.</summary>
    public static Shape ShapeOf(IEnumerable<long> dims, string name)
    {
        try
        {
            return new Shape([.. dims.Select(d => checked((int)d))]);
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            throw new ModelException(DiagnosticCodes.InconsistentModel, $"Tensor '{name}': {fault.Message}");
        }
    }

    private static bool IsEmpty(TensorProto proto) =>
        proto.FloatData.Count + proto.Int32Data.Count + proto.Int64Data.Count + proto.DoubleData.Count + proto.Uint64Data.Count == 0;

    private static byte[] Typed(TensorProto proto, ElementType element) => element switch
    {
        ElementType.F32 => Bytes<float>([.. proto.FloatData]),
        ElementType.F64 => Bytes<double>([.. proto.DoubleData]),
        ElementType.S64 => Bytes<long>([.. proto.Int64Data]),
        ElementType.U64 => Bytes<ulong>([.. proto.Uint64Data]),
        ElementType.U32 => Bytes<uint>([.. proto.Uint64Data.Select(v => (uint)v)]),
        ElementType.S32 => Bytes<int>([.. proto.Int32Data]),
        ElementType.S16 or ElementType.U16 or ElementType.F16 => Bytes<ushort>([.. proto.Int32Data.Select(v => (ushort)v)]),
        _ => [.. proto.Int32Data.Select(v => (byte)v)],
    };

    private static byte[] Bytes<T>(ReadOnlySpan<T> elements) where T : unmanaged => MemoryMarshal.AsBytes(elements).ToArray();

    private static byte[] Widen(byte[] packed, int count, bool signed, string name)
    {
        if (packed.Length != (count + 1) / 2) throw new ModelException(DiagnosticCodes.InconsistentModel, $"Tensor '{name}' has {packed.Length} bytes for {count} four-bit numbers.");
        var bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            int nibble = packed[i / 2] >> (i % 2 * 4) & 15;
            bytes[i] = (byte)(signed && nibble > 7 ? nibble - 16 : nibble);
        }
        return bytes;
    }

    // A file beside the model, never one that its name leads elsewhere to.
    private static byte[] ReadExternal(TensorProto proto, string? folder)
    {
        string? Entry(string key) => proto.ExternalData.FirstOrDefault(e => e.Key == key)?.Value;
        string location = Entry("location") ?? "";
        if (folder is null) throw new ModelException(DiagnosticCodes.FileNotFound, $"Tensor '{proto.Name}' lies in the file '{location}', and the model's folder is not known.");
        string path = Path.GetFullPath(Path.Combine(folder, location));
        if (location.Length == 0 || Path.IsPathRooted(location) || !path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ModelException(DiagnosticCodes.InconsistentModel, $"Tensor '{proto.Name}' lies in '{location}', outside the model's folder.");
        }
        long offset = Number("offset", 0);
        try
        {
            using var file = File.OpenRead(path);
            long length = Number("length", file.Length - offset);
            if (offset < 0 || length < 0 || offset > file.Length || length > file.Length - offset || length > int.MaxValue) throw new ModelException(DiagnosticCodes.DamagedFile, $"Tensor '{proto.Name}' takes bytes {offset} to {offset + length} of '{location}', which has {file.Length}.");
            var bytes = new byte[length];
            file.Position = offset;
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(DiagnosticCodes.FileNotFound, $"Tensor '{proto.Name}' lies in '{location}', which cannot be read: {fault.Message}");
        }

        long Number(string key, long otherwise) => Entry(key) is not { } text ? otherwise
            : long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) ? value
            : throw new ModelException(DiagnosticCodes.InconsistentModel, $"Tensor '{proto.Name}' has the {key} '{text}'.");
    }
}
