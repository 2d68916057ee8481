using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>The same bytes as elements of another type. Elements of another size add a last axis, or take one away. Operand: data of any type.</summary>
/// <param name="Element">The type of the result.</param>
internal sealed record Bitcast(ElementType Element) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "bitcast";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        int from = data.Element.Size(), to = Element.Size();
        if (from == to) return [new TensorType(Element, data.Shape)];
        if (from > to) return [new TensorType(Element, new Shape([.. data.Shape.Span, from / to]))];
        Require(data.Shape.Rank > 0 && data.Shape[-1] == to / from, $"{data} does not make elements of {to} bytes");
        return [new TensorType(Element, new Shape(data.Shape.Span[..^1]))];
    }
}
