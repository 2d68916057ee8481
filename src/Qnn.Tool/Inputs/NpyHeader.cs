using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Qnn.Runtime;

namespace Qnn.Tool.Inputs;

/// <summary>
/// The head of a .npy file, versions 1 to 3: <c>\x93NUMPY</c>, two version bytes, a 2- or 4-byte length, and a Python dictionary with
/// <c>descr</c>, <c>fortran_order</c> and <c>shape</c>. The elements follow.
/// </summary>
internal sealed partial record NpyHeader(string Descr, bool FortranOrder, int[] Shape)
{
    private const int MaxLength = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the head and leaves the stream at the first element; null, with the stream at its start, when this is no .npy file.</summary>
    public static NpyHeader? TryRead(Stream file, string path)
    {
        Span<byte> start = stackalloc byte[12];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < start.Length || !start[..6].SequenceEqual(Magic))
        {
            file.Position = 0;
            return null;
        }
        bool isLong = start[6] >= 2;
        long length = isLong ? BinaryPrimitives.ReadUInt32LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        file.Position = isLong ? 12 : 10;
        if (start[6] is < 1 or > 3 || length > MaxLength || length > file.Length - file.Position) throw TensorFile.Mismatch(path, "its .npy header is damaged or of an unknown version");
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        string text = Encoding.UTF8.GetString(bytes);
        var match = Fields().Match(text);
        var order = FortranField().Match(text);
        var shape = ShapeField().Match(text);
        if (!match.Success || !order.Success || !shape.Success) throw TensorFile.Mismatch(path, "its .npy header is not understood; structured arrays are not supported");
        var extents = new List<int>();
        foreach (string extent in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(extent, NumberStyles.None, CultureInfo.InvariantCulture, out int value)) throw TensorFile.Mismatch(path, $"its .npy shape has the extent '{extent}'");
            extents.Add(value);
        }
        return new NpyHeader(match.Groups[1].Value, order.Groups[1].Value == "True", [.. extents]);
    }

    /// <summary>Rejects an array of another type, order or shape. Extents of 1 may be left out or added.</summary>
    public void Check(TensorDescription tensor, string path)
    {
        if (!Descriptors(tensor.Type).Contains(Descr)) throw TensorFile.Mismatch(path, $"its elements are '{Descr}'; input '{tensor.Name}' takes {tensor.Type.Name()}");
        if (FortranOrder && Shape.Count(e => e > 1) > 1) throw TensorFile.Mismatch(path, "it is in Fortran order; save it with numpy.ascontiguousarray");
        if (!Shape.Where(e => e != 1).SequenceEqual(tensor.Shape.Where(e => e != 1)))
        {
            throw TensorFile.Mismatch(path, $"its shape is {string.Join('x', Shape)}; input '{tensor.Name}' takes {string.Join('x', tensor.Shape)}");
        }
    }

    private static string[] Descriptors(ElementType type) => type switch
    {
        ElementType.U8 => ["|u1", "<u1", "u1"],
        ElementType.S8 => ["|i1", "<i1", "i1"],
        ElementType.Bool => ["|b1", "?"],
        ElementType.U16 => ["<u2"],
        ElementType.S16 => ["<i2"],
        ElementType.U32 => ["<u4"],
        ElementType.S32 => ["<i4"],
        ElementType.U64 => ["<u8"],
        ElementType.S64 => ["<i8"],
        ElementType.F16 => ["<f2"],
        ElementType.F32 => ["<f4"],
        ElementType.F64 => ["<f8"],
        _ => [],
    };

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]*)['"]""")]
    private static partial Regex Fields();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex FortranField();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex ShapeField();
}
