using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>The function that ONNX Runtime's fused operators apply to their result, as models that it has optimized and stored hold them.</summary>
internal static class FusedActivation
{
    /// <summary>The result with a node's activation, where it states one; its parameters in a list, or as alpha and beta.</summary>
    public static Value Apply(OnnxNode node, Value x)
    {
        string name = node.Text("activation", "");
        float[] parameters = node.Attribute("activation_params")?.Floats.ToArray() ?? [node.Float("activation_alpha", Otherwise(name)), node.Float("activation_beta", 0.5f)];
        float Parameter(int i) => i < parameters.Length ? parameters[i] : throw node.Malformed($"lacks parameters of {name}");
        return name switch
        {
            "" => x,
            "Relu" => node.Emit(Unary.Clamp(0, float.PositiveInfinity), x),
            "Sigmoid" => node.Emit(new Unary(UnaryKind.MlasLogistic), x),
            "Tanh" => node.Emit(new Unary(UnaryKind.MlasTanh), x),
            "LeakyRelu" => node.Emit(new Unary(UnaryKind.LeakyRelu, Parameter(0)), x),
            "Clip" => node.Emit(Unary.Clamp(Parameter(0), Parameter(1)), x),
            "HardSigmoid" => Elementwise.Hard(node, x, Parameter(0), Parameter(1)),
            "HardSwish" => node.Emit(new Binary(BinaryKind.Multiply), x, Elementwise.Hard(node, x, 1f / 6, 0.5f)),
            _ => throw node.Unsupported($"its activation is {name}"),
        };
    }

    private static float Otherwise(string name) => name == "HardSigmoid" ? 0.2f : 0.01f;
}
