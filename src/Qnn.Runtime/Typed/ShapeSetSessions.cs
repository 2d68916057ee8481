namespace Qnn.Runtime;

/// <summary>A caller's own sessions of a model that was compiled for several sets of input shapes: one a set, made when it is first needed. For one caller at a time.</summary>
public sealed class ShapeSetSessions : IDisposable
{
    private readonly QuantizedModel _model;
    private readonly InferenceOptions? _options;
    private readonly InferenceSession?[] _sessions;
    private bool _disposed;

    /// <summary>Makes the session of the model's first shape set.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Threads and kernels; null for the defaults.</param>
    public ShapeSetSessions(QuantizedModel model, InferenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _options) = (model.ShapeSets[0], options);
        _sessions = new InferenceSession?[model.ShapeSets.Count];
        Current = Of(0);
    }

    /// <summary>The session that was asked for last; of the first shape set at first.</summary>
    public InferenceSession Current { get; private set; }

    /// <summary>The session of the first shape set, which images are brought to the size of.</summary>
    public InferenceSession First() => Current = Of(0);

    /// <summary>The session of the shape set whose inputs have as many elements.</summary>
    /// <param name="lengths">The elements of each input.</param>
    /// <exception cref="ArgumentException">No shape set has as many.</exception>
    public InferenceSession For(params ReadOnlySpan<int> lengths)
    {
        var set = ModelHost.ShapeSetOf(_model, lengths);
        int index = 0;
        while (!ReferenceEquals(_model.ShapeSets[index], set)) index++;
        return Current = Of(index);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        foreach (var session in _sessions) session?.Dispose();
    }

    private InferenceSession Of(int index)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _sessions[index] ??= _model.ShapeSets[index].CreateSession(_options);
    }
}
