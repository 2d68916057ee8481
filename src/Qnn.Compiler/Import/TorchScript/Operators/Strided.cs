using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>A tensor's memory, seen by strides of the caller's own.</summary>
internal static class Strided
{
    private const long MostElements = 1 << 24;

    /// <summary>(data, extents, strides, first): the element at i, j, ... is that of the data's memory at first + i * strides[0] + j * strides[1] + ...; it begins where the data does unless said.</summary>
    [TorchOperator("aten::as_strided")]
    public static object? AsStrided(TorchCall call)
    {
        var data = call.Tensor(0);
        int[] extents = call.Ints(1, "size"), strides = call.Ints(2, "stride");
        var (memory, begin, _) = call.Formats.Stored(data);
        var shape = call.ShapeOf(extents);
        long first = call.Long(3, "storage_offset", begin);
        if (strides.Length != extents.Length || strides.Any(s => s < 0) || first < 0) throw call.Malformed($"has {extents.Length} extents and {strides.Length} strides");
        if (shape.ElementCount > MostElements || data.Type.Quantization is { IsPerChannel: true }) throw call.Unsupported($"it sees {data.Type} as {shape}");
        long[] places = [first];
        for (int a = 0; a < extents.Length; a++) places = [.. places.SelectMany(p => Enumerable.Range(0, extents[a]).Select(i => p + (long)i * strides[a]))];
        int count = memory.Type.Shape.ElementCount;
        if (places.Any(p => p >= count)) throw call.Malformed($"goes beyond the {count} elements of its memory");
        var line = call.Reshape(call.Permute(memory, call.Formats.Order(memory)), count);
        var seen = call.EmitQuantized(new Gather(0), data.Type.Quantization, line, TorchCall.Constant(Tensor.Of<long>(shape, places)));
        call.Formats.Strided(seen, memory, first, [.. strides.Select(s => (long)s)]);
        return seen;
    }
}
