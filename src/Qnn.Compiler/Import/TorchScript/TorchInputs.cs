using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Import.TorchScript.Syntax;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>
/// What a parameter of <c>forward</c> is made of: a tensor, a number, or a tuple, list or dictionary of such; named tuples are tuples whose parts have their fields' names. An optional one is taken to be there.
/// The tensors of what has parts are inputs of their own, named after it and their places or keys: <c>states_0</c>, <c>batch_image</c>. Numbers are tensors without axes.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Number">A number's type; null for what is none.</param>
/// <param name="Parts">The parts; null for a tensor or a number.</param>
/// <param name="Join">Makes the parameter of its parts' values.</param>
internal sealed record TorchInput(string Name, ElementType? Number, IReadOnlyList<TorchInput>? Parts, Func<object?[], object>? Join)
{
    private const int MaxDepth = 8;
    private const int MaxParts = 1000;

    /// <summary>All tensors and numbers, in order.</summary>
    public IEnumerable<TorchInput> Leaves => Parts is null ? [this] : Parts.SelectMany(p => p.Leaves);

    /// <summary>The inputs that parameters stand for. What InputShapes names says how long lists are and what keys dictionaries have; unnamed entries that are left are those of a list.</summary>
    /// <exception cref="ModelException">One is of another type, or the length of a list is not said.</exception>
    /// <param name="parameters">The parameters.</param>
    /// <param name="shapes">What InputShapes says.</param>
    /// <param name="find">Finds a class by its name.</param>
    /// <param name="join">Makes a named tuple.</param>
    public static TorchInput[] Of(IReadOnlyList<Parameter> parameters, InputShapes shapes, Func<string, Class?> find, Func<Class, object?[], object?[]> join)
    {
        var said = shapes.FirstSet;
        string[] names = [.. said.Select(e => e.Name).OfType<string>()];
        TorchInput[] All(int rest) => [.. parameters.Select(p => Of(p.Name, p.Name, p.Type, names, rest, 0, find, join))];
        var inputs = All(0);
        int left = said.Count - names.Length - inputs.SelectMany(i => i.Leaves).Count(l => l.Number is null);
        if (left > 0) inputs = All(left);
        foreach (var input in inputs) input.CheckParts();
        return inputs;
    }

    /// <summary>The value that the parameter has, of the values of its tensors and numbers by their names.</summary>
    public object Value(Func<string, object> value) => Join is null ? value(Name) : Join([.. Parts!.Select(p => p.Value(value))]);

    private void CheckParts()
    {
        if (Parts is []) throw new ModelException(DiagnosticCodes.OpenShape, $"Input '{Name}' is a list or dictionary; TorchScript does not say what is in it. Name its tensors by their places or keys: InputShapes=\"{Name}_0:1x3x224x224;{Name}_1:1x3x224x224\" or \"{Name}_KEY:1x3x224x224\".");
        foreach (var part in Parts ?? []) part.CheckParts();
    }

    private static TorchInput Of(string parameter, string name, Expression? type, string[] names, int rest, int depth, Func<string, Class?> find, Func<Class, object?[], object?[]> join)
    {
        TorchInput Part(string key, Expression of) => Of(parameter, $"{name}_{key}", of, names, rest, depth + 1, find, join);
        switch (type)
        {
            case Name { Text: "Tensor" }:
                return new TorchInput(name, null, null, null);
            case Name { Text: "int" or "float" or "bool" or "number" } number:
                return new TorchInput(name, number.Text switch { "int" => ElementType.S64, "bool" => ElementType.Bool, _ => ElementType.F32 }, null, null);
            case Syntax.Index { Target: Name { Text: "Optional" }, Key: var inner } when depth < MaxDepth:
                return Of(parameter, name, inner, names, rest, depth + 1, find, join);
            case Syntax.Index { Target: Name { Text: "Tuple" }, Key: var inner } when depth < MaxDepth:
                return new TorchInput(name, null, [.. (inner is TupleOf several ? several.Items : [inner]).Select((t, i) => Part($"{i}", t))], parts => parts);
            case Syntax.Index { Target: Name { Text: "List" }, Key: var inner } when depth < MaxDepth:
                int count = Keys(name, names).Select(k => int.TryParse(k.Split('_')[0], out int place) ? place + 1 : 0).DefaultIfEmpty(rest).Max();
                if (count > MaxParts) throw TorchFault.TooLarge($"Input '{parameter}' is a list of {count} items; {MaxParts} is the limit.");
                return new TorchInput(name, null, [.. Enumerable.Range(0, count).Select(i => Part($"{i}", inner))], parts => new TorchList(parts));
            case Syntax.Index { Target: Name { Text: "Dict" }, Key: TupleOf { Items: [Name { Text: "str" or "int" } key, Name { Text: "Tensor" } tensor] } }:
                string[] keys = [.. Keys(name, names).Where(k => key.Text == "str" || long.TryParse(k, out _))];
                return new TorchInput(name, null, [.. keys.Select(k => Part(k, tensor))], parts =>
                {
                    var dictionary = new TorchDictionary();
                    for (int i = 0; i < keys.Length; i++) dictionary.Items[key.Text == "str" ? keys[i] : long.Parse(keys[i], System.Globalization.CultureInfo.InvariantCulture)] = parts[i];
                    return dictionary;
                });
            case Member when depth < MaxDepth && find(Dotted(type)) is { Base: "NamedTuple" } named:
                return new TorchInput(name, null, [.. named.Attributes.Select(f => Part(f.Name, f.Type!))], parts => join(named, parts));
            default:
                throw TorchFault.Unsupported($"Input '{parameter}' is {Words(type)}; tensors and numbers can be inputs, and tuples, lists and dictionaries of tensors.");
        }
    }

    // What stands behind a parameter's name in names of InputShapes.
    private static IEnumerable<string> Keys(string name, string[] names) => names.Where(n => n.StartsWith($"{name}_", StringComparison.Ordinal)).Select(n => n[(name.Length + 1)..]);

    // __torch__.models.Boxes
    private static string Dotted(Expression type) => type switch { Member member => $"{Dotted(member.Target)}.{member.Text}", Name name => name.Text, _ => "" };

    private static string Words(Expression? type) => type switch
    {
        Syntax.Index index => $"a {Words(index.Target).Split(' ')[^1]}",
        Name name => $"a {name.Text}",
        Member member => $"a {member.Text}",
        _ => "of no type",
    };
}
