using System.Text.Json.Serialization;

namespace Qnn.Runtime;

/// <summary>One output of a call, copied out of the session, so that it stays as it is whatever runs next. As JSON it has its elements as real numbers.</summary>
/// <typeparam name="T">The model's own element type.</typeparam>
public sealed class OutputTensor<T> where T : unmanaged
{
    private TensorDescription _description;
    private T[] _values;

    // How many entries the axis has that varies; none before the first call.
    private int _entries;

    /// <summary>Memory for an output.</summary>
    /// <exception cref="ArgumentException">The output's elements are of another type.</exception>
    public OutputTensor(TensorDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (ElementTypes.Of<T>() != description.Type) throw new ArgumentException($"'{description.Name}' has elements of type {description.Type.Name()}, not {typeof(T).Name}.", nameof(description));
        _description = description;
        _values = new T[description.Count];
    }

    /// <summary>The name in the source model.</summary>
    public string Name => _description.Name;

    /// <summary>Extents, outermost first; those of this call, where an axis varies.</summary>
    public IReadOnlyList<int> Shape => _description.VaryingAxis < 0 ? _description.Shape : _description.ShapeOf(_entries);

    /// <summary>The step of one quantum; 0 where elements stand for themselves.</summary>
    public float Scale => _description.Scale;

    /// <summary>The element that stands for real zero.</summary>
    public int ZeroPoint => _description.ZeroPoint;

    /// <summary>The number of elements.</summary>
    public int Count => _description.VaryingAxis is var axis && (axis < 0 || _description.Count == 0) ? _description.Count : _description.Count / _description.Shape[axis] * _entries;

    /// <summary>An element as the model gave it, row-major.</summary>
    public T this[int index] => Values[index];

    /// <summary>The elements as the model gave them: quantized numbers of a quantized model.</summary>
    [JsonIgnore] // a span cannot be written
    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    /// <summary>The elements as real numbers.</summary>
    public RealView<T> Real => new(this);

    /// <summary>Copies an output of a session's last run, and takes over its shape.</summary>
    public void Read(InferenceSession session, int output)
    {
        ArgumentNullException.ThrowIfNull(session);
        var values = session.Output<T>(output);
        _description = session.Model.Outputs[output];
        _entries = session.Entries(output);
        if (_values.Length < values.Length) _values = new T[values.Length];
        values.CopyTo(_values);
    }

    /// <summary>The element with the highest score, the first of equals.</summary>
    /// <param name="labels">Names by index; may be shorter than the output, or empty.</param>
    public Classification Best(IReadOnlyList<string> labels)
    {
        Classification best = default;
        Top(labels, new Span<Classification>(ref best));
        return best;
    }

    /// <summary>The elements with the highest scores, the best first. Of equal scores the first element comes first.</summary>
    /// <param name="labels">Names by index; may be shorter than the output, or empty.</param>
    /// <param name="count">How many, at most.</param>
    public Classifications Top(IReadOnlyList<string> labels, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var best = new Classification[Math.Min(count, Count)];
        Top(labels, best);
        return new Classifications(best);
    }

    /// <summary>As <see cref="Top(IReadOnlyList{string}, int)"/>, into the caller's memory and without allocating. Returns how many were written.</summary>
    public int Top(IReadOnlyList<string> labels, Span<Classification> best)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int filled = 0;
        for (int i = 0; i < Count && best.Length > 0; i++)
        {
            float score = Quantizer.ToReal(_values[i], Scale, ZeroPoint);
            if (float.IsNaN(score)) score = float.NegativeInfinity;
            if (filled == best.Length && score <= best[^1].Score) continue;
            int place = filled < best.Length ? filled++ : filled - 1;
            for (; place > 0 && best[place - 1].Score < score; place--) best[place] = best[place - 1];
            best[place] = new Classification(i, i < labels.Count ? labels[i] : "", score);
        }
        return filled;
    }

    /// <summary><c>probabilities: int8 1x10, real = 0.00390625 * (q + 128)</c></summary>
    public override string ToString() => _description.ToString();
}
