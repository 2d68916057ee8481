using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Tensors that are others but for a part: what functional programs have for writing to views.</summary>
internal static class Parts
{
    /// <summary>(data, src, dim, index): the slice at a place of an axis.</summary>
    [TorchOperator("aten::select_scatter")]
    public static object? Selected(TorchCall call)
    {
        Value data = call.Tensor(0), source = call.Tensor(1);
        int axis = call.Axis(call.Long(2, "dim"), data.Type.Shape.Rank);
        var slice = call.Reshape(source, [.. source.Type.Shape.Span[..axis], 1, .. source.Type.Shape.Span[axis..]]);
        return Slicing.Copy(call.With(data, (long)axis, TorchCall.Constant(Tensor.Of<long>(new Shape(1), [call.Long(3, "index")])), slice));
    }

    /// <summary>(data, src, dim, start, end, step): the slices at places of an axis.</summary>
    [TorchOperator("aten::slice_scatter")]
    public static object? Sliced(TorchCall call)
    {
        Value data = call.Tensor(0), source = call.Tensor(1);
        int axis = call.Axis(call.Long(2, "dim", 0), data.Type.Shape.Rank), extent = data.Type.Shape[axis];
        long step = call.Long(5, "step", 1);
        if (step <= 0) throw call.Malformed($"steps by {step}");
        int Bound(long place) => (int)Math.Clamp(place < 0 ? place + extent : place, 0, extent);
        int from = Bound(call.Long(3, "start", 0)), to = Bound(call.Long(4, "end", extent));
        long[] places = [.. Enumerable.Range(0, extent).Where(i => i >= from && i < to && (i - from) % step == 0).Select(i => (long)i)];
        return Slicing.Copy(call.With(data, (long)axis, TorchCall.Constant(Tensor.Of<long>(new Shape(places.Length), places)), source));
    }

    /// <summary>(data, value): a matrix with a number on its diagonal.</summary>
    [TorchOperator("aten::fill_diagonal")]
    public static object? DiagonalFilled(TorchCall call)
    {
        var data = call.Tensor(0);
        if (data.Type.Shape.Rank != 2 || call.Flag(2, "wrap") || data.Type.Quantization is not null) throw call.Unsupported($"it fills a diagonal of {data.Type}");
        int rows = data.Type.Shape[0], columns = data.Type.Shape[1];
        var mask = TorchCall.Constant(Tensor.Of<bool>(data.Type.Shape, [.. Enumerable.Range(0, rows * columns).Select(i => i / columns == i % columns)]));
        var value = call.Tensor(1, "fill_value");
        return call.Emit(new Select(), mask, value.Type.Element == data.Type.Element ? value : call.Emit(new Cast(data.Type.Element), value), data);
    }

    /// <summary>Matrices one behind and below the other, zeros beside them.</summary>
    [TorchOperator("aten::block_diag")]
    public static object? Blocks(TorchCall call)
    {
        Value[] blocks = [.. call.Tensors(0).Select(b => b.Type.Shape.Rank switch { 2 => b, < 2 => call.Reshape(b, 1, b.Type.Shape.ElementCount), _ => throw call.Malformed($"has the block {b.Type}") })];
        int width = blocks.Sum(b => b.Type.Shape[1]), before = 0;
        var rows = new List<Value>();
        foreach (var block in blocks)
        {
            int own = block.Type.Shape[1];
            rows.Add(call.Emit(new Pad(new Ints(0, before), new Ints(0, width - before - own)), block));
            before += own;
        }
        return rows.Count == 1 ? rows[0] : call.Emit(new Concat(0), rows);
    }
}
