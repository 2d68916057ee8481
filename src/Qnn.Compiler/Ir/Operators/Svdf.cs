using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Float SVDF: each filter f keeps its last M features, the newest being sum over i of x[i] * features[f, i]; output u is
/// act(bias[u] + sum over its Rank filters and their memories of time[f, m] * memory[f, m]). int8 feature weights take x quantized at run time; int8 time weights count as the floats they stand for.
/// Operands: data f32[B,I], features f32 or s8 [F,I] constant, time f32 or s8 [F,M] constant, bias f32[F/Rank] constant (optional), state f32[B,F*M], a variable.
/// </summary>
/// <param name="Rank">Filters that add up to an output.</param>
/// <param name="Activation">act.</param>
/// <param name="Asymmetric">Whether run-time quantization chooses zero points.</param>
internal sealed record Svdf(int Rank, RecurrentActivation Activation, bool Asymmetric) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "svdf";

    /// <inheritdoc/>
    public override bool IsPure => false;

    /// <inheritdoc/>
    public override bool Updates(int operand) => operand == 4;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, features, time, state) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2), Required(inputs, 4));
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 2, $"does not take {data}");
        Require(features.Element is ElementType.F32 or ElementType.S8 && features.Shape.Rank == 2 && features.Shape[1] == data.Shape[1], $"does not take features {features}");
        Require(time.Element is ElementType.F32 or ElementType.S8 && time.Shape.Rank == 2 && time.Shape[0] == features.Shape[0] && time.Shape[1] > 0, $"does not take time weights {time}");
        Require(Rank > 0 && time.Shape[0] % Rank == 0, $"rank {Rank} does not divide {time.Shape[0]} filters");
        Require(inputs[3] is null || inputs[3]!.Element == ElementType.F32 && inputs[3]!.Shape.ElementCount == time.Shape[0] / Rank, $"does not take bias {inputs[3]}");
        Require(state.Element == ElementType.F32 && state.Shape.ElementCount == (long)data.Shape[0] * time.Shape.ElementCount, $"does not keep {state}");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], time.Shape[0] / Rank))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)Required(inputs, 0).Shape[0] * (Required(inputs, 1).Shape.ElementCount + Required(inputs, 2).Shape.ElementCount);
}
