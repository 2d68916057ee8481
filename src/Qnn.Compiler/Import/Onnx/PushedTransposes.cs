using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// Which values ONNX Runtime computes with their axes in another order: its transpose optimizer moves a Transpose behind the operators that take it, where that leaves fewer of them or smaller ones.
/// Integer convolutions have one in front of them and one behind.
/// What is reduced there is added up in another order.
/// </summary>
/// <param name="importer">The importer.</param>
/// <param name="producerOf">The node that makes a value; null where none does.</param>
/// <param name="usersOf">The nodes that take a value.</param>
internal sealed class PushedTransposes(OnnxImporter importer, Func<string, NodeProto?> producerOf, Func<string, IEnumerable<NodeProto>> usersOf)
{
    // Operators that a Transpose can be moved behind, by the operands that it then has to be taken from.
    private static readonly HashSet<string> s_ofFirst =
    [
        "Cast", "Exp", "Identity", "LeakyRelu", "Log", "Reciprocal", "Relu", "Sigmoid", "Sqrt", "Tanh", "Abs", "Not", "Ceil", "Floor", "Neg", "Erf", "HardSigmoid", "Round", "Selu", "Sign", "Softplus", "Softsign",
        "HardSwish", "Clip", "QuantizeLinear", "DequantizeLinear", "IsInf", "IsNaN", "Shrink", "ThresholdedRelu", "Celu", "Sin", "Cos", "Tan", "Sinh", "Cosh", "Asin", "Acos", "Atan", "Asinh", "Acosh", "Atanh",
    ];
    private static readonly HashSet<string> s_ofAll =
        ["Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Sum", "Mean", "PRelu", "Concat", "And", "Or", "Xor", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Where"];
    private static readonly HashSet<string> s_reducing = ["ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSum", "ReduceLogSumExp"];
    // They take part in the count, but no Transpose is followed behind them here.
    private static readonly HashSet<string> s_others =
        ["Transpose", "Split", "Shape", "Pad", "ArgMin", "ArgMax", "Squeeze", "Unsqueeze", "Slice", "Tile", "Softmax", "Hardmax", "LogSoftmax", "Reshape"];

    private const int MaxDepth = 64, UnknownRank = 5;

    private readonly Dictionary<string, int[]?> _orders = [];

    /// <summary>The order of axes that makes a reduction's operand of what ONNX Runtime reduces in its place, where a Transpose moves behind it; null where that is the operand itself.</summary>
    public int[]? ReducedOrder(NodeProto reduction) => ReducedOrder(reduction, 0);

    /// <summary>Whether a matrix product takes an operand as it was before its last two axes were exchanged, and perhaps its first moved in front of them (MatmulTransposeFusion).</summary>
    public bool IsTurned(string name)
    {
        if (producerOf(name) is not { OpType: "Transpose" } || Order(name, 0) is not { Length: >= 2 } order) return false;
        int rank = order.Length;
        return order.SequenceEqual([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]) || rank > 2 && order.SequenceEqual([.. Enumerable.Range(1, rank - 1), 0]);
    }

    /// <summary>Whether a Transpose moves behind all that take its result, or undoes one that moved in front of it; a Softmax is the operators of ONNX's function.</summary>
    public bool IsMoved(NodeProto transpose) =>
        Order(transpose.Input[0], 0) is not null && Order(transpose.Output[0], 0) is null
        || !importer.IsOutput(transpose.Output[0]) && usersOf(transpose.Output[0]).ToArray() is { Length: > 0 } users && users.All(u => Follows(u) && u.OpType != "Transpose");

    /// <summary>Whether a Transpose that moved behind what makes a value stands between that and one that takes it.</summary>
    public bool EndsBetween(string name, NodeProto user) => producerOf(name) is { OpType: not "Transpose" } && user.OpType != "Transpose" && Order(name, 0) is not null && !Follows(user);

    // Whether a node computes with its axes in the order of what it takes.
    private bool Follows(NodeProto user) => s_reducing.Contains(user.OpType) || user.OpType is "Softmax" or "LogSoftmax" ? Pays(user, 0) : Order(user, 0) is not null;

    private int[]? ReducedOrder(NodeProto reduction, int depth) => s_reducing.Contains(reduction.OpType) && Pays(reduction, depth) ? Order(reduction.Input[0], depth + 1) : null;

    private int[]? Order(string name, int depth)
    {
        if (_orders.TryGetValue(name, out var known)) return known;
        if (depth > MaxDepth || producerOf(name) is not { } node) return null;
        return _orders[name] = Order(node, depth);
    }

    private int[]? Order(NodeProto node, int depth)
    {
        if (node.OpType == "Transpose")
        {
            int[]? stated = importer.NodeOf(node).Ints("perm");
            if ((RankOf(node.Input[0]) ?? stated?.Length) is not { } rank) return null;
            int[] perm = stated ?? [.. Enumerable.Range(0, rank).Reverse()];
            if (perm.Length != rank) return null;
            if (Order(node.Input[0], depth + 1) is { } before) perm = [.. perm.Select(a => before[a])];
            return perm.Select((a, i) => a == i).All(same => same) ? null : perm;
        }
        if (IsChannelsLast(node.Output[0])) return [0, 3, 1, 2];
        if (s_reducing.Contains(node.OpType))
        {
            // Axes that are dropped are not followed further.
            return importer.NodeOf(node).Int("keepdims", 1) != 0 ? ReducedOrder(node, depth) : null;
        }
        if (IsIntegerPool(node)) return Order(node.Input[0], depth + 1);
        if (node.OpType == "Unsqueeze") return Pays(node, depth) && Order(node.Input[0], depth + 1) is { } inner ? Unsqueezed(node, inner) : null;
        if (!s_ofFirst.Contains(node.OpType) && !s_ofAll.Contains(node.OpType) || !Pays(node, depth)) return null;
        return Operands(node).Select(o => Order(o, depth + 1)).FirstOrDefault(o => o is not null);
    }

    // The axes that are added stay where they are, those of the operand keep their order among the others.
    private int[]? Unsqueezed(NodeProto node, int[] order)
    {
        if ((importer.NodeOf(node).Ints("axes") ?? (node.Input.Count > 1 && importer.IsKnownAtLoad(node.Input[1]) ? importer.NodeOf(node).ConstantInts(1, "axes") : null)) is not { } axes) return null;
        int rank = order.Length + axes.Length;
        int[] added = [.. axes.Select(a => a < 0 ? a + rank : a)], places = [.. Enumerable.Range(0, rank).Except(added)];
        if (places.Length != order.Length) return null;
        int[] result = [.. Enumerable.Range(0, rank)];
        for (int i = 0; i < order.Length; i++) result[places[i]] = places[order[i]];
        return result;
    }

    // Images of integer convolutions have their channels last, and a Transpose behind them (NhwcTransformer).
    private bool IsChannelsLast(string name) =>
        importer.KnownValue(name) is { } value && importer.Builder.Producer(value) is { Operator: Transpose { Permutation: var permutation } } turned && permutation.SequenceEqual([0, 3, 1, 2])
        && importer.Builder.Producer(turned.Input(0)) is { Operator: Requantize } rounded && importer.Builder.Producer(rounded.Input(0)) is { Operator: QnnConv2D or QnnDepthwiseConv2D };

    // One that is not imported yet: it will have a Transpose in front of its image.
    private bool IsIntegerConvolution(NodeProto node, string name)
    {
        if (node.OpType == "QLinearConv") return node.Input[0] == name && Stored(node, 3) is { Type.Shape.Rank: 4 };
        if (node.OpType != "Conv" || node.Input[0] != name || producerOf(name) is not { OpType: "DequantizeLinear", Input.Count: 3 } real || producerOf(node.Input[1]) is not { OpType: "DequantizeLinear" } weights) return false;
        if (Stored(weights, 0) is not { Type.Shape.Rank: 4 } || Stored(real, 2) is not { } zero || !importer.Patterns.IsUnsigned(importer.NodeOf(node), 0, zero.Type.Element)) return false;
        var users = usersOf(node.Output[0]).ToArray();
        if (users is [{ OpType: "Relu" or "Clip" } bound]) users = [.. usersOf(bound.Output[0])];
        return users is [{ OpType: "QuantizeLinear" }];
    }

    // Pools of quantized numbers run on either order.
    private bool IsIntegerPool(NodeProto node) =>
        node.OpType is "AveragePool" or "GlobalAveragePool" && producerOf(node.Input[0]) is { OpType: "DequantizeLinear" } && usersOf(node.Output[0]).ToArray() is [{ OpType: "QuantizeLinear" }];

    private Value? Stored(NodeProto node, int operand) => importer.IsKnownAtLoad(node.Input[operand]) ? importer.NodeOf(node).Input(operand) : null;

    private static IEnumerable<string> Operands(NodeProto node) => s_ofAll.Contains(node.OpType) ? node.Input.Where(i => i.Length > 0) : node.Input.Take(1);

    // Transposes that vanish against those that are added, by the number of axes longer than 1.
    private bool Pays(NodeProto node, int depth)
    {
        int[]? order = null;
        int cost = 0;
        foreach (string operand in Operands(node))
        {
            if (IsFree(operand)) continue;
            if (Order(operand, depth + 1) is not { } own)
            {
                cost += AxesOf(operand);
                continue;
            }
            order ??= own;
            if (own.SequenceEqual(order) && IsRemovable(operand)) cost -= AxesOf(operand);
        }
        if (order is null || cost >= 0) return false;
        if (!LeadsToTranspose(node.Output[0])) cost += AxesOfResult(node);
        return cost < 0;
    }

    // What is stored, perhaps quantized, or computed when the model is loaded is transposed then.
    private bool IsFree(string name) => producerOf(name) is not { } producer ? !importer.IsInput(name) : importer.IsKnownAtLoad(producer.OpType == "DequantizeLinear" ? producer.Input[0] : name);

    private bool IsRemovable(string name) => !importer.IsOutput(name) && usersOf(name).All(u => IsKnown(u.OpType));

    private static bool IsKnown(string op) => s_ofFirst.Contains(op) || s_ofAll.Contains(op) || s_reducing.Contains(op) || s_others.Contains(op);

    // Each value is looked at once: paths that part and meet again double at every meeting.
    private bool LeadsToTranspose(string name)
    {
        var seen = new HashSet<string> { name };
        var values = new Queue<string>(seen);
        while (values.TryDequeue(out string? value))
        {
            foreach (var user in usersOf(value))
            {
                if (user.OpType == "Transpose" || IsIntegerConvolution(user, value)) return true;
                if (!IsKnown(user.OpType) || user.OpType == "Reshape") continue;
                foreach (string output in user.Output)
                {
                    if (seen.Add(output)) values.Enqueue(output);
                }
            }
        }
        return false;
    }

    private int AxesOfResult(NodeProto node)
    {
        if (importer.KnownValue(node.Output[0]) is { } known) return Axes(known.Type.Shape);
        if (importer.KnownValue(node.Input[0]) is not { } operand) return UnknownRank;
        if (!s_reducing.Contains(node.OpType)) return Operands(node).Max(AxesOf);
        var shape = operand.Type.Shape;
        int[] axes = importer.NodeOf(node).Axes("axes", 1) ?? [.. Enumerable.Range(0, shape.Rank)];
        return shape.Select((e, a) => e != 1 && !axes.Contains(a) && !axes.Contains(a - shape.Rank) ? 1 : 0).Sum();
    }

    private int AxesOf(string name) => importer.KnownValue(name) is { } value ? Axes(value.Type.Shape) : UnknownRank;

    private int? RankOf(string name) => importer.KnownValue(name)?.Type.Shape.Rank;

    private static int Axes(Shape shape) => shape.Count(e => e != 1);
}
