using System.Globalization;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import;

/// <summary>
/// The option <c>InputShapes</c>: entries separated by <c>;</c>, each <c>[NAME:]2x3x224x224[:type]</c>, type float32 unless said; positional when unnamed.
/// Binds the shapes and types that a model leaves open.
/// </summary>
public sealed class InputShapes
{
    private readonly List<Entry> _entries;

    private InputShapes(List<Entry> entries) => _entries = entries;

    /// <summary>Nothing is said.</summary>
    public static InputShapes None { get; } = new([]);

    /// <summary>One input's shape.</summary>
    /// <param name="Name">The input's name; null when the entry goes by its place.</param>
    /// <param name="Shape">The extents.</param>
    /// <param name="Type">The element type, or null where the entry does not say one.</param>
    public sealed record Entry(string? Name, Shape Shape, ElementType? Type);

    /// <summary>The entries.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Reads the option's text.</summary>
    /// <exception cref="ModelException">It is malformed.</exception>
    public static InputShapes Parse(string? text)
    {
        var entries = new List<Entry>();
        foreach (string part in (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = part.Split(':');
            // A name may itself hold colons (serving_default_x:0), so the shape is sought from the end.
            ElementType? type = null;
            int last = fields.Length - 1;
            if (last > 0 && ElementTypes.TryParse(fields[last], out var parsed)) (type, last) = (parsed, last - 1);
            if (!TryParseShape(fields[last], out var shape))
            {
                throw new ModelException(DiagnosticCodes.InvalidOption, $"InputShapes entry '{part}' is not of the form [NAME:]1x224x224x3[:type].");
            }
            entries.Add(new Entry(last > 0 ? string.Join(':', fields[..last]) : null, shape, type));
        }
        return entries.Count == 0 ? None : new InputShapes(entries);
    }

    /// <summary>Rejects entries that name no input.</summary>
    public void CheckNames(IReadOnlyList<string> inputs)
    {
        foreach (var entry in _entries)
        {
            if (entry.Name is not null && !inputs.Contains(entry.Name))
            {
                throw new ModelException(DiagnosticCodes.InvalidOption, $"InputShapes names '{entry.Name}', which is no input. Inputs: {string.Join(", ", inputs)}.");
            }
        }
        if (_entries.Count(e => e.Name is null) > inputs.Count)
        {
            throw new ModelException(DiagnosticCodes.InvalidOption, $"InputShapes has more entries than the model's {inputs.Count} input(s).");
        }
    }

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
