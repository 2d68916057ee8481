using Qnn.Compiler.Import.TorchScript.Syntax;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>What a parameter of <c>forward</c> is made of: a tensor, or a tuple of such. An optional one is taken to be there. The tensors of a tuple are inputs of their own, named after it and their places: <c>states_0</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Parts">The parts of a tuple; null for a tensor.</param>
internal sealed record TorchInput(string Name, IReadOnlyList<TorchInput>? Parts)
{
    private const int MaxDepth = 8;

    /// <summary>All tensors, in order.</summary>
    public IEnumerable<string> Tensors => Parts is null ? [Name] : Parts.SelectMany(p => p.Tensors);

    /// <summary>The inputs that a parameter stands for.</summary>
    /// <exception cref="Diagnostics.ModelException">It is of another type.</exception>
    public static TorchInput Of(Parameter parameter) => Of(parameter.Name, parameter.Name, parameter.Type, 0);

    /// <summary>The value that the parameter has, of the values of its tensors by their names.</summary>
    public object Value(Func<string, object> value) => Parts is null ? value(Name) : Parts.Select(p => (object?)p.Value(value)).ToArray();

    private static TorchInput Of(string parameter, string name, Expression? type, int depth) => type switch
    {
        Name { Text: "Tensor" } => new TorchInput(name, null),
        Syntax.Index { Target: Name { Text: "Optional" }, Key: var inner } when depth < MaxDepth => Of(parameter, name, inner, depth + 1),
        Syntax.Index { Target: Name { Text: "Tuple" }, Key: var inner } when depth < MaxDepth => new TorchInput(name, [.. (inner is TupleOf several ? several.Items : [inner]).Select((t, i) => Of(parameter, $"{name}_{i}", t, depth + 1))]),
        _ => throw TorchFault.Unsupported($"Input '{parameter}' is {Words(type)}; only tensors and tuples of tensors can be inputs."),
    };

    private static string Words(Expression? type) => type switch
    {
        Syntax.Index index => $"a {Words(index.Target).Split(' ')[^1]}",
        Name name => $"a {name.Text}",
        Member member => $"a {member.Text}",
        _ => "of no type",
    };
}
