using System.Collections;

namespace Qnn.Runtime;

/// <summary>Classes, the best first. Of equal scores the first class comes first.</summary>
public sealed class Classifications : IReadOnlyList<Classification>
{
    private readonly Classification[] _classes;

    internal Classifications(Classification[] classes) => _classes = classes;

    /// <inheritdoc/>
    public int Count => _classes.Length;

    /// <inheritdoc/>
    public Classification this[int index] => _classes[index];

    /// <inheritdoc/>
    public IEnumerator<Classification> GetEnumerator() => ((IEnumerable<Classification>)_classes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _classes.GetEnumerator();

    /// <summary><c>283 tiger cat 0.62, 282 tabby 0.21</c></summary>
    public override string ToString() => string.Join(", ", _classes);
}
