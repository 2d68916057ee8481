using System.Buffers.Binary;
using System.Text;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>A .params file: named arrays in MXNet's NDArray format, versions 0 to 3. Nothing is read outside the bytes, whatever they say.</summary>
internal sealed class NdArrayFile
{
    private const ulong ListMagic = 0x112;
    private const uint V1 = 0xF993FAC8, V2 = 0xF993FAC9, V3 = 0xF993FACA;

    private readonly ReadOnlyMemory<byte> _bytes;
    private int _at;

    private NdArrayFile(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>Reads all dense arrays, by name without <c>arg:</c> and <c>aux:</c>.</summary>
    /// <exception cref="ModelException">The file is damaged, or has arrays that are not supported.</exception>
    public static Dictionary<string, Tensor> Read(ReadOnlyMemory<byte> bytes) => new NdArrayFile(bytes).Run();

    private Dictionary<string, Tensor> Run()
    {
        if (U64() != ListMagic) throw Damaged("does not begin as a list of arrays");
        U64();
        ulong count = U64();
        // An array takes four bytes at least.
        if (count > (ulong)_bytes.Length / 4) throw Damaged("claims more arrays than it has bytes for");
        var arrays = new Tensor?[(int)count];
        for (int i = 0; i < arrays.Length; i++) arrays[i] = Array(i);
        ulong names = U64();
        if (names != count) throw Damaged($"has {names} names for {count} arrays");
        var result = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var array in arrays)
        {
            ulong length = U64();
            if (length > 4096) throw Damaged("has a name that is too long");
            string name = Encoding.UTF8.GetString(Take((long)length));
            if (name.StartsWith("arg:", StringComparison.Ordinal) || name.StartsWith("aux:", StringComparison.Ordinal)) name = name[4..];
            if (array is not null) result[name] = array;
        }
        return result;
    }

    private Tensor? Array(int index)
    {
        uint magic = U32();
        int storage = magic is V2 or V3 ? (int)U32() : 0;
        if (storage != 0) throw new ModelException(DiagnosticCodes.UnsupportedForm, $"Array {index} of the params file is sparse, which is not supported. Save it densely.");
        int rank = magic is V1 or V2 or V3 ? (int)U32() : (int)magic;
        if (rank == -1 || rank == 0 && magic != V3) return null;
        if (rank is < 0 or > 8) throw Damaged($"has an array of rank {rank}");
        var extents = new int[rank];
        long elements = 1;
        for (int axis = 0; axis < rank; axis++)
        {
            long extent = magic is V1 or V2 or V3 ? (long)U64() : U32();
            if (extent < 0 || extent > _bytes.Length) throw Damaged($"has an array with an extent of {extent}");
            extents[axis] = (int)extent;
            elements *= extent;
            if (elements > _bytes.Length) throw Damaged("is too short for its arrays");
        }
        U64();
        var element = MxNetTypes.Element((int)U32()) ?? throw new ModelException(DiagnosticCodes.UnsupportedForm, $"Array {index} of the params file has an element type that is not supported.");
        var type = new TensorType(element, new Shape(extents));
        return new Tensor(type, Slice(type.ByteLength));
    }

    private ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    private uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private ReadOnlySpan<byte> Take(long count) => Slice(count).Span;

    private ReadOnlyMemory<byte> Slice(long count)
    {
        if (count > _bytes.Length - _at) throw Damaged("ends early");
        var result = _bytes.Slice(_at, (int)count);
        _at += (int)count;
        return result;
    }

    private static ModelException Damaged(string what) => new(DiagnosticCodes.DamagedFile, $"The params file {what}. Check that the download is complete.");
}

/// <summary>MXNet's type flags.</summary>
internal static class MxNetTypes
{
    /// <summary>The element type of a flag; null for bfloat16 and unknown ones.</summary>
    public static ElementType? Element(int flag) => flag switch
    {
        0 => ElementType.F32,
        1 => ElementType.F64,
        2 => ElementType.F16,
        3 => ElementType.U8,
        4 => ElementType.S32,
        5 => ElementType.S8,
        6 => ElementType.S64,
        7 => ElementType.Bool,
        8 => ElementType.S16,
        9 => ElementType.U16,
        10 => ElementType.U32,
        11 => ElementType.U64,
        _ => null,
    };
}
