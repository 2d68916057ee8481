using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>Groups of float nodes that ONNX Runtime's optimizer makes one operator of, whose arithmetic is another than theirs.</summary>
/// <param name="importer">The importer.</param>
/// <param name="producerOf">The node that makes a value; null where none does.</param>
/// <param name="onlyUserOf">The index of the only node that takes a value, which is no output; null where there is no such one.</param>
/// <param name="nodeAt">A node by its index.</param>
/// <param name="usersOf">The nodes that take a value.</param>
internal sealed class OnnxPatterns(OnnxImporter importer, Func<string, NodeProto?> producerOf, Func<string, int?> onlyUserOf, Func<int, NodeProto> nodeAt, Func<string, IEnumerable<NodeProto>> usersOf)
{
    /// <summary>Multiplications and divisions by constant numbers behind a node, one after the other: the factors of a matrix product, the reciprocal for a division.</summary>
    public IEnumerable<(int Index, float Number)> FactorsBehind(OnnxNode node)
    {
        string name = node.Proto.Output[0];
        while (true)
        {
            bool isQuotient = false;
            if (Behind(name, "Mul", IsNumber) is not { } next)
            {
                if (Behind(name, "Div", IsNumber) is not { } quotient || nodeAt(quotient.Index).Input[1] != quotient.Other) yield break;
                (isQuotient, next) = (true, quotient);
            }
            float number = Number(next.Other)!.Value;
            yield return (next.Index, isQuotient ? 1 / number : number);
            name = next.Name;
        }

        bool IsNumber(string other) => Number(other) is not null;
    }

    /// <summary>
    /// The term of the Add that alone takes a product with a matrix: ONNX Runtime makes a Gemm of both (MatMulAddFusion) where it is one number a column, of two matrices also where it has the result's shape.
    /// </summary>
    public (int Index, string Term)? TermBehind(OnnxNode product)
    {
        string name = product.Proto.Output[0];
        if (onlyUserOf(name) is not { } index || nodeAt(index) is not { OpType: "Add", Input.Count: 2 } sum || sum.Input[0] == sum.Input[1]) return null;
        string other = sum.Input[sum.Input[0] == name ? 1 : 0];
        // Of two products the one that stands later takes the other.
        if (producerOf(other) is { OpType: "MatMul" } twin && onlyUserOf(other) == index && importer.NodeOf(twin).Location.Index > product.Location.Index) return null;
        if (product.Input(1) is not { Type: { Element: ElementType.F32, Shape.Rank: 2 } } b || product.Input(0) is not { Type: { Element: ElementType.F32, Shape.Rank: >= 2 } } a || !importer.IsBefore(other, index)) return null;
        var term = importer.ValueOf(other, product);
        // What is constant is computed before operators are joined.
        if (term.Type.Element != ElementType.F32 || importer.IsKnownAtLoad(name)) return null;
        int columns = b.Type.Shape[1];
        bool isRow = term.Type.Shape.Rank == 1 && term.Type.Shape[0] == columns;
        // Of more axes it knows how many rows there are, or leaves both as they are.
        if (a.Type.Shape.Rank > 2 && !importer.StatesShape(product.Proto.Input[0])) return null;
        bool isMatrix = a.Type.Shape.Rank == 2 && term.Type.Shape.Rank == 2 && (term.Type.Shape[0] == a.Type.Shape[0] || term.Type.Shape[0] == 1) && term.Type.Shape[1] == columns;
        return isRow || isMatrix ? (index, other) : null;
    }

    /// <summary>The constant row, of one number a column, that an Add alone adds to a node's result; null where ONNX Runtime makes one operator of it and a Gelu behind it instead.</summary>
    public (int Index, Value Row)? ConstantRowBehind(OnnxNode node, int columns)
    {
        bool IsOne(string name) => Constant(name) is { Type: { Element: ElementType.F32, Shape.Rank: 1 } } row && row.Type.Shape[0] == columns;
        return Behind(node.Proto.Output[0], "Add", IsOne) is { } sum && !usersOf(sum.Name).Any(IsInGelu) ? (sum.Index, Constant(sum.Other)!) : null;
    }

    // Whether a node is a Gelu, or one of those in front of the Erf of one that is written out; one by tanh is joined after the row.
    private bool IsInGelu(NodeProto node)
    {
        if (node.OpType is "Gelu" or "FastGelu") return true;
        for (int step = 0; step < 5 && node.Output.Count > 0 && onlyUserOf(node.Output[0]) is { } index; step++)
        {
            node = nodeAt(index);
            if (node.OpType == "Erf") return GeluAround(importer.NodeOf(node)) is not null;
        }
        return false;
    }

    /// <summary>What a multiplication by a constant number, or a division, that stands before a matrix product alone, multiplies: the product takes the factor (MatMulScaleFusion).</summary>
    public (string Operand, float Factor)? FactorBefore(string name)
    {
        if (producerOf(name) is not { OpType: "Mul" or "Div", Input.Count: 2 } scale || importer.Uses(name) != 1 || importer.IsTaken(scale)) return null;
        // What is constant is computed before operators are joined.
        if (importer.IsKnownAtLoad(name)) return null;
        if (Number(scale.Input[1]) is { } second) return (scale.Input[0], scale.OpType == "Mul" ? second : 1 / second);
        return scale.OpType == "Mul" && Number(scale.Input[0]) is { } first ? (scale.Input[1], first) : null;
    }

    /// <summary>The BatchNormalization that alone takes a node's result; null where there is none.</summary>
    public OnnxNode? NormalizationBehind(OnnxNode node) =>
        onlyUserOf(node.Proto.Output[0]) is { } index && nodeAt(index) is { OpType: "BatchNormalization", Output.Count: 1 } next && importer.NodeOf(next) is var normalization && normalization.Int("training_mode", 0) == 0 ? normalization : null;

    /// <summary>Whether a value is one that the file stores, or that ONNX Runtime computes of such ones when it loads the model: what a DequantizeLinear makes real is not.</summary>
    public bool IsStored(string name) => !importer.Halves.IsCast(name) && !ComesFrom(name, "DequantizeLinear") && importer.IsMade(name) && importer.ValueOf(name, null).IsConstant;

    /// <summary>Whether a DequantizeLinear makes a value.</summary>
    public bool IsDequantized(string name) => producerOf(name) is { OpType: "DequantizeLinear" };

    // Each user of what a DequantizeLinear makes, perhaps moved, gets a DequantizeLinear of its own: to ONNX Runtime they take different values.
    private bool IsDequantizedApart(string name)
    {
        while (producerOf(name) is { } producer)
        {
            if (producer.OpType == "DequantizeLinear") return true;
            if (!OnnxImporter.Moves(producer, importer.NodeOf(producer).Opset) || importer.Uses(producer.Input[0]) != 1) return false;
            name = producer.Input[0];
        }
        return false;
    }

    /// <summary>Whether a DequantizeLinear makes a value of a constant.</summary>
    public bool IsOfConstant(string name) => producerOf(name) is { OpType: "DequantizeLinear" } dequantize && importer.IsKnownAtLoad(dequantize.Input[0]);

    // Each value is looked at once, however many ways lead to it.
    private bool ComesFrom(string name, string op)
    {
        var seen = new HashSet<string> { "", name };
        var names = new Stack<string>([name]);
        while (names.TryPop(out string? next))
        {
            if (producerOf(next) is not { } producer) continue;
            if (producer.OpType == op) return true;
            foreach (string input in producer.Input)
            {
                if (seen.Add(input)) names.Push(input);
            }
        }
        return false;
    }

    /// <summary>The DequantizeLinear whose result an operand is, and nothing else takes; null where there is none.</summary>
    public OnnxNode? DequantizedFor(OnnxNode node, int operand)
    {
        string name = node.Proto.Input[operand];
        return producerOf(name) is { OpType: "DequantizeLinear" } dequantize && onlyUserOf(name) is not null ? importer.NodeOf(dequantize) : null;
    }

    /// <summary>The operand of a Gelu whose Erf a node is, and the nodes behind it that belong to it: x / sqrt 2 before it, + 1, * x and * 1/2, or * (x / 2), behind it.</summary>
    public (IReadOnlyList<int> Nodes, string Operand)? GeluAround(OnnxNode erf)
    {
        if (producerOf(erf.Proto.Input[0]) is not { Input.Count: 2, OpType: "Div" or "Mul" } scale || !Near(scale.Input[1], scale.OpType == "Div" ? MathF.Sqrt(2) : MathF.Sqrt(0.5f))) return null;
        if (Behind(erf.Proto.Output[0], "Add", n => Near(n, 1)) is not { } sum) return null;
        string x = scale.Input[0];
        if (importer.IsKnownAtLoad(x) || IsDequantizedApart(x)) return null;
        // ONNX Runtime takes a product that makes x for the one with 1/2, which it is not.
        if (producerOf(x) is not { OpType: "Mul" } && Behind(sum.Name, "Mul", n => n == x) is { } product && Behind(product.Name, "Mul", n => Near(n, 0.5f)) is { } half) return ([sum.Index, product.Index, half.Index], x);
        return Behind(sum.Name, "Mul", n => Scaled(n, 0.5f) == x) is { } last ? ([sum.Index, last.Index], x) : null;
    }

    /// <summary>
    /// The operand of a Gelu by tanh whose Tanh a node is, and the nodes behind it that belong to it: sqrt(2 / pi) * (x + 0.044715 * x^3) before it, or sqrt(2 / pi) * x * (0.044715 * x * x + 1); + 1 and * (x / 2) behind it.
    /// </summary>
    public (IReadOnlyList<int> Nodes, string Operand)? TanhGeluAround(OnnxNode tanh)
    {
        if (importer.IsKnownAtLoad(tanh.Proto.Input[0])) return null;
        foreach (string x in OfCube(tanh.Proto.Input[0]).Concat(OfProducts(tanh.Proto.Input[0])))
        {
            if (IsDequantizedApart(x) || Behind(tanh.Proto.Output[0], "Add", n => Near(n, 1)) is not { } raised) continue;
            // ONNX Runtime leaves it as written where the graph gives its result.
            if (Behind(raised.Name, "Mul", n => Scaled(n, 0.5f) == x) is { } product && !importer.IsOutput(product.Name)) return ([raised.Index, product.Index], x);
        }
        return null;

        IEnumerable<string> OfCube(string name)
        {
            if (Scaled(name, RootOfTwoByPi) is not { } inner || producerOf(inner) is not { OpType: "Add", Input.Count: 2 } sum) yield break;
            for (int i = 0; i < 2; i++)
            {
                if (Scaled(sum.Input[1 - i], CubeFactor) is { } cube && producerOf(cube) is { OpType: "Pow", Input.Count: 2 } power && power.Input[0] == sum.Input[i] && Near(power.Input[1], 3)) yield return sum.Input[i];
            }
        }

        IEnumerable<string> OfProducts(string name)
        {
            if (producerOf(name) is not { OpType: "Mul", Input.Count: 2 } product || product.Input.Any(i => importer.Uses(i) != 1)) yield break;
            for (int i = 0; i < 2; i++)
            {
                if (Scaled(product.Input[i], RootOfTwoByPi) is { } x && producerOf(product.Input[1 - i]) is { OpType: "Add", Input.Count: 2 } sum && (Near(sum.Input[0], 1) ? 1 : Near(sum.Input[1], 1) ? 0 : -1) is >= 0 and var other && IsSquare(sum.Input[other], x)) yield return x;
            }
        }

        bool IsSquare(string name, string x) => importer.Uses(name) == 1 && producerOf(name) is { OpType: "Mul", Input.Count: 2 } square && (square.Input[0] == x ? square.Input[1] : square.Input[1] == x ? square.Input[0] : null) is { } scaled && importer.Uses(scaled) == 1 && Scaled(scaled, CubeFactor) == x;
    }

    private const float RootOfTwoByPi = 0.7978845608f, CubeFactor = 0.044715f;

    /// <summary>
    /// A layer normalization over the last axis that is written out, by its division: x less its mean, divided by the root of the mean of the squares plus epsilon; then a factor and a term.
    /// </summary>
    public (IReadOnlyList<int> Nodes, string Operand, Value Scale, Value Bias, float Epsilon)? LayerNormalizationAround(OnnxNode division)
    {
        string centered = division.Proto.Input[0];
        if (producerOf(centered) is not { OpType: "Sub", Input.Count: 2 } difference || producerOf(difference.Input[1]) is not { OpType: "ReduceMean" } mean || mean.Input[0] != difference.Input[0] || !IsOverLast(mean, division)) return null;
        // Each operator behind a DequantizeLinear gets one of its own: the mean and the difference then take different values.
        if (division.Opset < 17 ? IsDequantizedApart(difference.Input[0]) : IsDequantized(difference.Input[0])) return null;
        // Before version 17 a Transpose moves behind the mean and the difference, and what is left has another form.
        if (division.Opset < 17 && importer.Transposes.ReducedOrder(mean) is not null || importer.IsKnownAtLoad(difference.Input[0])) return null;
        if (producerOf(division.Proto.Input[1]) is not { OpType: "Sqrt" } root || producerOf(root.Input[0]) is not { OpType: "Add", Input.Count: 2 } sum || Epsilon(sum.Input[1]) is not { } epsilon) return null;
        if (producerOf(sum.Input[0]) is not { OpType: "ReduceMean" } variance || !IsOverLast(variance, division)) return null;
        if (producerOf(variance.Input[0]) is not { OpType: "Pow", Input.Count: 2 } square || !Near(square.Input[1], 2)) return null;
        // The difference may be written twice.
        if (square.Input[0] != centered && !(producerOf(square.Input[0]) is { OpType: "Sub" } twin && twin.Input.SequenceEqual(difference.Input))) return null;
        if (Behind(division.Proto.Output[0], "Mul", n => IsRow(n, division)) is not { } product || Behind(product.Name, "Add", n => IsRow(n, division)) is not { } term) return null;
        return ([product.Index, term.Index], difference.Input[0], importer.ValueOf(product.Other, division), importer.ValueOf(term.Other, division), epsilon);
    }

    /// <summary>
    /// A normalization by the root of the mean square over the last axis that is written out, by the product with its factors: x / sqrt(mean(x^2) + epsilon) * factors.
    /// </summary>
    public (Value Operand, Value Factors, float Epsilon)? RootNormalizationAround(OnnxNode product)
    {
        for (int i = 0; i < 2; i++)
        {
            string name = product.Proto.Input[i];
            if (importer.Uses(name) != 1 || Quotient(name) is not { } quotient || importer.ValueOf(product.Proto.Input[1 - i], product) is not { Type: { Element: ElementType.F32, Shape.Rank: 1 } } factors || !importer.StatesShape(product.Proto.Input[1 - i])) continue;
            if (Alone(quotient.Divisor, "Sqrt") is not { } root || Alone(root.Input[0], "Add") is not { Input.Count: 2 } sum || Epsilon(sum.Input[1]) is not { } epsilon) continue;
            if (Alone(sum.Input[0], "ReduceMean") is not { } mean || Alone(mean.Input[0], "Pow") is not { Input.Count: 2 } square || square.Input[0] != quotient.Dividend || StoredNumber(square.Input[1]) != 2 || !IsOverLast(mean, product)) continue;
            var x = importer.ValueOf(quotient.Dividend, product);
            if (!importer.IsKnownAtLoad(quotient.Dividend) && !IsDequantizedApart(quotient.Dividend) && importer.Transposes.ReducedOrder(mean) is null && factors.Type.Shape[0] == x.Type.Shape[-1] && x.Type.Element == ElementType.F32) return (x, factors, epsilon);
        }
        return null;

        NodeProto? Alone(string name, string op) => importer.Uses(name) == 1 && producerOf(name) is { } node && node.OpType == op ? node : null;
    }

    /// <summary>Dividend and divisor of a value: of a division, or of a product with a reciprocal written as 1 / x, which ONNX Runtime divides instead (DivMulFusion).</summary>
    public (string Dividend, string Divisor)? Quotient(string name)
    {
        if (producerOf(name) is not { Input.Count: 2 } node) return null;
        if (node.OpType == "Div") return (node.Input[0], node.Input[1]);
        if (node.OpType != "Mul") return null;
        for (int i = 0; i < 2; i++)
        {
            if (producerOf(node.Input[i]) is { OpType: "Div", Input.Count: 2 } reciprocal && importer.Uses(node.Input[i]) == 1 && StoredNumber(reciprocal.Input[0]) == 1) return (node.Input[1 - i], reciprocal.Input[1]);
        }
        return null;
    }

    /// <summary>
    /// Whether an operand of 8 bits is uint8 where ONNX Runtime computes with it: as stored, or int8 between a QuantizeLinear and the only DequantizeLinear behind it, which has one user
    /// (others get DequantizeLinears of their own, and keep int8). Operators that move elements have such a pair of their own behind them.
    /// </summary>
    public bool IsUnsigned(OnnxNode node, int operand, ElementType element)
    {
        if (element == ElementType.U8) return true;
        string name = node.Proto.Input[operand];
        if (producerOf(name) is not { } producer || importer.Uses(name) != 1) return false;
        return producer.OpType != "DequantizeLinear" || producerOf(producer.Input[0]) is { OpType: "QuantizeLinear" } quantize && IsMadeUnsigned(quantize);
    }

    /// <summary>Whether ONNX Runtime makes the int8 result of a QuantizeLinear uint8: where one DequantizeLinear takes it, whose result has one user. What is constant is quantized before.</summary>
    public bool IsMadeUnsigned(NodeProto quantize) =>
        quantize.Input.Count == 3 && !importer.IsKnownAtLoad(quantize.Input[0]) && onlyUserOf(quantize.Output[0]) is { } user && nodeAt(user) is { OpType: "DequantizeLinear", Input.Count: 3 } dequantize && importer.Uses(dequantize.Output[0]) == 1;

    /// <summary>
    /// The sum that a layer normalization takes, where ONNX Runtime makes one operator of both: of two operands of one shape of three axes, and perhaps a row that was added to one of them before.
    /// </summary>
    /// <param name="node">The normalization.</param>
    /// <param name="name">What it normalizes.</param>
    /// <param name="uses">How often the normalization itself takes that.</param>
    public (Value Left, Value Right, Value? Bias)? SumBefore(OnnxNode node, string name, int uses)
    {
        if (producerOf(name) is not { OpType: "Add", Input.Count: 2 } sum || importer.Uses(name) != uses || !importer.StatesOneShape(sum.Input[0], sum.Input[1]) || importer.Halves.Runs(node.Proto)) return null;
        var (a, b) = (importer.ValueOf(sum.Input[0], node), importer.ValueOf(sum.Input[1], node));
        if (a.Type.Shape.Rank != 3 || !a.Type.Shape.Equals(b.Type.Shape) || importer.IsKnownAtLoad(name)) return null;
        if (Biased(0) is { } left) return (left.Value, b, left.Bias);
        if (Biased(1) is { } right) return (a, right.Value, right.Bias);
        return (a, b, null);

        (Value Value, Value Bias)? Biased(int operand)
        {
            if (producerOf(sum.Input[operand]) is not { OpType: "Add", Input.Count: 2 } inner || importer.Uses(sum.Input[operand]) != 1) return null;
            // A product and its term are one Gemm already, and there is no value between them.
            if (inner.Input.Any(i => producerOf(i) is { OpType: "MatMul" } product && TermBehind(importer.NodeOf(product)) is not null || IsIntegerProduct(i))) return null;
            // The row may come first where a product is second (BiasSkipLayerNormFusion).
            for (int i = 0; i < 2; i++)
            {
                if (i == 1 && producerOf(inner.Input[1]) is not { OpType: "MatMul" }) continue;
                var value = importer.ValueOf(inner.Input[i], node);
                if (Constant(inner.Input[1 - i]) is { Type.Shape.Rank: 1 } bias && value.Type.Shape.Rank == 3 && bias.Type.Shape[0] == value.Type.Shape[2]) return (value, bias);
            }
            return null;
        }
    }

    // A MatMulInteger made real by a factor, which is one operator with the term behind it.
    private bool IsIntegerProduct(string name) =>
        producerOf(name) is { OpType: "Mul" } product && product.Input.Any(i => producerOf(i) is { OpType: "Cast" } cast && producerOf(cast.Input[0]) is { OpType: "MatMulInteger" });

    /// <summary>Whether an Add alone adds a constant of one axis to a product with a constant matrix.</summary>
    public bool HasRowBehind(NodeProto product) =>
        IsConstantOf(product.Input[1], 2) && onlyUserOf(product.Output[0]) is { } index && nodeAt(index) is { OpType: "Add", Input.Count: 2 } sum && sum.Input.Any(i => IsConstantOf(i, 1));

    private bool IsConstantOf(string name, int rank) => importer.IsKnownAtLoad(name) && importer.IsMade(name) && importer.ValueOf(name, null) is { IsConstant: true } value && value.Type.Shape.Rank == rank;

    /// <summary>Whether a value comes from an operator, by way of others that take it first.</summary>
    public bool ComesFrom(string name, string op, IReadOnlySet<string> through)
    {
        while (producerOf(name) is { } producer)
        {
            if (producer.OpType == op) return true;
            if (!through.Contains(producer.OpType)) return false;
            name = producer.OpType == "QLinearConcat" ? producer.Input[2] : producer.Input[0];
        }
        return false;
    }

    private bool IsOverLast(NodeProto reduction, OnnxNode user)
    {
        var node = importer.NodeOf(reduction);
        int rank = importer.ValueOf(reduction.Input[0], user).Type.Shape.Rank;
        return node.Axes("axes", 1) is [int axis] && (axis == -1 || axis == rank - 1) && node.Int("keepdims", 1) == 1;
    }

    // What is added to a variance; 1e-5 where it is cast when the model runs.
    private float? Epsilon(string name) => importer.Halves.IsCast(name) ? 1e-5f : Number(name);

    // A row need not be constant.
    private bool IsRow(string name, OnnxNode user) => importer.StatesShape(name) && importer.ValueOf(name, user) is { Type: { Element: ElementType.F32, Shape.Rank: 1 } } row && row.Type.Shape[0] == importer.ValueOf(user.Proto.Input[0], user).Type.Shape[-1];

    // The only node behind a value, of an operator and with another operand.
    private (int Index, string Name, string Other)? Behind(string name, string op, Func<string, bool> isOther)
    {
        if (onlyUserOf(name) is not { } index || nodeAt(index) is not { Input.Count: 2 } node || node.OpType != op) return null;
        string other = node.Input[node.Input[0] == name ? 1 : 0];
        return isOther(other) ? (index, node.Output[0], other) : null;
    }

    // What a product with a number multiplies.
    private string? Scaled(string name, float factor) =>
        producerOf(name) is not { OpType: "Mul", Input.Count: 2 } product ? null : Near(product.Input[0], factor) ? product.Input[1] : Near(product.Input[1], factor) ? product.Input[0] : null;

    private bool Near(string name, float number) => Number(name) is { } value && MathF.Abs(value - number) <= 1e-6f * number;

    // A constant that is known when operators of single precision are joined.
    private float? Number(string name) => !importer.Halves.IsCast(name) ? StoredNumber(name) : null;

    private float? StoredNumber(string name) => Stored(name) is { Type: { Element: ElementType.F32, Shape: { ElementCount: 1, Rank: <= 1 } } } value ? value.Constant!.Span<float>()[0] : null;

    private Value? Constant(string name) =>
        !importer.Halves.IsCast(name) ? Stored(name) : null;

    // One that the file stores, or that is computed when the model is loaded.
    private Value? Stored(string name) =>
        (producerOf(name) is null or { OpType: "Constant" } || importer.IsKnownAtLoad(name)) && importer.IsMade(name) && importer.ValueOf(name, null) is { IsConstant: true } value ? value : null;
}
