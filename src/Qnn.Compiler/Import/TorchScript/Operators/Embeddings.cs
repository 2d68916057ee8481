using System.Runtime.InteropServices;
using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Rows of quantized tables, one by one or summed: real = scale * q + bias, the bias being -zero point * scale as PyTorch packs it.</summary>
internal static class Embeddings
{
    [TorchOperator("quantized::embedding_bag_prepack")]
    public static object? Pack(TorchCall call) => call.Argument(0) as FloatQuantized ?? throw call.Unsupported("its weights are not quantized by rows");

    [TorchOperator("aten::embedding")]
    public static object? FloatLookup(TorchCall call) => call.Emit(new Gather(0), call.Tensor(0, "weight"), call.Tensor(1, "indices"));

    /// <summary>(weight, indices, offsets, scale_grad_by_freq, mode, sparse, per_sample_weights, include_last_offset, padding_idx): the rows of each bag put together; what training asks for besides is left out.</summary>
    [TorchOperator("aten::embedding_bag", "aten::_embedding_bag_forward_only", "aten::_embedding_bag")]
    public static object? FloatBag(TorchCall call)
    {
        Value table = call.Tensor(0), indices = call.Tensor(1);
        long mode = call.Long(4, "mode", 0), padding = call.Argument(8, "padding_idx") is null ? -1 : call.Long(8, "padding_idx");
        if (mode is < 0 or > 2 || table.Type.Element != ElementType.F32 || table.Type.Shape.Rank != 2) throw call.Unsupported($"it has the mode {mode} and the table {table.Type}");
        if (padding < -1) padding += table.Type.Shape[0];
        var bag = new RowBag((RowBagMode)mode, call.Flag(7, "include_last_offset"), padding);
        return new object?[] { call.Emit(bag, table, indices, call.Tensor(2), call.OptionalTensor(6, "per_sample_weights")), null, null, null };
    }

    [TorchOperator("quantized::embedding_byte", "quantized::embedding_4bit")]
    public static object? Lookup(TorchCall call)
    {
        var table = TableOf(call);
        return call.Emit(new EmbeddingBag(table.Bits, false), table.Data, table.Scales, table.Biases, Mapped(call, call.Tensor(1), 2, 3));
    }

    /// <summary>(weight, indices, offsets, scale_grad_by_freq, mode, pruned_weights, per_sample_weights, compressed_indices_mapping, include_last_offset). PyTorch sums, whatever the mode.</summary>
    [TorchOperator("quantized::embedding_bag_byte", "quantized::embedding_bag_4bit", "quantized::embedding_bag_byte_rowwise_offsets", "quantized::embedding_bag_4bit_rowwise_offsets")]
    public static object? Bag(TorchCall call)
    {
        var table = TableOf(call);
        var indices = call.Tensor(1);
        var offsets = call.OptionalTensor(2, "offsets");
        var shape = indices.Type.Shape;
        if (shape.Rank == 2 && offsets is null) offsets = TorchCall.Constant(Tensor.Of<long>(new Shape(shape[0]), [.. Enumerable.Range(0, shape[0]).Select(i => (long)i * shape[1])]));
        else if (shape.Rank != 1 || offsets is null) throw call.Unsupported($"it has indices {indices.Type} and offsets {offsets?.Type}");
        var weights = call.OptionalTensor(6, "per_sample_weights");
        var bag = new EmbeddingBag(table.Bits, call.Flag(8, "include_last_offset"));
        return call.Emit(bag, table.Data, table.Scales, table.Biases, Mapped(call, indices, 5, 7), offsets, weights);
    }

    // Rows may have been pruned; a mapping then says which are left. One of a single 0 means that none were.
    private static Value Mapped(TorchCall call, Value indices, int pruned, int mapping)
    {
        if (!call.Flag(pruned, "pruned_weights") || call.OptionalTensor(mapping, "compressed_indices_mapping") is not { } table) return indices;
        if (table.Constant is { Type.Shape.ElementCount: 1 } constant && constant.ToInt64()[0] == 0) return indices;
        return call.Emit(new Gather(0), table, indices);
    }

    private static (Value Data, Value Scales, Value Biases, int Bits) TableOf(TorchCall call)
    {
        switch (call.Argument(0))
        {
            case FloatQuantized made:
                return FromRows(call, made);
            case TorchObject { State: object?[] { Length: >= 2 } state } when state[1] is TorchList { Items: [FloatQuantized weights, ..] }:
                return FromRows(call, weights);
            case Value { Constant: { } packed, Type.Element: ElementType.U8, Type.Shape.Rank: 2 }:
                return FromPacked(call, packed);
            default:
                throw call.Unsupported("its packed parameters are of a version that is not known");
        }
    }

    private static (Value, Value, Value, int) FromRows(TorchCall call, FloatQuantized weights)
    {
        var shape = weights.Data.Type.Shape;
        if (shape.Rank != 2 || shape.ElementCount == 0 || weights.Scales.Length != shape[0] || weights.ZeroPoints.Length != shape[0]) throw call.Malformed($"has {weights.Scales.Length} scales for {shape}");
        float[] scales = [.. weights.Scales], biases = [.. weights.ZeroPoints.Zip(scales, (z, s) => z * s * -1)];
        if (weights.Bits == 4)
        {
            // Rows of 4 bits keep their scales in half precision.
            scales = [.. scales.Select(s => (float)(Half)s)];
            biases = [.. biases.Select(b => (float)(Half)b)];
        }
        return Table(weights.Data, scales, biases, weights.Bits);
    }

    // A row as embedding_bag_byte_prepack makes it: the elements, a scale, a bias.
    private static (Value, Value, Value, int) FromPacked(TorchCall call, Tensor packed)
    {
        int bits = call.Operator.Contains("4bit", StringComparison.Ordinal) ? 4 : 8, tail = bits, rows = packed.Type.Shape[0], row = packed.Type.Shape[1], columns = row - tail;
        if (columns <= 0) throw call.Malformed($"has rows of {row} bytes");
        var bytes = packed.Bytes.Span;
        byte[] data = new byte[rows * columns];
        float[] scales = new float[rows], biases = new float[rows];
        for (int r = 0; r < rows; r++)
        {
            bytes.Slice(r * row, columns).CopyTo(data.AsSpan(r * columns));
            var end = bytes.Slice(r * row + columns, tail);
            (scales[r], biases[r]) = bits == 8
                ? (MemoryMarshal.Read<float>(end), MemoryMarshal.Read<float>(end[4..]))
                : ((float)MemoryMarshal.Read<Half>(end), (float)MemoryMarshal.Read<Half>(end[2..]));
        }
        return Table(Tensor.Of<byte>(new Shape(rows, columns), data), scales, biases, bits);
    }

    private static (Value, Value, Value, int) Table(Tensor data, float[] scales, float[] biases, int bits) =>
        (TorchCall.Constant(new Tensor(new TensorType(ElementType.U8, data.Type.Shape), data.Bytes)), TorchCall.Constant(Tensor.Of<float>(new Shape(scales.Length), scales)), TorchCall.Constant(Tensor.Of<float>(new Shape(biases.Length), biases)), bits);
}
