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
    public static object? Float(TorchCall call) => call.Emit(new BatchMatMul(), call.Tensor(0), call.Tensor(1));

    /// <summary>beta * input + alpha * (a x b).</summary>
    [TorchOperator("aten::addmm", "aten::baddbmm")]
    public static object? AddProduct(TorchCall call)
    {
        if (call.Real(3, "beta", 1) != 1 || call.Real(4, "alpha", 1) != 1) throw call.Unsupported("it scales its operands");
        return call.Emit(new Binary(BinaryKind.Add), call.Tensor(0), call.Emit(new BatchMatMul(), call.Tensor(1), call.Tensor(2)));
    }

    [TorchOperator("aten::linear")]
    public static object? Linear(TorchCall call) => call.Emit(new Dense(), call.Tensor(0), call.Tensor(1), call.OptionalTensor(2, "bias"));
}
