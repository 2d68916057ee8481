namespace Qnn.Compiler.Import.MxNet;

/// <summary>Marks the static method <c>void M(MxNetNode node)</c> that imports an operator. Found by reflection; no list names them.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class MxNetOperatorAttribute(string name) : Attribute
{
    /// <summary>The operator's name in symbol files.</summary>
    public string Name { get; } = name;
}
