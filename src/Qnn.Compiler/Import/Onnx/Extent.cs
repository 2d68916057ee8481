using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>An extent, or another number of a shape: known, or a bound and an int64 scalar that is computed at run time.</summary>
/// <param name="Bound">The number; the greatest that it can be, where it is computed, and int.MaxValue where that is not known.</param>
/// <param name="Count">The scalar; null for a number that is known.</param>
internal readonly record struct Extent(int Bound, Value? Count)
{
    /// <summary>Whether it is known.</summary>
    public bool IsKnown => Count is null;
}
