using Qnn.Compiler.Import.Onnx.Operators;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// What ONNX Runtime's CPU provider computes on numbers of half precision. It has few such operators: others are computed in single precision, what they take and make being cast, and casts there and back between two of them vanish.
/// One that it has joins them where all around it are such ones (InsertCastTransformer).
/// Numbers that several of those take are cast each time a model runs: they are no constants to the fusions that come after (FuseInitializersTransformer).
/// </summary>
/// <param name="importer">The importer.</param>
/// <param name="nodes">All nodes.</param>
/// <param name="producerOf">The node that makes a value; null where none does.</param>
/// <param name="usersOf">The nodes that take a value.</param>
internal sealed class HalfPrecision(OnnxImporter importer, Func<IEnumerable<NodeProto>> nodes, Func<string, NodeProto?> producerOf, Func<string, IEnumerable<NodeProto>> usersOf)
{
    // Equal constants of fewer elements are one (ConstantSharing).
    private const int SharedElements = 8;

    private const int MaxSteps = 64;

    private static readonly HashSet<string> s_known =
    [
        "Cast", "Compress", "Concat", "Expand", "Flatten", "Gather", "GatherElements", "GatherND", "Identity", "IsNaN", "LayerNormalization", "Mod", "QuantizeLinear", "Reshape", "ReverseSequence", "Round",
        "ScatterElements", "ScatterND", "Shape", "Shrink", "Sign", "SimplifiedLayerNormalization", "Slice", "Split", "Squeeze", "Transpose", "Unsqueeze",
    ];
    private static readonly HashSet<string> s_knownSince12 = ["Clip", "Max", "Min"];
    private static readonly HashSet<string> s_knownMicrosofts = ["GatherBlockQuantized", "GroupQueryAttention", "MatMulNBits", "QMoE", "RotaryEmbedding", "SkipLayerNormalization", "SkipSimplifiedLayerNormalization"];
    // Of operands, or results, of any number only the first one is looked at.
    private static readonly HashSet<string> s_ofAnyNumber = ["Concat", "Max", "Min", "Split"];

    private readonly Dictionary<NodeProto, bool> _runs = new(ReferenceEqualityComparer.Instance);
    private Dictionary<string, int>? _uses;

    /// <summary>A number as half precision has it, if it is of that.</summary>
    public static float Rounded(float number, bool isHalf) => isHalf ? (float)(Half)number : number;

    /// <summary>Whether there is an operator of halves for a node.</summary>
    public bool IsKnown(NodeProto node) => OnnxImporter.IsOnnxs(node)
        ? s_known.Contains(node.OpType) || s_knownSince12.Contains(node.OpType) && importer.NodeOf(node).Opset >= 12 || HalfFunctions.IsOfHalves(importer, node)
        : node.Domain == OnnxOperatorAttribute.Microsoft && s_knownMicrosofts.Contains(node.OpType);

    /// <summary>Whether a node is computed when a model is loaded where all that it takes is known then: what takes halves is where there is an operator of them.</summary>
    public bool IsFolded(NodeProto node) => IsKnown(node) || !node.Input.Any(importer.IsHalf);

    /// <summary>Whether a node that takes halves runs on them.</summary>
    public bool Runs(NodeProto node)
    {
        if (node.OpType == "Cast" || !IsKnown(node) || !node.Input.Any(importer.IsHalf) || IsMoved(node)) return false;
        return _runs.TryGetValue(node, out bool known) ? known : _runs[node] = !IsAmongSingles(new Place(node, Part.Itself));
    }

    /// <summary>Whether the Reshape in front of a product that becomes a Gemm runs on halves.</summary>
    public bool RunsInFront(NodeProto product) => IsReshaped(product) && !IsAmongSingles(new Place(product, Part.Front));

    /// <summary>Whether the Reshape behind such a Gemm runs on halves.</summary>
    /// <param name="product">The product.</param>
    /// <param name="sum">The Add behind it.</param>
    public bool RunsBehind(NodeProto product, NodeProto sum) => IsReshaped(product) && !IsAmongSingles(new Place(sum, Part.Behind));

    /// <summary>Whether a stored value of halves is cast when a model runs, for several operators of single precision.</summary>
    public bool IsCast(string name) => importer.IsHalf(name) && importer.IsKnownAtLoad(name) && (_uses ??= Uses()).GetValueOrDefault(Key(name)) > 1;

    // Whether all around a node are operators of single precision. Reshapes behind each other are one.
    private bool IsAmongSingles(Place place)
    {
        var (first, last) = (place, place);
        for (int step = 0; step < MaxSteps && IsReshape(first) && first.Part != Part.Behind && Producer(first.Node.Input[0], first.Node) is { } before && IsOneWith(before, first); step++) first = before;
        for (int step = 0; step < MaxSteps && IsReshape(last) && last.Part != Part.Front && Users(last.Node.Output[0]) is [var behind] && IsOneWith(last, behind); step++) last = behind;
        return (first.Part == Part.Behind || TakesSingles(first.Node, first.Part)) && (last.Part == Part.Front || GivesSingles(last.Node));
    }

    private bool TakesSingles(NodeProto node, Part part)
    {
        string[] operands = [.. part == Part.Front ? node.Input.Take(1) : node.Input];
        if (node.Attribute.Any(a => a.G is not null) || !operands.Any(IsComputed)) return false;
        return operands.Take(Counted(node)).Where(importer.IsHalf).All(i => !IsComputed(i) || Producer(i, node) is { } producer && IsSingle(producer) && !HalfFunctions.EndsInHalves(importer, producer.Node));
    }

    private bool GivesSingles(NodeProto node)
    {
        if (node.Output.Any(importer.IsOutput)) return false;
        var results = node.Output.Take(Counted(node)).Where(IsHalfResult).ToArray();
        return results.Length > 0 && results.All(name => Users(name).All(IsSingle));
    }

    private static int Counted(NodeProto node) => s_ofAnyNumber.Contains(node.OpType) ? 1 : int.MaxValue;

    private bool IsComputed(string name) => name.Length > 0 && producerOf(name) is not null && !importer.IsKnownAtLoad(name);

    private bool IsHalfResult(string name) => name.Length > 0 && (importer.IsHalf(name) || producerOf(name) is { OpType: not ("Shape" or "IsNaN" or "QuantizeLinear") });

    // Whether a node takes halves and is computed in single precision: what it takes and makes is cast.
    private bool IsSingle(Place place) => place.Part == Part.Itself && !IsKnown(place.Node) && place.Node.Input.Any(importer.IsHalf);

    private Place? Producer(string name, NodeProto user)
    {
        if (producerOf(name) is not { } node) return null;
        if (IsMoved(node)) return Producer(node.Input[0], node);
        if (importer.TransposesAhead.EndsBetween(name, user)) return new Place(node, Part.Transpose);
        return new Place(node, node is { OpType: "Add", Input.Count: 2 } && node.Input.Select(producerOf).FirstOrDefault(p => p is { OpType: "MatMul" }) is { } product && IsReshaped(product) ? Part.Behind : Part.Itself);
    }

    private Place[] Users(string name) => [.. usersOf(name).SelectMany(user => IsMoved(user) ? Users(user.Output[0]) : [new Place(user, PartOf(name, user))])];

    private Part PartOf(string name, NodeProto user) => importer.TransposesAhead.EndsBetween(name, user) ? Part.Transpose : user.Input[0] == name && IsReshaped(user) ? Part.Front : Part.Itself;

    private bool IsMoved(NodeProto node) => node.OpType == "Transpose" && importer.TransposesAhead.IsMoved(node);

    // A product and its term become a Gemm between two Reshapes where there are more than two axes.
    private bool IsReshaped(NodeProto product) =>
        product is { OpType: "MatMul", Input.Count: 2 } && importer.Patterns.HasRowBehind(product) && importer.StatesMoreThanMatrix(product.Input[0]) && !IsOfAttention(product);

    // Products of an attention wait for AttentionFusion, and become Gemms when everything is cast: three behind a normalization, and one whose sum joins the same normalization's result.
    private bool IsOfAttention(NodeProto product) =>
        SumOfAttention(producerOf(product.Input[0])) is not null
        || usersOf(product.Output[0]).FirstOrDefault() is { } sum && usersOf(sum.Output[0]).Any(joined => joined.OpType == "Add" && joined.Input.Any(i => ReferenceEquals(SumOfAttention(producerOf(i)), sum)));

    // The sum behind an attention's last product, by the normalization in front of it.
    private NodeProto? SumOfAttention(NodeProto? normalization)
    {
        if (normalization is not { OpType: "LayerNormalization" }) return null;
        NodeProto[] users = [.. usersOf(normalization.Output[0])];
        if (users.Count(u => u.OpType == "MatMul") != 3 || users.Count(u => u.OpType == "Shape") != users.Length - 4 || users.FirstOrDefault(u => u.OpType == "Add") is not { } joined) return null;
        return producerOf(joined.Input[joined.Input[0] == normalization.Output[0] ? 1 : 0]) is { OpType: "Add" } sum ? sum : null;
    }

    private static bool IsReshape(Place place) => place.Part is Part.Front or Part.Behind || place.Part == Part.Itself && place.Node.OpType is "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten";

    // Whether ReshapeFusion makes one of a Reshape and what alone takes its result: not one that takes zeros as they are.
    private bool IsOneWith(Place reshape, Place behind) =>
        IsReshape(behind) && behind.Part != Part.Behind && (reshape.Part == Part.Behind || reshape.Part == Part.Itself && IsReshape(reshape))
        && !importer.IsOutput(reshape.Node.Output[0]) && importer.Uses(reshape.Node.Output[0]) == 1 && (behind.Part == Part.Front || importer.NodeOf(behind.Node).Int("allowzero", 0) == 0 && importer.StatesAhead(behind.Node.Output[0]));

    // How many operators of single precision take a constant, or one that is equal.
    private Dictionary<string, int> Uses()
    {
        var uses = new Dictionary<string, int>();
        foreach (var node in nodes())
        {
            if (Runs(node) || node.OpType == "Cast" || node.Output.All(importer.IsKnownAtLoad)) continue;
            foreach (string name in node.Input.Where(i => i.Length > 0 && importer.IsHalf(i) && importer.IsKnownAtLoad(i)))
            {
                string key = Key(name);
                uses[key] = uses.GetValueOrDefault(key) + 1;
            }
        }
        return uses;
    }

    private string Key(string name) => producerOf(name) is null or { OpType: "Constant" } && importer.ValueOf(name, null) is { IsConstant: true, Type.Shape.ElementCount: < SharedElements } value
        ? $"{value.Type.Shape} {Convert.ToHexString(value.Constant!.Bytes.Span)}"
        : name;

    // The Reshapes that a product and its term are between have places of their own: in front of the MatMul, and behind the Add. So has a Transpose that moved between two nodes.
    private enum Part { Itself, Front, Behind, Transpose }

    private readonly record struct Place(NodeProto Node, Part Part);
}
