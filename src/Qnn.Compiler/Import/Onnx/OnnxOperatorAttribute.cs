namespace Qnn.Compiler.Import.Onnx;

/// <summary>Marks the method that imports an operator: static, taking an <see cref="OnnxNode"/>, in a static class of Import/Onnx/Operators.</summary>
/// <param name="name">The operator's type: <c>QLinearConv</c>.</param>
/// <param name="domain">Its domain; empty for ONNX's own.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OnnxOperatorAttribute(string name, string domain = "") : Attribute
{
    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>The operator's type.</summary>
    public string Name { get; } = name;

    /// <summary>Its domain.</summary>
    public string Domain { get; } = domain;

    /// <summary>What the method does with operands of which an axis has an extent that is known at run time only.</summary>
    public VaryingOperands Varying { get; init; }
}
