using Qnn.Compiler.Import.TfLite.Schema;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>Marks the static method <c>void M(TfLiteNode node)</c> that imports an operator. Found by reflection; no list names them.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class TfLiteOperatorAttribute(BuiltinOperator code) : Attribute
{
    /// <summary>The operator.</summary>
    public BuiltinOperator Code { get; } = code;

    /// <summary>Whether operands may have an axis whose length is known at run time only: the method then uses shapes as bounds, and leaves it to the graph's operators to carry the axis or to refuse it.</summary>
    public bool Varying { get; init; }
}

/// <summary>As <see cref="TfLiteOperatorAttribute"/>, for a custom operator.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class TfLiteCustomOperatorAttribute(string name) : Attribute
{
    /// <summary>The custom code.</summary>
    public string Name { get; } = name;
}
