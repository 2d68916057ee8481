using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Tables of few bits whose rows are looked up and made real: embeddings.</summary>
internal static class BlockedRows
{
    /// <summary>
    /// float(q - zero point) * scale of what indices say, a scale and a zero point for every block of an axis (<c>gather_block_quantized.cc</c>). Operands: numbers, perhaps several a byte along the last axis; indices, scales, zero points.
    /// </summary>
    [OnnxOperator("GatherBlockQuantized", OnnxOperatorAttribute.Microsoft)]
    public static void GatherBlockQuantized(OnnxNode node)
    {
        bool isPacked = node.Constant(0, "table").Type.Element == ElementType.U8 && !node.Importer.IsFourBit(node.Proto.Input[0]);
        int bits = node.Int("bits", 4), block = node.Int("block_size", 128);
        if (bits is not (2 or 4 or 8) || block < 1) throw node.Malformed($"has numbers of {bits} bits in blocks of {block}");
        Value Wide(int operand, int extent) => isPacked ? Unpacked(node, node.Constant(operand, "table"), bits, extent) : node.Input(operand);
        var stored = node.Constant(0, "table").Type.Shape;
        var numbers = Wide(0, isPacked ? checked(stored[-1] * (8 / bits)) : stored[-1]);
        var shape = numbers.Type.Shape;
        int gathered = node.Axis(node.Int("gather_axis", 0), shape.Rank), axis = node.Axis(node.Int("quantize_axis", 1), shape.Rank);
        var scales = node.Input(2);
        if (gathered == axis || scales.Type.Shape.Rank != shape.Rank || scales.Type.Shape[axis] != (shape[axis] + block - 1) / block) throw node.Malformed($"has scales {scales.Type} for {shape} in blocks of {block}");
        var indices = Indexing.FromEnd(node, node.Input(1), OnnxNode.Scalar((long)shape[gathered]));
        int place = axis > gathered ? axis + indices.Type.Shape.Rank - 1 : axis;
        var blocks = Value.Of("blocks", Tensor.Of<long>(new Shape(shape[axis]), [.. Enumerable.Range(0, shape[axis]).Select(i => (long)(i / block))]));
        Value Rows(Value table) => node.Emit(new Gather(gathered), table, indices);
        Value Spread(Value table) => node.Emit(new Gather(place), Rows(table), blocks);
        Value Real(Value x) => node.Emit(new Cast(ElementType.F32), x);
        // Bytes have their middle as zero point, where none is given.
        var zeros = node.OptionalInput(3) is not null ? Real(Spread(Wide(3, scales.Type.Shape[-1]))) : OnnxNode.Scalar(isPacked ? (float)(1 << (bits - 1)) : 0);
        node.Result(node.AsItRuns(node.Emit(new Binary(BinaryKind.Multiply), node.Emit(new Binary(BinaryKind.Subtract), Real(Rows(numbers)), zeros), Spread(scales))));
    }

    // Numbers that lie several a byte along the last axis, each in a byte of its own.
    private static Value Unpacked(OnnxNode node, Tensor packed, int bits, int extent)
    {
        int width = packed.Type.Shape[-1], rows = packed.Type.Shape.ElementCount / Math.Max(1, width);
        if (packed.Type.Element != ElementType.U8 || width != (extent * bits + 7) / 8) throw node.Malformed($"has {packed.Type} for {extent} numbers of {bits} bits");
        var wide = new byte[checked(rows * extent)];
        for (int i = 0; i < wide.Length; i++) wide[i] = (byte)BlockedWeights.Bits(packed.Bytes.Span[(i / extent * width)..], i % extent, bits);
        return Value.Of("numbers", Tensor.Of<byte>(new Shape([.. packed.Type.Shape.Span[..^1], extent]), wide));
    }
}
