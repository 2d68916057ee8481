namespace Qnn.Compiler.Ir;

/// <summary>
/// An axis whose extent is known at run time only: the shape states a bound, and the first <paramref name="Count"/> entries are there. A value may have several. What lies beyond is anything and must not influence what is there.
/// While a graph is imported, <see cref="GraphBuilder"/> keeps it beside the values; in a finished graph the operators that need counts take them as operands.
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Count">How many entries there are: an int64 scalar, from 0 to the axis' extent.</param>
internal sealed record Varying(int Axis, Value Count);

/// <summary>An operator says nothing of an axis whose extent is known at run time only. Importers turn it into a diagnostic that names the node.</summary>
internal sealed class VaryingException(string message) : Exception(message);
