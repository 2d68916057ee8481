using System.Globalization;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import;

/// <summary>
/// The option <c>InputShapes</c>: entries separated by <c>;</c>, each <c>[NAME:]2x3x224x224[:type]</c>, type float32 unless said; positional when unnamed.
/// Binds the shapes and types that a model leaves open.
/// <para>Several sets of shapes stand one after another: a set is over where an input is named again, or where each input has had its unnamed entry.
/// With <c>,</c> between the entries of a set, <c>;</c> separates sets.</para>
/// </summary>
public sealed class InputShapes
{
    private readonly List<Entry> _entries;

    // The sets, where the text separates them; else null.
    private readonly List<List<Entry>>? _groups;
    private readonly int _set;

    private InputShapes(List<Entry> entries, List<List<Entry>>? groups = null, int set = 0) => (_entries, _groups, _set) = (entries, groups, set);

    /// <summary>Nothing is said.</summary>
    public static InputShapes None { get; } = new([]);

    /// <summary>One input's shape.</summary>
    /// <param name="Name">The input's name; null when the entry goes by its place.</param>
    /// <param name="Shape">The extents.</param>
    /// <param name="Type">The element type, or null where the entry does not say one.</param>
    public sealed record Entry(string? Name, Shape Shape, ElementType? Type);

    /// <summary>The entries.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>The entries of the first set, where the text separates sets; else all.</summary>
    internal IReadOnlyList<Entry> FirstSet => _groups?[0] ?? _entries;

    /// <summary>Reads the option's text.</summary>
    /// <exception cref="ModelException">It is malformed.</exception>
    public static InputShapes Parse(string? text)
    {
        const StringSplitOptions Options = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        text ??= "";
        List<List<Entry>> groups = [.. text.Split(';', Options).Select(group => group.Split(',', Options).Select(ParseEntry).ToList())];
        List<Entry> entries = [.. groups.SelectMany(group => group)];
        return entries.Count == 0 ? None : new InputShapes(entries, text.Contains(',', StringComparison.Ordinal) ? groups : null);
    }

    /// <summary>The same text, of which an import takes another set.</summary>
    internal InputShapes WithSet(int set) => new(_entries, _groups, set);

    /// <summary>The set that an import takes, as the shapes of one set.</summary>
    /// <param name="inputs">The names of the model's inputs.</param>
    /// <exception cref="ModelException">An entry names no input, or the entries make no whole sets.</exception>
    internal InputShapes Select(IReadOnlyList<string> inputs) => new(Split(inputs)[_set]);

    /// <summary>The sets of shapes, at least one, each for the same inputs.</summary>
    /// <param name="inputs">The names of the model's inputs.</param>
    /// <exception cref="ModelException">An entry names no input, or the entries make no whole sets.</exception>
    internal IReadOnlyList<List<Entry>> Split(IReadOnlyList<string> inputs)
    {
        foreach (var entry in _entries)
        {
            if (entry.Name is not null && !inputs.Contains(entry.Name)) throw Invalid($"InputShapes names '{entry.Name}', which is no input. Inputs: {string.Join(", ", inputs)}.");
        }
        var sets = _groups ?? SplitInOrder(inputs.Count);
        foreach (var set in sets)
        {
            int unnamed = set.Count(e => e.Name is null);
            if (unnamed > inputs.Count) throw Invalid($"InputShapes has {unnamed} unnamed entries in a set; the model has {inputs.Count} input(s). Sets are separated by ';', their entries by ',', and a shape's extents are joined by 'x': 1x224x224x3.");
            if (set.Where(e => e.Name is not null).GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { } twice) throw Invalid($"InputShapes names '{twice.Key}' twice in a set. Sets are separated by ';', their entries by ',', and a shape's extents are joined by 'x': 1x224x224x3.");
            if (!set.Select(e => e.Name).Order().SequenceEqual(sets[0].Select(e => e.Name).Order())) throw Invalid($"InputShapes has sets of different inputs. Every set needs an entry for each of them; write ',' between the entries of a set and ';' between sets: \"{string.Join(';', Enumerable.Repeat(string.Join(',', inputs.Select(i => $"{i}:1x128")), 2))}\".");
        }
        return sets;
    }

    // A set ends where an input would come a second time.
    private List<List<Entry>> SplitInOrder(int inputs)
    {
        var sets = new List<List<Entry>> { new() };
        foreach (var entry in _entries)
        {
            bool again = entry.Name is null ? sets[^1].Count(e => e.Name is null) == inputs : sets[^1].Exists(e => e.Name == entry.Name);
            if (again) sets.Add([]);
            sets[^1].Add(entry);
        }
        return sets;
    }

    private static Entry ParseEntry(string part)
    {
        string[] fields = part.Split(':');
        // A name may itself hold colons (serving_default_x:0), so the shape is sought from the end.
        ElementType? type = null;
        int last = fields.Length - 1;
        if (last > 0 && ElementTypes.TryParse(fields[last], out var parsed)) (type, last) = (parsed, last - 1);
        // A scalar has no extents: "zero_point::uint8".
        bool scalar = fields[last].Length == 0 && last > 0 && type is not null;
        var shape = Shape.Scalar;
        if (!scalar && !TryParseShape(fields[last], out shape)) throw Invalid($"InputShapes entry '{part}' is not of the form [NAME:]1x224x224x3[:type].");
        return new Entry(last > 0 ? string.Join(':', fields[..last]) : null, shape, type);
    }

    private static ModelException Invalid(string message) => new(DiagnosticCodes.InvalidOption, message);

    /// <summary>The entry for an input, or null.</summary>
    public Entry? Find(int index, string name) =>
        _entries.Find(e => e.Name == name) ?? _entries.Where(e => e.Name is null).ElementAtOrDefault(index);

    /// <summary>An input's shape: the option's, else the file's with open extents taken from its fallback.</summary>
    /// <param name="index">The input's place.</param>
    /// <param name="name">Its name.</param>
    /// <param name="stated">The extents in the file; -1 for open ones.</param>
    /// <param name="fallback">What open extents are when nothing is said; empty when there is nothing to fall back on.</param>
    public Shape Resolve(int index, string name, int[] stated, int[] fallback)
    {
        if (Find(index, name) is { } entry)
        {
            bool fits = entry.Shape.Rank == stated.Length && !stated.Where((extent, axis) => extent >= 0 && extent != entry.Shape[axis]).Any();
            if (fits) return entry.Shape;
            throw new ModelException(DiagnosticCodes.InvalidOption, $"InputShapes gives input '{name}' the shape {entry.Shape}; the model says {string.Join('x', stated.Select(e => e < 0 ? "?" : e.ToString(CultureInfo.InvariantCulture)))}.");
        }
        int[] extents = [.. stated.Select((extent, axis) => extent >= 0 ? extent : axis < fallback.Length ? fallback[axis] : -1)];
        if (extents.Any(e => e < 0)) throw new ModelException(DiagnosticCodes.OpenShape, $"Input '{name}' leaves its shape open. Say it: InputShapes=\"{name}:{string.Join('x', stated.Select(e => e < 0 ? "1" : e.ToString(CultureInfo.InvariantCulture)))}\".");
        try
        {
            return new Shape(extents);
        }
        catch (ArgumentException fault)
        {
            throw new ModelException(DiagnosticCodes.InconsistentModel, $"Input '{name}': {fault.Message}");
        }
    }

    private static bool TryParseShape(string text, out Shape shape)
    {
        shape = Shape.Scalar;
        string[] parts = text.Split('x');
        var extents = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out extents[i])) return false;
        }
        try
        {
            shape = new Shape(extents);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
