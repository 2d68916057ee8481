using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// Sequences of different lengths, which PyTorch packs step by step without the padding. Here they keep it: [T, B, F], zeros behind each sequence's end, and the lengths s64[B].
/// A scale that is chosen at run time comes out the same, as its range always holds 0.
/// </summary>
/// <param name="Padded">The sequences.</param>
/// <param name="Lengths">Their lengths.</param>
internal sealed record PackedSequences(Value Padded, Value Lengths);

/// <summary>How many sequences each step of <see cref="PackedSequences"/> has.</summary>
internal sealed record PackedSteps(PackedSequences Sequences);

/// <summary>Packing and unpacking. Where lengths are computed at run time, the result keeps the data's extent, not that of the longest sequence.</summary>
internal static class Packing
{
    /// <summary>(data, lengths, batch_first).</summary>
    [TorchOperator("aten::_pack_padded_sequence")]
    public static object? Pack(TorchCall call)
    {
        var (data, lengths) = (call.Tensor(0), call.Tensor(1));
        if (data.Type.Shape.Rank < 2 || data.Type.Quantization is not null) throw call.Unsupported($"it packs {data.Type}");
        if (call.Flag(2, "batch_first")) data = call.Permute(data, [1, 0, .. Enumerable.Range(2, data.Type.Shape.Rank - 2)]);
        if (lengths.Type.Shape.Rank != 1 || lengths.Type.Shape[0] != data.Type.Shape[1]) throw call.Malformed($"has the lengths {lengths.Type} for {data.Type}");
        if (lengths.Constant is { } constant)
        {
            long longest = constant.ToInt64().Max();
            if (longest <= 0 || longest > data.Type.Shape[0]) throw call.Malformed($"has a sequence of {longest} steps in {data.Type}");
            if (longest < data.Type.Shape[0]) data = Shaping.Along(call, data, 0, 0, 1, (int)longest);
        }
        var packed = new PackedSequences(Masked(call, data, lengths, TorchCall.Constant(0f)), lengths);
        return new object?[] { packed, new PackedSteps(packed) };
    }

    /// <summary>(data, batch_sizes, batch_first, padding_value, total_length): the sequences with padding, and their lengths.</summary>
    [TorchOperator("aten::_pad_packed_sequence")]
    public static object? Pad(TorchCall call)
    {
        var packed = call.Object<PackedSequences>(0);
        var data = packed.Padded;
        double padding = call.Real(3, "padding_value", 0);
        if (padding != 0) data = Masked(call, data, packed.Lengths, TorchCall.Constant((float)padding));
        int steps = data.Type.Shape[0], total = call.Int(4, "total_length", -1);
        if (total is > 0 and < 1 << 20 && total < steps) data = Shaping.Along(call, data, 0, 0, 1, total);
        else if (total is > 0 and < 1 << 20 && total > steps) data = call.Emit(new Pad(new Ints(new int[data.Type.Shape.Rank]), new Ints([total - steps, .. new int[data.Type.Shape.Rank - 1]]), padding), data);
        if (call.Flag(2, "batch_first")) data = call.Permute(data, [1, 0, .. Enumerable.Range(2, data.Type.Shape.Rank - 2)]);
        return new object?[] { data, packed.Lengths };
    }

    /// <summary>The extents that packed data has in PyTorch: [steps of all sequences, F], of which the first is not known; and the count of steps.</summary>
    public static object? Size(TorchCall call)
    {
        long axis = call.Long(1, "dim");
        return call.Argument(0) switch
        {
            PackedSequences packed when axis is 1 or -1 => (long)packed.Padded.Type.Shape[-1],
            PackedSteps steps when axis is 0 or -1 => (long)steps.Sequences.Padded.Type.Shape[0],
            _ => throw call.Unsupported("it asks for the count of all steps of packed sequences"),
        };
    }

    // What lies behind the end of a sequence is replaced.
    private static Value Masked(TorchCall call, Value data, Value lengths, Value number)
    {
        var shape = data.Type.Shape;
        var steps = TorchCall.Constant(Tensor.Of<long>(new Shape(shape[0], 1), [.. Enumerable.Range(0, shape[0]).Select(t => (long)t)]));
        var inside = call.Emit(new Compare(CompareKind.Less), steps, call.Reshape(lengths, 1, shape[1]));
        return call.Emit(new Select(), call.Reshape(inside, [shape[0], shape[1], .. Enumerable.Repeat(1, shape.Rank - 2)]), data, number);
    }
}
