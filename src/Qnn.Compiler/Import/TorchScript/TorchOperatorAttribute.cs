namespace Qnn.Compiler.Import.TorchScript;

/// <summary>Marks the static method <c>object? M(TorchCall call)</c> that imports operators. Found by reflection; no list names them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchOperatorAttribute(params string[] names) : Attribute
{
    /// <summary>The operators' names: <c>quantized::conv2d</c>. A name also stands for its in-place form, <c>aten::relu_</c>.</summary>
    public string[] Names { get; } = names;
}
