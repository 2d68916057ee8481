using System.Runtime.CompilerServices;

namespace Qnn.Runtime;

/// <summary>Up to eight numbers, one an axis, inside a step's parameter structure. Unused places are zero.</summary>
[InlineArray(Length)]
internal struct Dims
{
    /// <summary>The highest rank that the runtime handles.</summary>
    public const int Length = 8;

    private int _first;

    /// <summary>Copies at most <see cref="Length"/> numbers.</summary>
    public static Dims From(ReadOnlySpan<int> values)
    {
        var dims = default(Dims);
        values.CopyTo(dims);
        return dims;
    }
}
