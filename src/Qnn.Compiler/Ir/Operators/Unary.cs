using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>y = f(x), element by element. Floats are computed in double precision and rounded once, or exactly. Operand: data (float32; int32, int64 for abs, negate, square, sign; bool for not).</summary>
/// <param name="Kind">The function.</param>
/// <param name="Alpha">Its first parameter, where it has one.</param>
/// <param name="Beta">Its second parameter, where it has one.</param>
internal sealed record Unary(UnaryKind Kind, float Alpha = 0, float Beta = 0) : Operator
{
    /// <summary>min(max(x, min), max)</summary>
    public static Unary Clamp(float min, float max) => new(UnaryKind.Clamp, min, max);

    /// <inheritdoc/>
    public override string Mnemonic => "unary";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <summary>PyTorch's functions treat the last elements in another way than the rest, so their order counts.</summary>
    public override Operator? OnTransposed(Ints axes) => Kind.HasBlocks() ? null : this;

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs) => (operands[0] ?? (Kind == UnaryKind.Clamp ? Bounds.Any : null)) is not { } data ? null : Kind switch
    {
        UnaryKind.Floor => data.Each(Math.Floor),
        UnaryKind.Ceil => data.Each(Math.Ceiling),
        UnaryKind.LogicalNot => new([.. data.Elements.Select(e => (1 - e.High, 1 - e.Low))]),
        UnaryKind.Clamp => data.Each(v => Math.Min(Math.Max(v, Alpha), Beta)),
        _ => null,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        bool fits = data.Element switch
        {
            ElementType.F32 => Kind != UnaryKind.LogicalNot,
            ElementType.S32 or ElementType.S64 => Kind is UnaryKind.Abs or UnaryKind.Negate or UnaryKind.Square or UnaryKind.Sign,
            ElementType.Bool => Kind == UnaryKind.LogicalNot,
            _ => false,
        };
        Require(fits, $"{Kind} does not take {data.Element.Name()}");
        return [data with { Quantization = null }];
    }
}
