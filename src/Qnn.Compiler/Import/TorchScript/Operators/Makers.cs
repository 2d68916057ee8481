using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Tensors made of nothing but extents: numbers in a row, diagonals, places of triangles.</summary>
internal static class Makers
{
    private const int MaxCount = 1 << 24;

    // Numbers of a vector, by which PyTorch counts.
    private const int Lanes = 8;

    /// <summary>(end), (start, end) or (start, end, step): whole numbers where all are and no other type is asked for.</summary>
    [TorchOperator("aten::arange")]
    public static object? Arange(TorchCall call)
    {
        int given = Enumerable.Range(0, Math.Min(3, call.Count)).TakeWhile(i => call.Argument(i) is long or double or Value).Count();
        double start = given > 1 ? call.Real(0, "start") : 0, end = call.Real(given > 1 ? 1 : 0, "end"), step = given > 2 ? call.Real(2, "step") : 1;
        bool isReal = Enumerable.Range(0, given).Any(i => call.Argument(i) is double or Value { Type.Element: ElementType.F32 or ElementType.F64 });
        var element = call.Argument(-1, "dtype") is long dtype ? Quantizing.Element(call, dtype) : isReal ? ElementType.F32 : ElementType.S64;
        double count = Math.Ceiling((end - start) / step);
        if (!(count is >= 0 and <= MaxCount)) throw call.Malformed($"makes {count} numbers");
        var shape = new Shape((int)count);
        int[] places = [.. Enumerable.Range(0, (int)count)];
        if (element != ElementType.F32)
        {
            var whole = TorchCall.Constant(Tensor.Of<long>(shape, [.. places.Select(i => (long)start + i * (long)step)]));
            return element == ElementType.S64 ? whole : isReal ? throw call.Unsupported($"it makes numbers of type {element.Name()}") : call.Emit(new Cast(element), whole);
        }
        int vectors = (int)count / (2 * Lanes) * (2 * Lanes);
        return TorchCall.Constant(Tensor.Of<float>(shape, [.. places.Select(i => (float)(i < vectors ? (float)(start + step * (i - i % Lanes)) + i % Lanes * step : start + step * i))]));
    }

    /// <summary>(rows) or (rows, columns): ones on the diagonal.</summary>
    [TorchOperator("aten::eye")]
    public static object? Eye(TorchCall call)
    {
        int rows = call.Int(0), columns = call.Argument(1) is long ? call.Int(1) : rows;
        if (rows < 0 || columns < 0 || (long)rows * columns > MaxCount) throw call.Malformed($"makes {rows} x {columns} numbers");
        var ones = TorchCall.Constant(Tensor.Of<float>(new Shape(rows, columns), [.. Enumerable.Range(0, rows * columns).Select(i => i / columns == i % columns ? 1f : 0f)]));
        return call.Argument(-1, "dtype") is long dtype && Quantizing.Element(call, dtype) is var element and not ElementType.F32 ? call.Emit(new Cast(element), ones) : ones;
    }

    /// <summary>(rows, columns, diagonal): the rows and the columns of a triangle's elements.</summary>
    [TorchOperator("aten::tril_indices", "aten::triu_indices")]
    public static object? TriangleIndices(TorchCall call)
    {
        int rows = call.Int(0, "row"), columns = call.Int(1, "col"), diagonal = call.Int(2, "offset", 0);
        if (rows < 0 || columns < 0 || (long)rows * columns > MaxCount) throw call.Malformed($"has {rows} x {columns} numbers");
        bool isLower = call.Operator == "aten::tril_indices";
        int[] places = [.. Enumerable.Range(0, rows * columns).Where(i => isLower ? i % columns - i / columns <= diagonal : i % columns - i / columns >= diagonal)];
        return TorchCall.Constant(Tensor.Of<long>(new Shape(2, places.Length), [.. places.Select(i => (long)(i / columns)), .. places.Select(i => (long)(i % columns))]));
    }
}
