using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>
/// Functions of halves, for which ONNX Runtime's CPU provider has no operator: it runs the operators of ONNX's function where the model's version is the one that the function was written for
/// (`onnx/defs/math/defs.cc`), which is 18. Of other versions it computes them in single precision. Their numbers are not rounded: the casts of these vanish.
/// </summary>
internal static class HalfFunctions
{
    private const int Version = 18;

    /// <summary>Whether the last operator of a node's function is one of halves.</summary>
    public static bool EndsInHalves(OnnxImporter importer, NodeProto node) => node.OpType is "Relu" or "HardSigmoid" && OnnxImporter.IsOnnxs(node) && importer.NodeOf(node).Opset == Version;

    /// <summary>Whether it is the only one.</summary>
    public static bool IsOfHalves(OnnxImporter importer, NodeProto node) => node.OpType == "Relu" && EndsInHalves(importer, node);

    /// <summary>The function of a node's operand, or null where it has an operator, or is of another version.</summary>
    public static Value? Of(OnnxNode node, Func<OnnxNode, Value, Value> function) => node.Opset == Version && node.Proto.Domain.Length == 0 && node.IsHalf(0) ? function(node, node.Input(0)) : null;

    /// <summary>where(x &lt; 0, alpha * (exp(x) - 1), x)</summary>
    public static Value Elu(OnnxNode node, Value x) => Choice(node, x, Product(node, node.Float("alpha", 1), Pair(node, BinaryKind.Subtract, Exp(node, x), 1)), x);

    /// <summary>where(x &lt; 0, gamma * (alpha * exp(x) - alpha), gamma * x)</summary>
    public static Value Selu(OnnxNode node, Value x)
    {
        float alpha = node.Float("alpha", 1.67326319217681884765625f), gamma = node.Float("gamma", 1.05070102214813232421875f);
        return Choice(node, x, Product(node, gamma, Pair(node, BinaryKind.Subtract, Product(node, alpha, Exp(node, x)), alpha)), Product(node, gamma, x));
    }

    /// <summary>log(exp(x) + 1)</summary>
    public static Value Softplus(OnnxNode node, Value x) => node.Emit(new Unary(UnaryKind.EigenLog), Pair(node, BinaryKind.Add, Exp(node, x), 1));

    /// <summary>x / (1 + abs(x))</summary>
    public static Value Softsign(OnnxNode node, Value x) => node.Emit(new Binary(BinaryKind.Divide), x, Pair(node, BinaryKind.Add, node.Emit(new Unary(UnaryKind.Abs), x), 1));

    /// <summary>x * tanh(softplus(x))</summary>
    public static Value Mish(OnnxNode node, Value x) => node.Emit(new Binary(BinaryKind.Multiply), x, node.Emit(new Unary(UnaryKind.MlasTanh), Softplus(node, x)));

    /// <summary>max(min(alpha * x + beta, 1), 0), the bounds being operators of halves.</summary>
    public static Value HardSigmoid(OnnxNode node, Value x) => Hard(node, x, node.Float("alpha", 0.2f), node.Float("beta", 0.5f));

    /// <summary>x * max(min(x / 6 + 1 / 2, 1), 0)</summary>
    public static Value HardSwish(OnnxNode node, Value x) => node.Emit(new Binary(BinaryKind.Multiply), x, Hard(node, x, 1f / 6, 0.5f));

    private static Value Hard(OnnxNode node, Value x, float alpha, float beta) => node.Emit(Unary.Clamp(0, 1), node.Importer.Rounded(Pair(node, BinaryKind.Add, Product(node, alpha, x), beta)));

    private static Value Exp(OnnxNode node, Value x) => node.Emit(new Unary(UnaryKind.MlasExp), x);

    private static Value Product(OnnxNode node, float factor, Value x) => Pair(node, BinaryKind.Multiply, x, factor);

    private static Value Pair(OnnxNode node, BinaryKind kind, Value x, float number) => node.Emit(new Binary(kind), x, OnnxNode.Scalar(number));

    private static Value Choice(OnnxNode node, Value x, Value below, Value above) => node.Emit(new Select(), node.Emit(new Compare(CompareKind.Less), x, OnnxNode.Scalar(0f)), below, above);
}
