using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// TensorFlow Lite's integer SVDF: each filter f keeps its last M features, where the newest is clamp(rescale(sum over i of (x[i] - zero point) * features[f, i]));
/// output u is clamp(rescale(bias[u] + sum over its Rank filters and their memories of time[f, m] * memory[f, m]) + OutputZeroPoint).
/// Both rescalings round twice. Operands: data s8[B,I], features s8[F,I] constant, time s16 or s8 [F,M] constant, bias s32[F/Rank] constant (optional), state s16 or s8 [B,F*M], a variable.
/// </summary>
/// <param name="Rank">Filters that add up to an output.</param>
/// <param name="StateMultiplier">From a feature's sum to the state.</param>
/// <param name="OutputMultiplier">From a sum over time to the output.</param>
/// <param name="OutputZeroPoint">Zero point of the result.</param>
internal sealed record QnnSvdf(int Rank, double StateMultiplier, double OutputMultiplier, int OutputZeroPoint) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.svdf";

    /// <inheritdoc/>
    public override bool IsPure => false;

    /// <inheritdoc/>
    public override bool Updates(int operand) => operand == 4;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, features, time, state) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2), Required(inputs, 4));
        Require(data.Element == ElementType.S8 && data.Shape.Rank == 2, $"does not take {data}");
        Require(features.Element == ElementType.S8 && features.Shape.Rank == 2 && features.Shape[1] == data.Shape[1], $"does not take features {features}");
        Require(time.Element is ElementType.S16 or ElementType.S8 && time.Shape.Rank == 2 && time.Shape[0] == features.Shape[0] && time.Shape[1] > 0, $"does not take time weights {time}");
        Require(Rank > 0 && time.Shape[0] % Rank == 0, $"rank {Rank} does not divide {time.Shape[0]} filters");
        Require(inputs[3] is null || inputs[3]!.Element == ElementType.S32 && inputs[3]!.Shape.ElementCount == time.Shape[0] / Rank, $"does not take bias {inputs[3]}");
        Require(state.Element is ElementType.S16 or ElementType.S8 && state.Shape.ElementCount == (long)data.Shape[0] * time.Shape.ElementCount, $"does not keep {state}");
        return [new TensorType(ElementType.S8, new Shape(data.Shape[0], time.Shape[0] / Rank))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)Required(inputs, 0).Shape[0] * (Required(inputs, 1).Shape.ElementCount + Required(inputs, 2).Shape.ElementCount);
}
