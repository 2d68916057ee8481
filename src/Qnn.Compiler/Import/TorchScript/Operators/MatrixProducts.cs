using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Products of matrices of floats, by the ways that PyTorch takes to BLAS; <see cref="MklProducts"/> has the orders.</summary>
internal static class MatrixProducts
{
    /// <summary>Dequantized, multiplied as floats, quantized.</summary>
    [TorchOperator("quantized::matmul")]
    public static object? Quantized(TorchCall call)
    {
        var (a, b) = (call.Quantized(0), call.Quantized(1));
        return call.Quantize(call.Emit(new BatchMatMul(), Quantizing.Real(call, a), Quantizing.Real(call, b)), call.Output(2, 3, a.Type.Element), a.Type.Element);
    }

    [TorchOperator("aten::matmul", "aten::bmm", "aten::mm", "aten::mv", "aten::dot", "aten::vdot", "aten::linalg_matmul")]
    public static object? Float(TorchCall call) => Product(call, call.Tensor(0), call.Tensor(1), isTrained: call.Formats.IsTrained(call.Tensor(1)));

    [TorchOperator("aten::einsum")]
    public static object? Einsum(TorchCall call)
    {
        var sum = new EinsteinSum(call.Emit, (value, axes) => Turned(call, value, axes), (value, extents) => call.Reshape(value, extents), (x, y) => MklProducts.Batched(call, x, y, null));
        try
        {
            return sum.Of(call.Text(0) ?? throw call.Malformed("lacks its equation"), call.Tensors(1));
        }
        catch (FormatException fault)
        {
            throw call.Unsupported(fault.Message);
        }
    }

    /// <summary>The products of the last axes of both.</summary>
    [TorchOperator("aten::inner")]
    public static object? Inner(TorchCall call)
    {
        Value a = call.Tensor(0), b = call.Tensor(1);
        if (a.Type.Shape.Rank == 0 || b.Type.Shape.Rank == 0) return Arithmetic.Multiply(call);
        return a.Type.Shape.Rank == 1 && b.Type.Shape.Rank == 1 ? Product(call, a, b) : TensorDot(call.With(a, b, new TorchList([-1L]), new TorchList([-1L])));
    }

    /// <summary>(a, b, dim): the sums of products along an axis.</summary>
    [TorchOperator("aten::linalg_vecdot")]
    public static object? VectorDot(TorchCall call)
    {
        Value a = Functions.Real(call, 0), b = Functions.Real(call, 1);
        if (a.Type.Shape.Rank == 1 && b.Type.Shape.Rank == 1) return Product(call, a, b);
        var products = call.Emit(new Binary(BinaryKind.Multiply), a, b);
        return Sums.Over(call, products, [call.Axis(call.Long(2, "dim", -1), products.Type.Shape.Rank)], false);
    }

    [TorchOperator("aten::outer", "aten::ger")]
    public static object? Outer(TorchCall call) => call.Emit(new Binary(BinaryKind.Multiply), call.Reshape(call.Tensor(0), call.Tensor(0).Type.Shape.ElementCount, 1), call.Tensor(1));

    /// <summary>beta * input + alpha * (a x b). TorchScript takes addmm apart (DecomposeOps).</summary>
    [TorchOperator("aten::addmm", "aten::baddbmm")]
    public static object? AddProduct(TorchCall call)
    {
        double beta = call.Real(3, "beta", 1), alpha = call.Real(4, "alpha", 1);
        var (a, b) = (call.Tensor(1), call.Tensor(2));
        int rank = call.Operator == "aten::addmm" ? 2 : 3;
        if (a.Type.Shape.Rank != rank || b.Type.Shape.Rank != rank) throw call.Malformed($"multiplies {a.Type} and {b.Type}");
        if (beta != 1 || alpha != 1)
        {
            var product = Scaled(call, rank == 2 ? MklProducts.Plain(call, a, b, null) : MklProducts.Batched(call, a, b, null), alpha);
            return beta == 0 ? product : call.Emit(new Binary(BinaryKind.Add), Scaled(call, call.Tensor(0), beta), product);
        }
        return rank == 2 ? call.Emit(new Binary(BinaryKind.Add), MklProducts.Plain(call, a, b, null), call.Tensor(0)) : MklProducts.Batched(call, a, b, call.Tensor(0));
    }

    /// <summary>(a, b, ends): rows of a in groups, each times a matrix of b; or several matrices times several.</summary>
    [TorchOperator("aten::_grouped_mm")]
    public static object? Grouped(TorchCall call)
    {
        Value a = call.Tensor(0), b = call.Tensor(1);
        if (call.Argument(3, "bias") is not null || call.Argument(4, "out_dtype") is not null) throw call.Unsupported("it has a bias or another type");
        if (a.Type.Shape.Rank == 3 && b.Type.Shape.Rank == 3) return MklProducts.Batched(call, a, b, null);
        if (a.Type.Shape.Rank != 2 || b.Type.Shape.Rank != 3) throw call.Unsupported($"it multiplies {a.Type} and {b.Type}");
        var ends = call.Tensor(2, "offs");
        return MklProducts.Grouped(call, a, b, ends.Type.Element == ElementType.S32 ? ends : throw call.Malformed($"has groups by {ends.Type}"));
    }

    /// <summary>beta * input + alpha * (matrix x vector)</summary>
    [TorchOperator("aten::addmv")]
    public static object? AddRowProducts(TorchCall call) =>
        call.Emit(new Binary(BinaryKind.Add), Scaled(call, call.Tensor(0), call.Real(3, "beta", 1)), Scaled(call, Product(call, call.Tensor(1), call.Tensor(2)), call.Real(4, "alpha", 1)));

    /// <summary>beta * input + alpha * (column x row)</summary>
    [TorchOperator("aten::addr")]
    public static object? AddOuter(TorchCall call) =>
        call.Emit(new Binary(BinaryKind.Add), Scaled(call, call.Tensor(0), call.Real(3, "beta", 1)), Scaled(call, (Value)Outer(call.With(call.Argument(1), call.Argument(2)))!, call.Real(4, "alpha", 1)));

    /// <summary>beta * input + alpha * (the sum of the products of several matrices)</summary>
    [TorchOperator("aten::addbmm")]
    public static object? AddBatch(TorchCall call)
    {
        Value a = call.Tensor(1), b = call.Tensor(2);
        if (a.Type.Shape.Rank != 3 || b.Type.Shape.Rank != 3) throw call.Malformed($"multiplies {a.Type} and {b.Type}");
        Value? sum = Scaled(call, call.Tensor(0), call.Real(3, "beta", 1));
        for (int i = 0; i < a.Type.Shape[0]; i++)
        {
            Value Matrix(Value of) => call.Reshape(Shaping.Along(call, of, 0, i, 1, 1), of.Type.Shape[1], of.Type.Shape[2]);
            sum = call.Emit(new Binary(BinaryKind.Add), sum, Scaled(call, MklProducts.Plain(call, Matrix(a), Matrix(b), null), call.Real(4, "alpha", 1)));
        }
        return sum;
    }

    /// <summary>The product of several matrices, in the order of least work where there are three.</summary>
    [TorchOperator("aten::linalg_multi_dot", "aten::chain_matmul")]
    public static object? Chain(TorchCall call)
    {
        var factors = call.Tensors(0).ToList();
        if (factors.Count == 0) throw call.Malformed("multiplies nothing");
        if (factors is [{ Type.Shape: { Rank: 2 } a }, { Type.Shape: { Rank: 2 } b }, { Type.Shape: { Rank: 2 } c }] && (long)b[0] * b[1] * c[1] + (long)a[0] * a[1] * c[1] < (long)a[0] * a[1] * b[1] + (long)a[0] * b[1] * c[1])
        {
            return Product(call, factors[0], Product(call, factors[1], factors[2]));
        }
        return factors.Aggregate((x, y) => Product(call, x, y));
    }

    /// <summary>(a, b, axes of a, axes of b): the sum of products over pairs of axes.</summary>
    [TorchOperator("aten::tensordot")]
    public static object? TensorDot(TorchCall call)
    {
        Value a = call.Tensor(0), b = call.Tensor(1);
        int[] ofA = [.. call.Ints(2).Select(x => call.Axis(x, a.Type.Shape.Rank))], ofB = [.. call.Ints(3).Select(x => call.Axis(x, b.Type.Shape.Rank))];
        int[] restA = [.. Enumerable.Range(0, a.Type.Shape.Rank).Except(ofA)], restB = [.. Enumerable.Range(0, b.Type.Shape.Rank).Except(ofB)];
        int Extent(Value of, int[] axes) => axes.Aggregate(1, (n, x) => n * of.Type.Shape[x]);
        if (Extent(a, ofA) != Extent(b, ofB)) throw call.Malformed($"multiplies {a.Type} and {b.Type}");
        var left = call.Reshape(Turned(call, a, [.. restA, .. ofA]), Extent(a, restA), Extent(a, ofA));
        var right = call.Reshape(Turned(call, b, [.. ofB, .. restB]), Extent(b, ofB), Extent(b, restB));
        return call.Reshape(MklProducts.Plain(call, left, right, null), [.. restA.Select(x => a.Type.Shape[x]), .. restB.Select(x => b.Type.Shape[x])]);
    }

    /// <summary>(x [..., I], y [..., J], weights [O, I, J], bias): the sum over i and j of x[i] * w[o, i, j] * y[j].</summary>
    [TorchOperator("aten::bilinear")]
    public static object? Bilinear(TorchCall call)
    {
        Value x = call.Tensor(0), y = call.Tensor(1), weights = call.Tensor(2);
        var w = weights.Type.Shape;
        if (w.Rank != 3 || x.Type.Shape.Rank == 0 || x.Type.Shape[-1] != w[1] || y.Type.Shape.Rank == 0 || y.Type.Shape[-1] != w[2]) throw call.Malformed($"multiplies {x.Type} and {y.Type} by {weights.Type}");
        int rows = x.Type.Shape.ElementCount / Math.Max(1, w[1]);
        var half = MklProducts.Plain(call, call.Reshape(x, rows, w[1]), call.Reshape(call.Permute(weights, 1, 0, 2), w[1], w[0] * w[2]), null);
        var product = call.Emit(new BatchMatMul(), call.Reshape(half, rows, w[0], w[2]), call.Reshape(y, rows, w[2], 1));
        var result = call.Reshape(product, [.. x.Type.Shape.Span[..^1], w[0]]);
        return call.OptionalTensor(3, "bias") is { } bias ? call.Emit(new Binary(BinaryKind.Add), result, bias) : result;
    }

    // A view with its axes in another order.
    private static Value Turned(TorchCall call, Value value, int[] axes)
    {
        var turned = call.Permute(value, axes);
        if (!ReferenceEquals(turned, value)) call.Formats.Turn(turned, value, axes);
        return turned;
    }

    private static Value Scaled(TorchCall call, Value value, double factor) => factor == 1 ? value : call.Emit(new Binary(BinaryKind.Multiply), value, TorchCall.Constant((float)factor));

    /// <summary>With a bias one product of all rows, where they follow each other in memory; else as matmul, the bias added last.</summary>
    [TorchOperator("aten::linear")]
    public static object? Linear(TorchCall call) => Linear(call, call.Tensor(0), call.Tensor(1), call.OptionalTensor(2, "bias"));

    /// <summary>at::linear on floats: data times the transpose of weights [N, K], plus a bias [N].</summary>
    public static Value Linear(TorchCall call, Value data, Value weights, Value? bias)
    {
        if (weights.Type.Shape.Rank != 2) throw call.Unsupported($"its weights are {weights.Type}");
        var turned = call.Permute(weights, 1, 0);
        var shape = data.Type.Shape;
        if (bias is not null && shape.Rank >= 2 && shape[-1] == weights.Type.Shape[1] && shape.ElementCount > 0 && (shape.Rank == 2 || call.Formats.IsContiguous(data)))
        {
            return call.Reshape(MklProducts.Plain(call, call.Reshape(data, shape.ElementCount / shape[-1], shape[-1]), turned, bias, isTurned: true), [.. shape.Span[..^1], weights.Type.Shape[0]]);
        }
        var product = Product(call, data, turned, isTurned: true, call.Formats.IsTrained(weights));
        return bias is null ? product : call.Emit(new Binary(BinaryKind.Add), product, bias);
    }

    // at::matmul.
    private static Value Product(TorchCall call, Value a, Value b, bool isTurned = false, bool isTrained = false)
    {
        Shape left = a.Type.Shape, right = b.Type.Shape;
        if (left.Rank == 0 || right.Rank == 0) throw call.Malformed($"multiplies {a.Type} and {b.Type}");
        if (left.Rank == 1)
        {
            var row = Product(call, call.Reshape(a, 1, left[0]), b, isTurned, isTrained);
            var shape = row.Type.Shape;
            return call.Reshape(row, right.Rank == 1 ? shape.Span[1..].ToArray() : [.. shape.Span[..^2], shape[-1]]);
        }
        if (right.Rank == 1)
        {
            if (left[-1] != right[0] || left.ElementCount == 0) throw call.Malformed($"multiplies {a.Type} and {b.Type}");
            return call.Reshape(MklProducts.Rows(call, call.Reshape(a, left.ElementCount / left[-1], left[-1]), call.Reshape(b, right[0], 1)), left.Span[..^1].ToArray());
        }
        if (left.Rank == 2 && right.Rank == 2) return MklProducts.Plain(call, a, b, null, isTurned);
        // Rows of several matrices are those of one, where they follow each other in memory, or gradients would be asked for.
        if (left.Rank > 2 && right.Rank == 2 && (isTrained || IsFolded(call, a)))
        {
            int depth = left[-1];
            var rows = MklProducts.Plain(call, call.Reshape(a, left.ElementCount / Math.Max(1, depth), depth), b, null, isTurned);
            return call.Reshape(rows, [.. left.Span[..^1], right[-1]]);
        }
        return MklProducts.Batched(call, a, b, null, isTurned);
    }

    // at::native::should_fold.
    private static bool IsFolded(TorchCall call, Value value)
    {
        var shape = value.Type.Shape;
        long[] strides = call.Formats.Layout(value).Strides;
        return Enumerable.Range(0, shape.Rank - 2).All(i => strides[i] == strides[i + 1] * shape[i + 1]);
    }
}
