using Qnn.Compiler.Import.Onnx.Schema;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// Which extents of a value ONNX Runtime knows when it loads a file whose inputs have symbolic ones: its optimizer joins some operators only where it does.
/// An extent is a number (an empty name here, or <see cref="One"/>), a symbol, or unknown (null). Rules are those of ONNX's shape inference; what has none here, or a shape computed at run time, is unknown.
/// </summary>
/// <param name="importer">The importer.</param>
/// <param name="producerOf">The node that makes a value; null where none does.</param>
/// <param name="extentsOf">What the file says of a name.</param>
/// <param name="isAhead">Whether no node may be imported to find what it makes.</param>
internal sealed class StatedExtents(OnnxImporter importer, Func<string, NodeProto?> producerOf, Func<string, string?[]?> extentsOf, bool isAhead)
{
    /// <summary>A number that is known, and not 1.</summary>
    public const string Stated = "";

    /// <summary>The number 1, which gives way to others.</summary>
    public const string One = "1";

    private const int MaxDepth = 512;

    private static readonly HashSet<string> s_ofFirst =
    [
        "Abs", "BatchNormalization", "BiasGelu", "Cast", "Ceil", "Celu", "Clip", "Cos", "CumSum", "DequantizeLinear", "Dropout", "DynamicQuantizeLinear", "Elu", "Erf", "Exp", "FastGelu", "Floor", "Gelu", "GroupNormalization", "HardSigmoid", "HardSwish", "Identity",
        "InstanceNormalization", "IsNaN", "LayerNormalization", "LeakyRelu", "Log", "LogSoftmax", "Mish", "Neg", "Not", "QuantizeLinear", "QuickGelu", "RMSNormalization", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "SimplifiedLayerNormalization", "Sin",
        "Softmax", "Softplus", "Softsign", "Sqrt", "Swish", "Tanh", "Trilu",
    ];
    private static readonly HashSet<string> s_broadcasting =
        ["Add", "And", "Div", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Max", "Mean", "Min", "Mod", "Mul", "Or", "PRelu", "Pow", "Sub", "Sum", "Where", "Xor"];

    private static readonly HashSet<string> s_reducing = ["ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare"];
    // Their results have shapes that operands say.
    private static readonly HashSet<string> s_byValue = ["ConstantOfShape", "Expand", "NonMaxSuppression", "NonZero", "OneHot", "Pad", "Range", "Resize", "Slice", "Split", "Squeeze", "Tile", "TopK", "Unique", "Unsqueeze", "Upsample"];

    private readonly Dictionary<string, string?[]?> _known = [];

    /// <summary>The extents of a value; null where not even their number is known.</summary>
    public string?[]? Of(string name) => Of(name, 0);

    /// <summary>Whether all of a value's extents are known.</summary>
    public bool AreStated(string name) => IsStated(Of(name));

    /// <summary>Whether two values have one shape, as far as is known; all extents but the last may be symbols.</summary>
    public bool Agree(string a, string b) => (Of(a), Of(b)) is ({ Length: > 0 } x, { } y) && x.Length == y.Length && IsNumber(x[^1]) && x.Zip(y).All(p => p.First is not null && p.First == p.Second || IsNumber(p.First) && IsNumber(p.Second));

    private static bool IsNumber(string? extent) => extent is Stated or One;

    private static bool IsStated(string?[]? extents) => extents?.All(IsNumber) == true;

    private string?[]? Of(string name, int depth)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        if (depth > MaxDepth) return null;
        return _known[name] = producerOf(name) is { } node ? Merged(Result(node, name, depth + 1), extentsOf(name)) : extentsOf(name);
    }

    // What the file says of a result counts too: its numbers, and its symbols before those that follow from operands (mergeInShapeInfo).
    private static string?[]? Merged(string?[]? inferred, string?[]? stated) => stated is null || inferred is not null && inferred.Length != stated.Length ? inferred
        : inferred is null ? stated
        : [.. inferred.Zip(stated).Select(p => IsNumber(p.First) ? p.First : p.Second ?? p.First)];

    private string?[]? Result(NodeProto node, string name, int depth)
    {
        string?[]? Operand(int i) => i < node.Input.Count && node.Input[i].Length > 0 ? Of(node.Input[i], depth) : null;
        if (importer.HidesShape(node)) return null;
        if (s_ofFirst.Contains(node.OpType)) return node.Output[0] == name ? Operand(0) : [];
        if (s_broadcasting.Contains(node.OpType)) return Broadcast([.. node.Input.Where(i => i.Length > 0).Select(i => Of(i, depth))]);
        switch (node.OpType)
        {
            case "MatMul" or "MatMulInteger" when Operand(0) is { Length: >= 2 } a && Operand(1) is { Length: >= 2 } b:
                return Broadcast(a[..^2], b[..^2]) is { } outer ? [.. outer, a[^2], b[^1]] : null;
            case "MatMulNBits" when Operand(0) is { Length: > 0 } data:
                return [.. data[..^1], Stated];
            case "Gemm" when Operand(0) is [var rows, var inner] && Operand(1) is [var first, var second]:
                var gemm = importer.NodeOf(node);
                return [gemm.Int("transA", 0) != 0 ? inner : rows, gemm.Int("transB", 0) != 0 ? first : second];
            case "Transpose" when Operand(0) is { } data:
                int[] order = importer.NodeOf(node).Ints("perm") ?? [.. Enumerable.Range(0, data.Length).Reverse()];
                return order.All(a => (uint)a < (uint)data.Length) ? [.. order.Select(a => data[a])] : null;
            case "Gather" when Operand(0) is { } data && Operand(1) is { } indices && Axis(node, 0, data.Length) is { } axis:
                return [.. data[..axis], .. indices, .. data[(axis + 1)..]];
            case "Concat" when node.Input.Select(i => Of(i, depth)).ToArray() is { Length: > 0 } parts && parts[0] is { } front && parts.All(p => p?.Length == front.Length) && Axis(node, 0, front.Length) is { } axis:
                return [.. front.Select((e, i) => i == axis ? parts.All(p => IsNumber(p![i])) ? Stated : null : parts.Select(p => p![i]).FirstOrDefault(IsNumber) ?? e)];
            case "Split" when Operand(0) is { } data && Axis(node, 0, data.Length) is { } axis:
                return [.. data.Select((e, i) => i == axis && (node.Attribute.Any(a => a.Name == "split") || node.Input.Count > 1 && IsFolded(node.Input[1], depth)) ? Stated : i == axis && !IsNumber(e) ? null : e)];
            case "Slice" when node.Input.Count > 2 && Operand(0) is { } data && node.Input.Skip(1).All(i => i.Length == 0 || IsFolded(i, depth)):
                int[] sliced = node.Input.Count > 3 && node.Input[3].Length > 0 ? importer.NodeOf(node).ConstantInts(3, "axes") : [.. Enumerable.Range(0, data.Length)];
                return [.. data.Select((e, i) => !sliced.Any(a => a == i || a + data.Length == i) ? e : IsNumber(e) ? Stated : null)];
            case "Unsqueeze" when Operand(0) is { } data && AxesOf(node, depth) is { } added:
                int rank = data.Length + added.Length;
                int[] places = [.. added.Select(a => a < 0 ? a + rank : a)];
                var left = new Queue<string?>(data);
                return [.. Enumerable.Range(0, rank).Select(i => places.Contains(i) || !left.TryDequeue(out string? e) ? One : e)];
            case "Squeeze" when Operand(0) is { } data && AxesOf(node, depth) is { } gone:
                return [.. data.Where((_, i) => !gone.Contains(i) && !gone.Contains(i - data.Length))];
            case "Reshape":
                return Reshaped(node, Operand(0), depth);
            case "Flatten" when Operand(0) is { } data && Axis(node, 1, data.Length + 1) is { } axis:
                return [Joined(data[..axis]), Joined(data[axis..])];
            case "Conv" or "MaxPool" or "AveragePool" or "GlobalAveragePool" or "ConvInteger" when Operand(0) is { Length: > 2 } data:
                return [data[0], node.OpType.StartsWith("Conv", StringComparison.Ordinal) ? Stated : data[1], .. data[2..].Select(e => node.OpType == "GlobalAveragePool" ? One : IsNumber(e) ? Stated : null)];
            case var reduction when s_reducing.Contains(reduction) && Operand(0) is { } data:
                if (AxesOf(node, depth) is not { Length: > 0 } axes) goto default;
                bool IsReduced(int i) => axes.Contains(i) || axes.Contains(i - data.Length);
                return importer.NodeOf(node).Int("keepdims", 1) != 0 ? [.. data.Select((e, i) => IsReduced(i) ? One : e)] : [.. data.Where((_, i) => !IsReduced(i))];
            case "Shape":
                return [Stated];
            default:
                // With all that it takes, what a node makes is known too.
                if (s_byValue.Contains(node.OpType) && !node.Input.Skip(node.OpType is "ConstantOfShape" or "Range" ? 0 : 1).All(i => i.Length == 0 || IsFolded(i, depth))) return null;
                return node.Input.All(i => i.Length == 0 || IsStated(Of(i, depth))) && (isAhead ? importer.KnownValue(name) : importer.ValueOf(name, null))?.Type.Shape.Rank is { } count ? [.. Enumerable.Repeat(Stated, count)] : null;
        }
    }

    // Entries of 0 take the operand's extent; one of -1 is known where what is unknown stays in its place.
    private string?[]? Reshaped(NodeProto node, string?[]? data, int depth)
    {
        if (node.Input.Count < 2 || (IsFolded(node.Input[1], depth) ? importer.NodeOf(node).ConstantInts(1, "shape") : Joined(node, depth)) is not { } entries) return null;
        bool isKnown = data?.Select((e, i) => IsNumber(e) || i < entries.Length && entries[i] == 0).All(k => k) == true;
        return [.. entries.Select((e, i) => e == 1 ? One : e > 0 ? Stated : e == 0 ? i < data?.Length ? data[i] : null : isKnown ? Stated : null)];
    }

    // A shape that is joined from stored extents and those of the operand itself in their places (ReshapeFusion); one other extent becomes -1.
    private int[]? Joined(NodeProto reshape, int depth)
    {
        if (producerOf(reshape.Input[1]) is not { OpType: "Concat" } concat) return null;
        var entries = new List<int>();
        foreach (string part in concat.Input)
        {
            if (IsFolded(part, depth)) entries.AddRange(importer.ValueOf(part, null).Constant!.ToInt64().Select(e => (int)Math.Min(e, int.MaxValue)));
            else entries.Add(producerOf(part) is { OpType: "Unsqueeze" } u && producerOf(u.Input[0]) is { OpType: "Gather" } gather && producerOf(gather.Input[0]) is { OpType: "Shape" } shape && shape.Input[0] == reshape.Input[0]
                && IsFolded(gather.Input[1], depth) && importer.ValueOf(gather.Input[1], null).Constant!.ToInt64() is [var index] && index == entries.Count ? 0 : -1);
        }
        return entries.Count(e => e == -1) > 1 ? null : [.. entries];
    }

    // Whether a value is computed when the file is loaded: from what it stores, and from shapes that it states.
    private bool IsFolded(string name, int depth)
    {
        if (depth > MaxDepth) return false;
        if (producerOf(name) is not { } node) return importer.IsKnownAtLoad(name);
        if (isAhead && node.OpType != "Constant" && importer.KnownValue(name) is not { IsConstant: true }) return false;
        return node.OpType == "Shape" ? IsStated(Of(node.Input[0], depth + 1)) : node.OpType != "DequantizeLinear" && node.Input.All(i => i.Length == 0 || IsFolded(i, depth + 1));
    }

    private int[]? AxesOf(NodeProto node, int depth) => importer.NodeOf(node).Ints("axes") ?? (node.Input.Count > 1 && IsFolded(node.Input[1], depth) ? importer.NodeOf(node).ConstantInts(1, "axes") : null);

    private int? Axis(NodeProto node, int otherwise, int rank)
    {
        int axis = importer.NodeOf(node).Int("axis", otherwise), from0 = axis < 0 ? axis + rank : axis;
        return (uint)from0 < (uint)rank ? from0 : null;
    }

    private static string? Joined(string?[] extents) => IsStated(extents) ? Stated : extents.Length == 1 ? extents[0] : null;

    // Along each axis a number but 1 wins, then a symbol that is the only one.
    private static string?[]? Broadcast(params string?[]?[] operands)
    {
        if (operands.Any(o => o is null)) return null;
        var result = new string?[operands.Max(o => o!.Length)];
        for (int i = 1; i <= result.Length; i++)
        {
            string?[] along = [.. operands.Where(o => o!.Length >= i).Select(o => o![^i])];
            string?[] open = [.. along.Where(e => !IsNumber(e)).Distinct()];
            result[^i] = along.Contains(Stated) ? Stated : open.Length == 0 ? One : open.Length == 1 ? open[0] : null;
        }
        return result;
    }
}
