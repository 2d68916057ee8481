using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// EMBEDDING_LOOKUP: operands row numbers i32[N], table of R rows. Of a quantized table with a float result row i is scale * q, the scale being the table's or the row's;
/// zero points do not count, and uint8 numbers are read as int8, as TensorFlow Lite's kernel does. Rows that are not there are zeros, where that refuses to run.
/// </summary>
internal static class EmbeddingLookup
{
    [TfLiteOperator(BuiltinOperator.EMBEDDING_LOOKUP)]
    public static void Import(TfLiteNode node)
    {
        var (rows, table) = (node.Input(0), node.Input(1));
        if (rows.Type.Shape.Rank != 1 || table.Type.Shape.Rank < 2) throw node.Malformed($"looks up {rows.Type} in {table.Type}");
        if (node.OutputElement() == table.Type.Element)
        {
            node.EmitResult(new Ir.Operators.Gather(0), table, rows);
            return;
        }
        if (table.Type.Element is not (ElementType.S8 or ElementType.U8) || node.OutputElement() != ElementType.F32) throw node.Unsupported($"it makes {node.OutputElement().Name()} of {table.Type}");
        if (!table.IsConstant) throw node.Unsupported("its table is computed at run time");
        if (table.Type.Quantization is not { } quantization) throw node.Malformed("has a quantized table without scales");
        if (quantization is { IsPerChannel: true, Axis: not 0 }) throw node.Unsupported($"its table has scales along axis {quantization.Axis}");
        int count = table.Type.Shape[0], columns = count == 0 ? 0 : table.Type.Shape.ElementCount / count;
        bool halves = node.Source.Inputs[1]!.Type == Schema.TensorType.INT4 && columns % 2 == 0;
        if (!quantization.IsPerChannel && !halves)
        {
            var symmetric = new Quantization(quantization.Scale, 0);
            var numbers = Value.Of(table.Name, new Ir.Tensor(new Ir.TensorType(ElementType.S8, table.Type.Shape, symmetric), table.Constant!.Bytes));
            node.EmitResult(new Dequantize(), node.EmitQuantized(new Ir.Operators.Gather(0), symmetric, numbers, rows));
            return;
        }
        // The bag's rows have a bias: scale * (q + 128) - scale * 128, whose second part is exact, is rounded once, as scale * q.
        int offset = halves ? 8 : 128;
        float[] scales = quantization.IsPerChannel ? [.. quantization.Scales] : [.. Enumerable.Repeat(quantization.Scale, count)];
        var bytes = halves ? Halves(table.Constant!.Span<sbyte>()) : Offset(table.Constant!.Span<byte>());
        var result = node.Emit(
            new EmbeddingBag(halves ? 4 : 8, false),
            node.AddConstant("rows", Ir.Tensor.Of<byte>(new Shape(count, halves ? columns / 2 : columns), bytes)),
            node.AddConstant("scales", Ir.Tensor.Of<float>(new Shape(count), scales)),
            node.AddConstant("biases", Ir.Tensor.Of<float>(new Shape(count), [.. scales.Select(s => -offset * s)])),
            rows);
        node.EmitResult(new Ir.Operators.Reshape(new Shape([rows.Type.Shape[0], .. table.Type.Shape.Span[1..]])), result);
    }

    private static byte[] Offset(ReadOnlySpan<byte> numbers)
    {
        var bytes = new byte[numbers.Length];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(numbers[i] ^ 0x80);
        return bytes;
    }

    private static byte[] Halves(ReadOnlySpan<sbyte> numbers)
    {
        var bytes = new byte[numbers.Length / 2];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(numbers[2 * i] + 8 | numbers[2 * i + 1] + 8 << 4);
        return bytes;
    }
}
