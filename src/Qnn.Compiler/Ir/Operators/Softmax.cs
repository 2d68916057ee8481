using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Over the last axis: y_i = exp(Beta * (x_i - max x)) / sum_j exp(Beta * (x_j - max x)), or its logarithm. Operand: data (float32).</summary>
/// <param name="Beta">The factor in the exponent.</param>
/// <param name="Function">Whose arithmetic: <see cref="RowFunction.Softmax"/>, the same with a reciprocal, or ONNX Runtime's or PyTorch's (of the logarithm too), oneDNN's or XNNPACK's form of it, for which <paramref name="Beta"/> is 1.</param>
internal sealed record Softmax(float Beta, RowFunction Function = RowFunction.Softmax) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "softmax";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => axes[^1] == axes.Count - 1 ? this : null;

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => axis < outputs[0].Shape.Rank - 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(Function is RowFunction.Softmax or RowFunction.ReciprocalSoftmax || Function is RowFunction.MlasSoftmax or RowFunction.MlasLogSoftmax or RowFunction.OneDnnSoftmax or RowFunction.XnnSoftmax or RowFunction.TorchSoftmax or RowFunction.TorchAxisSoftmax or RowFunction.TorchLogSoftmax or RowFunction.TorchAxisLogSoftmax or RowFunction.TorchEdgeLogSoftmax && Beta == 1, $"has no factor {Beta} in the arithmetic {Function}");
        Require(data.Element == ElementType.F32 && data.Shape.Rank >= 1, $"does not take {data}");
        return [new TensorType(ElementType.F32, data.Shape)];
    }
}
