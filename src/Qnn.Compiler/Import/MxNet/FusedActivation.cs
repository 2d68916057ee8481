using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>The activation in a fused operator's subgraph.</summary>
internal sealed class FusedActivation
{
    private readonly SymbolNode _node;

    private FusedActivation(SymbolNode node, string kind) => (_node, Kind) = (node, kind);

    /// <summary><c>relu</c>, <c>clip</c>, <c>leaky</c>, ...</summary>
    public string Kind { get; }

    /// <summary>Whether an 8-bit result of it is unsigned.</summary>
    public bool IsUnsigned => Kind is "relu" or "sigmoid" or "softrelu" or "clip" or "square" or "sqrt" or "exp" or "abs";

    /// <summary>The last node of a subgraph, if it is an activation.</summary>
    public static FusedActivation? Last(Symbol subgraph)
    {
        var last = subgraph.Nodes[^1];
        return last.Op switch
        {
            "Activation" => new FusedActivation(last, last.Attributes.Text("act_type", "relu")),
            "LeakyReLU" => new FusedActivation(last, last.Attributes.Text("act_type", "leaky")),
            "relu" or "clip" or "square" or "sqrt" or "exp" or "abs" => new FusedActivation(last, last.Op),
            _ => null,
        };
    }

    /// <summary>The function of float values, as oneDNN computes it.</summary>
    public Value Apply(MxNetNode node, Value x) => Kind == "exp" ? node.Add(new Unary(UnaryKind.OneDnnExp), x) : Of(node, x, Kind, _node.Attributes);

    /// <summary>A function of float values by its name in MXNet.</summary>
    public static Value Of(MxNetNode node, Value x, string kind, MxNetAttributes attributes) => kind switch
    {
        "relu" => node.Add(Unary.Clamp(0, float.PositiveInfinity), x),
        "clip" => node.Add(Unary.Clamp(attributes.Float("a_min") ?? float.NegativeInfinity, attributes.Float("a_max") ?? float.PositiveInfinity), x),
        "leaky" => node.Add(new Unary(UnaryKind.LeakyRelu, attributes.Float("slope") ?? 0.25f), x),
        "gelu" => node.Add(new Unary(UnaryKind.Gelu), x),
        "sigmoid" => node.Add(new Unary(UnaryKind.OneDnnLogistic), x),
        "tanh" => node.Add(new Unary(UnaryKind.Tanh), x),
        "square" => node.Add(new Unary(UnaryKind.Square), x),
        "sqrt" => node.Add(new Unary(UnaryKind.Sqrt), x),
        "exp" => node.Add(new Unary(UnaryKind.Exp), x),
        "abs" => node.Add(new Unary(UnaryKind.Abs), x),
        "softsign" => node.Divide(x, node.Sum(node.Add(new Unary(UnaryKind.Abs), x), node.Constant(1))),
        "softrelu" => node.Add(new Unary(UnaryKind.Log), node.Sum(node.Add(new Unary(UnaryKind.Exp), x), node.Constant(1))),
        _ => throw node.Unsupported($"activation {kind}"),
    };
}
