using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Linear layers on quantized data.</summary>
internal static class Linears
{
    [TorchOperator("quantized::linear", "quantized::linear_relu")]
    public static object? Import(TorchCall call)
    {
        var data = call.Quantized(0);
        var packed = PackedParameters.LinearOf(call, 1);
        var weights = packed.Weights;
        if (weights.Type.Element != ElementType.S8 || weights.Type.Quantization is not { Axis: -1 or 0 } quantization || weights.Constant is null) throw call.Unsupported($"its weights are {weights.Type}");
        var output = call.Output(2, 3, data.Type.Element);
        bool relu = call.Operator.EndsWith("_relu", StringComparison.Ordinal);
        float[]? real = packed.Bias?.Constant?.Span<float>().ToArray();
        var (requantize, bias) = call.Numerics == TorchNumerics.OneDnn
            ? (OneDnn.Epilogue(call, data.Type, quantization, real, output, relu), null)
            : Convolutions.Epilogue(call, data, quantization, real, weights.Type.Shape[0], output, relu);
        return call.EmitQuantized(requantize, output, call.Emit(new QnnDense(), data, weights, bias));
    }
}
