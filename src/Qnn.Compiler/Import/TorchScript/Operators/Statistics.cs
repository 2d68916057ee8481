using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Quantiles, covariances, rows of limited length.</summary>
internal static class Statistics
{
    /// <summary>(data, q, dim, keepdim, interpolation): of the sorted elements the one at q * (count - 1), between two of them by lerp; no number where one of the elements is none (Sorting.cpp).</summary>
    [TorchOperator("aten::quantile")]
    public static object? Quantile(TorchCall call)
    {
        var data = Functions.Real(call, 0);
        bool isOne = call.Argument(1) is not Value { Type.Shape.Rank: > 0 };
        float[] shares = call.Argument(1) is Value given ? Archive.Quantizations.Floats(given) : [(float)call.Real(1)];
        bool overAll = call.Argument(2, "dim") is null, keeps = call.Flag(3, "keepdim");
        int rank = data.Type.Shape.Rank;
        var rows = overAll ? call.Reshape(data, data.Type.Shape.ElementCount) : data;
        int axis = overAll ? 0 : call.Axis(call.Long(2, "dim"), rank), count = rows.Type.Shape.Rank == 0 ? 0 : rows.Type.Shape[axis];
        if (count == 0 || shares.Any(s => !(s >= 0 && s <= 1))) throw call.Malformed($"does not take {data.Type}");
        string between = call.Text(4, "interpolation") ?? "linear";
        var sorted = (Value)((object?[])Indexing.Sort(call.With(rows, (long)axis, false))!)[0]!;
        var places = new (long Below, long Above, float Weight)[shares.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            float place = shares[i] * (count - 1);
            long below = between switch { "linear" or "midpoint" or "lower" => (long)MathF.Floor(place), "higher" => (long)MathF.Ceiling(place), "nearest" => (long)MathF.Round(place, MidpointRounding.ToEven), _ => throw call.Unsupported($"its interpolation is '{between}'") };
            places[i] = (below, (long)MathF.Ceiling(place), between switch { "linear" => place - below, "midpoint" => 0.5f, _ => 0 });
        }
        Value Taken(IEnumerable<long> at) => call.Emit(new Gather(axis), sorted, TorchCall.Constant(Tensor.Of<long>(new Shape(shares.Length), [.. at])));
        var result = Taken(places.Select(p => p.Below));
        if (places.Any(p => p.Weight != 0)) result = (Value)Arithmetic.Lerp(call.With(result, Taken(places.Select(p => p.Above)), Quantizing.Channel(result.Type.Shape, axis, [.. places.Select(p => p.Weight)])))!;
        // Sorted behind all others.
        var last = Shaping.Along(call, sorted, axis, count - 1, 1, 1);
        result = call.Emit(new Select(), call.Emit(new Compare(CompareKind.Equal), last, last), result, TorchCall.Constant(float.NaN));
        int[] extents = [.. overAll ? Enumerable.Repeat(1, keeps ? rank : 0) : data.Type.Shape.Select((e, a) => a == axis ? 1 : e).Where((_, a) => keeps || a != axis)];
        int[] order = [axis, .. Enumerable.Range(0, result.Type.Shape.Rank).Where(a => a != axis)];
        return call.Reshape(call.Permute(result, order), isOne ? extents : [shares.Length, .. extents]);
    }

    /// <summary>(data, correction): the products of rows less their means, divided by the count less the correction (Correlation.cpp).</summary>
    [TorchOperator("aten::cov")]
    public static object? Covariance(TorchCall call)
    {
        var data = Functions.Real(call, 0);
        if (data.Type.Shape.Rank is 0 or > 2 || call.Argument(2, "fweights") is not null || call.Argument(3, "aweights") is not null) throw call.Unsupported($"it has data {data.Type}, or weights");
        var rows = data.Type.Shape.Rank == 1 ? call.Reshape(data, 1, data.Type.Shape[0]) : data;
        int count = rows.Type.Shape[1];
        Value Do(BinaryKind kind, Value a, Value b) => call.Emit(new Binary(kind), a, b);
        var centered = Do(BinaryKind.Subtract, rows, Do(BinaryKind.Divide, Sums.Over(call, rows, [1], true), TorchCall.Constant((float)count)));
        var turned = call.Permute(centered, 1, 0);
        call.Formats.Turn(turned, centered, [1, 0]);
        var products = (Value)MatrixProducts.Float(call.With(centered, turned))!;
        var result = Do(BinaryKind.Divide, products, TorchCall.Constant((float)Math.Max(0, count - call.Long(1, "correction", 1))));
        return call.Reshape(result, [.. result.Type.Shape.Where(e => e != 1)]);
    }

    /// <summary>(data, p, dim, maxnorm): slices along an axis whose norm is greater are made shorter, by maxnorm / (norm + 1e-7) (Normalization.cpp).</summary>
    [TorchOperator("aten::renorm")]
    public static object? Renorm(TorchCall call)
    {
        var data = Functions.Real(call, 0);
        int rank = data.Type.Shape.Rank, axis = call.Axis(call.Long(2), rank);
        float most = (float)call.Real(3);
        var axes = new Archive.TorchList(Enumerable.Range(0, rank).Where(a => a != axis).Select(a => (object?)(long)a));
        var norms = (Value)Norms.Norm(call.With(data, call.Argument(1), axes, true))!;
        var shorter = call.Emit(new Binary(BinaryKind.Divide), TorchCall.Constant(most), call.Emit(new Binary(BinaryKind.Add), norms, TorchCall.Constant(1e-7f)));
        return call.Emit(new Binary(BinaryKind.Multiply), data, call.Emit(new Select(), call.Emit(new Compare(CompareKind.Greater), norms, TorchCall.Constant(most)), shorter, TorchCall.Constant(1f)));
    }
}
