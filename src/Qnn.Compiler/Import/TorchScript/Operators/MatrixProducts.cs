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

    [TorchOperator("aten::matmul", "aten::bmm", "aten::mm", "aten::mv", "aten::dot")]
    public static object? Float(TorchCall call) => Product(call, call.Tensor(0), call.Tensor(1), isTrained: call.Formats.IsTrained(call.Tensor(1)));

    [TorchOperator("aten::einsum")]
    public static object? Einsum(TorchCall call)
    {
        var sum = new EinsteinSum(call.Emit, Turned, (value, extents) => call.Reshape(value, extents), (x, y) => MklProducts.Batched(call, x, y, null));
        try
        {
            return sum.Of(call.Text(0) ?? throw call.Malformed("lacks its equation"), call.Tensors(1));
        }
        catch (FormatException fault)
        {
            throw call.Unsupported(fault.Message);
        }

        Value Turned(Value value, int[] axes)
        {
            var turned = call.Permute(value, axes);
            if (!ReferenceEquals(turned, value)) call.Formats.Turn(turned, value, axes);
            return turned;
        }
    }

    [TorchOperator("aten::outer", "aten::ger")]
    public static object? Outer(TorchCall call) => call.Emit(new Binary(BinaryKind.Multiply), call.Reshape(call.Tensor(0), call.Tensor(0).Type.Shape.ElementCount, 1), call.Tensor(1));

    /// <summary>beta * input + alpha * (a x b). TorchScript takes addmm apart (DecomposeOps).</summary>
    [TorchOperator("aten::addmm", "aten::baddbmm")]
    public static object? AddProduct(TorchCall call)
    {
        if (call.Real(3, "beta", 1) != 1 || call.Real(4, "alpha", 1) != 1) throw call.Unsupported("it scales its operands");
        var (a, b) = (call.Tensor(1), call.Tensor(2));
        int rank = call.Operator == "aten::addmm" ? 2 : 3;
        if (a.Type.Shape.Rank != rank || b.Type.Shape.Rank != rank) throw call.Malformed($"multiplies {a.Type} and {b.Type}");
        return rank == 2 ? call.Emit(new Binary(BinaryKind.Add), MklProducts.Plain(call, a, b, null), call.Tensor(0)) : MklProducts.Batched(call, a, b, call.Tensor(0));
    }

    /// <summary>With a bias one product of all rows, where they follow each other in memory; else as matmul, the bias added last.</summary>
    [TorchOperator("aten::linear")]
    public static object? Linear(TorchCall call)
    {
        Value data = call.Tensor(0), weights = call.Tensor(1);
        var bias = call.OptionalTensor(2, "bias");
        if (weights.Type.Shape.Rank != 2) throw call.Unsupported($"its weights are {weights.Type}");
        var turned = call.Permute(weights, 1, 0);
        var shape = data.Type.Shape;
        if (bias is not null && shape.Rank >= 2 && shape[-1] == weights.Type.Shape[1] && shape.ElementCount > 0 && (shape.Rank == 2 || call.Formats.IsContiguous(data, call.Builder)))
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
        long[] strides = call.Formats.Layout(value, call.Builder).Strides;
        return Enumerable.Range(0, shape.Rank - 2).All(i => strides[i] == strides[i + 1] * shape[i + 1]);
    }
}
