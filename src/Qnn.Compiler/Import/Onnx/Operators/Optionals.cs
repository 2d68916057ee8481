using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Values that may be absent: whether they are is known when the model is compiled.</summary>
internal static class Optionals
{
    /// <summary>A value that is there.</summary>
    [OnnxOperator("Optional")]
    [OnnxOperator("OptionalGetElement")]
    public static void Present(OnnxNode node)
    {
        if (!IsGiven(node)) throw node.Unsupported("it makes a value that is absent");
        node.Result(node.Operand(0));
    }

    /// <summary>Whether a value is there.</summary>
    [OnnxOperator("OptionalHasElement")]
    public static void IsPresent(OnnxNode node) => node.Result(OnnxNode.Scalar(IsGiven(node)));

    private static bool IsGiven(OnnxNode node) => node.InputCount > 0 && node.Proto.Input[0].Length > 0;
}
