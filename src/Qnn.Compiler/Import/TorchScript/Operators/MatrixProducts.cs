using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Products of matrices that are computed at run time.</summary>
internal static class MatrixProducts
{
    /// <summary>Dequantized, multiplied as floats, quantized.</summary>
    [TorchOperator("quantized::matmul")]
    public static object? Quantized(TorchCall call)
    {
        var (a, b) = (call.Quantized(0), call.Quantized(1));
        return call.Quantize(call.Emit(new BatchMatMul(), Quantizing.Real(call, a), Quantizing.Real(call, b)), call.Output(2, 3, a.Type.Element), a.Type.Element);
    }

    [TorchOperator("aten::matmul", "aten::bmm", "aten::mm")]
    public static object? Float(TorchCall call) => call.Emit(new BatchMatMul(Lanes: !IsSmall(call.Tensor(0), call.Tensor(1)) && IsTransposedInPlace(call, call.Tensor(1))), call.Tensor(0), call.Tensor(1));

    // Batches of small products are left to plain loops (bmm_out_or_baddbmm_).
    private static bool IsSmall(Value a, Value b) =>
        a.Type.Shape.Rank > 2 && b.Type.Shape.Rank > 2 && (long)a.Type.Shape[-2] * a.Type.Shape[-1] * b.Type.Shape[-1] < 400;

    [TorchOperator("aten::einsum")]
    public static object? Einsum(TorchCall call)
    {
        var sum = new EinsteinSum(call.Emit, call.Permute, (value, extents) => call.Reshape(value, extents), (_, _) => new BatchMatMul());
        try
        {
            return sum.Of(call.Text(0) ?? throw call.Malformed("lacks its equation"), call.Tensors(1));
        }
        catch (FormatException fault)
        {
            throw call.Unsupported(fault.Message);
        }
    }

    [TorchOperator("aten::outer", "aten::ger")]
    public static object? Outer(TorchCall call) => call.Emit(new Binary(BinaryKind.Multiply), call.Reshape(call.Tensor(0), call.Tensor(0).Type.Shape.ElementCount, 1), call.Tensor(1));

    /// <summary>beta * input + alpha * (a x b).</summary>
    [TorchOperator("aten::addmm", "aten::baddbmm")]
    public static object? AddProduct(TorchCall call)
    {
        if (call.Real(3, "beta", 1) != 1 || call.Real(4, "alpha", 1) != 1) throw call.Unsupported("it scales its operands");
        return call.Emit(new Binary(BinaryKind.Add), call.Tensor(0), call.Emit(new BatchMatMul(), call.Tensor(1), call.Tensor(2)));
    }

    // Whether PyTorch hands a matrix to BLAS as the transpose that it is in memory: a view by permutations whose leading axes are one axis in memory. Else it makes a copy.
    private static bool IsTransposedInPlace(TorchCall call, Value value)
    {
        int rank = value.Type.Shape.Rank;
        int[] axes = [.. Enumerable.Range(0, rank)];
        while (call.Builder.Producer(value) is { Operator: Transpose turn } node)
        {
            axes = [.. axes.Select(a => turn.Permutation[a])];
            value = node.Input(0);
        }
        var shape = value.Type.Shape;
        long[] strides = new long[rank];
        long stride = 1;
        for (int axis = rank - 1; axis >= 0; stride *= shape[axis], axis--) strides[axis] = stride;
        if (rank < 2 || strides[axes[^2]] != 1 || axes[^1] == rank - 1) return false;
        int[] leading = [.. axes[..^2].Where(a => shape[a] > 1)];
        return leading.Zip(leading.Skip(1)).All(p => strides[p.First] == strides[p.Second] * shape[p.Second]);
    }

    [TorchOperator("aten::linear")]
    public static object? Linear(TorchCall call) => call.Emit(new Dense(), call.Tensor(0), call.Tensor(1), call.OptionalTensor(2, "bias"));
}
