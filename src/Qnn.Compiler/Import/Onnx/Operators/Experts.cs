using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>
/// Routed experts: each row goes through the two layers of the k experts that a router scores best, whose results are added, weighted. All rows are computed for all experts here, and what was routed is taken.
/// </summary>
internal static class Experts
{
    /// <summary>Float weights (<c>moe_cpu.cc</c>): scores are a softmax over all experts. Operands: rows, scores, first layers, their biases, second layers, their biases.</summary>
    [OnnxOperator("MoE", OnnxOperatorAttribute.Microsoft)]
    public static void MoE(OnnxNode node)
    {
        if (node.OptionalInput(6) is not null || node.OptionalInput(7) is not null) throw node.Unsupported("it has third layers, which ONNX Runtime has not on CPUs either");
        if (Enumerable.Range(0, node.InputCount).Any(node.IsHalf)) throw node.Unsupported("its numbers are of half precision. Convert its operands to float");
        var mixture = Mixture.Of(node);
        var scores = node.Input(1);
        // exp(x - greatest), added up in order, times the sum's reciprocal.
        var e = node.Emit(new Unary(UnaryKind.LibraryExp), node.Emit(new Binary(BinaryKind.Subtract), scores, node.Emit(new Reduce(ReduceKind.Max, new Ints(1), true), scores)));
        var (best, expert) = mixture.Best(Shared(node, e));
        if (node.Int("normalize_routing_weights", 0) == 1) best = Shared(node, best);
        Layer Float(int weights, int rows, int products) => new FloatLayer(node.Constant(weights, "weights"), node.OptionalInput(weights + 1) is null ? null : node.Constant(weights + 1, "biases"), rows, products);
        node.Result(mixture.Routed(best, expert, 0, 0, Float(2, mixture.Inner, mixture.Width), Float(4, mixture.Width, mixture.Hidden)));
    }

    /// <summary>
    /// Weights of few bits (<c>moe_quantization_cpu.cc</c>): scores are a softmax over the k best, or other numbers that an operand gives. Weights in blocks are multiplied as MatMulNBits does it, others are made real first.
    /// Operands: rows, scores, first layers with scales and biases, second layers with theirs, three of third ones, zero points of both, of third ones, weights of the experts.
    /// </summary>
    [OnnxOperator("QMoE", OnnxOperatorAttribute.Microsoft)]
    public static void QMoE(OnnxNode node)
    {
        if (new[] { 8, 9, 10, 13 }.Any(i => node.OptionalInput(i) is not null)) throw node.Unsupported("it has third layers, which ONNX Runtime has not on CPUs either");
        int bits = node.Int("expert_weight_bits", 4), block = node.Int("block_size", 0);
        if (bits is not (4 or 8)) throw node.Unsupported($"its weights are of {bits} bits");
        if (block > 0 && node.OptionalInput(11) is not null && new[] { 3, 6 }.Any(i => node.Input(i).Type.Shape is not { Rank: 3 } s || s[2] < 2)) throw node.Unsupported("it has zero points of a single block a row");
        if ((node.OptionalInput(11) is null) != (node.OptionalInput(12) is null)) throw node.Unsupported("one of its layers has zero points, the other has none");
        var mixture = Mixture.Of(node);
        Value Op(BinaryKind kind, Value a, Value b) => node.Emit(new Binary(kind), a, b);
        var (best, expert) = mixture.Best(node.Input(1));
        if (node.OptionalInput(14) is { } weights)
        {
            best = Indexing.Along(node, weights, expert, 1);
            if (node.Int("normalize_routing_weights", 0) == 1) best = Shared(node, best);
        }
        else best = Shared(node, node.Emit(new Unary(UnaryKind.LibraryExp), Op(BinaryKind.Subtract, best, node.Emit(StridedSlice.OfAxis(best.Type.Shape, 1, 0, 1), best))));
        BitsLayer FewBits(int at, int zeros, int rows, int products) => new BitsLayer(
            node.Constant(at, "weights"), node.Constant(at + 1, "scales"), node.OptionalInput(at + 2) is null ? null : node.Constant(at + 2, "biases"), node.OptionalInput(zeros) is null ? null : node.Constant(zeros, "zero points"), rows, products, bits, block,
            node.Int("accuracy_level", 0) == 4 || bits == 8);
        var (first, second) = (FewBits(2, 11, mixture.Inner, mixture.Width), FewBits(5, 12, mixture.Width, mixture.Hidden));
        // Those with most rows come first, where gates stand between layers in blocks last: found so.
        int byRows = node.Text("activation_type", "relu") == "swiglu" && first.IsBlocked && second.IsBlocked ? -1 : 1;
        node.Result(node.AsItRuns(mixture.Routed(best, expert, 1e-8f, byRows, first, second)));
    }

    // Each number of a row times the reciprocal of their sum, in order; 0 where that is 0.
    private static Value Shared(OnnxNode node, Value rows)
    {
        var sum = node.Emit(new Reduce(ReduceKind.Sum, new Ints(1), true), rows);
        var reciprocal = node.Emit(new Binary(BinaryKind.Divide), OnnxNode.Scalar(1f), sum);
        return node.Emit(new Binary(BinaryKind.Multiply), rows, node.Emit(new Select(), node.Emit(new Compare(CompareKind.Equal), sum, OnnxNode.Scalar(0f)), OnnxNode.Scalar(0f), reciprocal));
    }

    // A layer of each expert: rows [M, products] to [M, outputs].
    private abstract record Layer(int Outputs, int Products)
    {
        /// <summary>Whether rows are multiplied two by two.</summary>
        public virtual bool TakesPairs => false;

        public abstract Value Of(OnnxNode node, Value rows, int expert);

        protected static Value? Row(Tensor? biases, int expert, int outputs) => biases is null ? null : Value.Of("bias", Tensor.Of<float>(new Shape(outputs), biases.Span<float>().Slice(expert * outputs, outputs)));
    }

    private sealed record FloatLayer(Tensor Weights, Tensor? Biases, int Outputs, int Products) : Layer(Outputs, Products)
    {
        public override Value Of(OnnxNode node, Value rows, int expert)
        {
            var y = MatrixProducts.Turned(node, rows, Turned(Weights.Span<float>().Slice(expert * Outputs * Products, Outputs * Products), Outputs, Products), null);
            return Row(Biases, expert, Outputs) is { } bias ? node.Emit(new Binary(BinaryKind.Add), y, bias) : y;
        }
    }

    private sealed record BitsLayer(Tensor Weights, Tensor Scales, Tensor? Biases, Tensor? Zeros, int Outputs, int Products, int Bits, int Block, bool Quantizes) : Layer(Outputs, Products)
    {
        private int Blocks => Block == 0 ? 1 : (Products + Block - 1) / Block;

        // As MatMulNBits has them: zero points of a single block lie otherwise.
        public bool IsBlocked => Block > 0 && Products % Block == 0 && BlockedMatMul.Takes(Block, Bits, Quantizes) && (Zeros is null || Blocks >= 2);

        public override bool TakesPairs => IsBlocked && Quantizes;

        public override Value Of(OnnxNode node, Value rows, int expert)
        {
            var bias = Row(Biases, expert, Outputs);
            var weights = new byte[checked(Outputs * Products)];
            var packed = Weights.Bytes.Span[(expert * Outputs * Products * Bits / 8)..];
            for (int i = 0; i < weights.Length; i++) weights[i] = (byte)BlockedWeights.Bits(packed, i, Bits);
            float[] scales = Scales.Span<float>().Slice(expert * Outputs * Blocks, Outputs * Blocks).ToArray(), zeros = [.. Enumerable.Range(0, Outputs * Blocks).Select(i => Zero(expert, i / Blocks, i % Blocks))];
            if (IsBlocked) return BlockedWeights.Times(node, rows, weights, scales, zeros, Outputs, Bits, Block, Quantizes, bias);
            var real = new float[weights.Length];
            for (int i = 0; i < real.Length; i++)
            {
                int at = i / Products * Blocks + (Block == 0 ? 0 : i % Products / Block);
                real[i] = scales[at] * (weights[i] - zeros[at]);
            }
            var matrix = Turned(real, Outputs, Products);
            var y = Bits == 4 ? MatrixProducts.Unpacked(node, rows, matrix) : MatrixProducts.Turned(node, rows, matrix, null);
            return bias is null ? y : node.Emit(new Binary(BinaryKind.Add), y, bias);
        }

        // Several a byte: along the blocks of a row, or along rows of one.
        private int Zero(int expert, int row, int block)
        {
            if (Zeros is null) return 1 << (Bits - 1);
            int width = Blocks > 1 ? (Blocks * Bits + 7) / 8 : 0, stride = Blocks > 1 ? Outputs * width : (Outputs * Bits + 7) / 8;
            var own = Zeros.Bytes.Span[(expert * stride)..];
            return Blocks > 1 ? BlockedWeights.Bits(own[(row * width)..], block, Bits) : BlockedWeights.Bits(own, row, Bits);
        }
    }

    private static Value Turned(ReadOnlySpan<float> weights, int outputs, int products)
    {
        var turned = new float[weights.Length];
        for (int i = 0; i < turned.Length; i++) turned[i % products * outputs + i / products] = weights[i];
        return Value.Of("weights", Tensor.Of<float>(new Shape(products, outputs), turned));
    }

    // The node's extents and what is done with any layers.
    private sealed record Mixture(OnnxNode Node, Value Rows, int Count, int Chosen, int Hidden, int Inner)
    {
        public int Width => Rows.Type.Shape[1];

        private int Tokens => Rows.Type.Shape[0];

        public static Mixture Of(OnnxNode node)
        {
            bool isQuantized = node.Proto.OpType == "QMoE";
            var (x, scores, second) = (node.Input(0), node.Input(1).Type.Shape, node.Input(isQuantized ? 5 : 4).Type.Shape);
            int width = x.Type.Shape.Rank is 2 or 3 ? x.Type.Shape[-1] : throw node.Malformed($"has rows {x.Type}");
            int pack = isQuantized ? 8 / node.Int("expert_weight_bits", 4) : 1, k = node.Int("k", 1);
            if (scores.Rank != 2 || second.Rank != 3 || width < 1 || scores[0] != x.Type.Shape.ElementCount / width || k < 1 || k > scores[1] || second[0] != scores[1]) throw node.Malformed($"has scores {scores} for {x.Type} and weights {second}");
            bool gates = node.Text("activation_type", "relu") == "swiglu";
            if (gates && node.Int("swiglu_fusion", 0) != 1) throw node.Unsupported("its gates are not interleaved, as ONNX Runtime wants them on CPUs");
            int hidden = checked(second[1] * second[2] * pack) / width;
            return new Mixture(node, node.Reshape(x, scores[0], width), scores[1], k, hidden, gates ? 2 * hidden : hidden);
        }

        /// <summary>The k greatest scores of each row, and whose they are: of equal ones the last first.</summary>
        public (Value Scores, Value Experts) Best(Value scores)
        {
            var results = Node.EmitAll(new TopK(Chosen), Node.Emit(new Reverse(new Ints(1)), scores));
            return (results[0], Op(BinaryKind.Subtract, OnnxNode.Scalar(Count - 1L), Node.Emit(new Cast(ElementType.S64), results[1])));
        }

        /// <summary>
        /// The weighted sum of what the experts make, expert by expert: those first that have most rows (1), or least (-1), of as many in their order.
        /// </summary>
        public Value Routed(Value weights, Value experts, float least, int byRows, Layer first, Layer second)
        {
            var taken = Node.Emit(new Compare(CompareKind.Greater), weights, OnnxNode.Scalar(least));
            // [rows, k, experts], then how many rows each expert has.
            var hit = Op(BinaryKind.LogicalAnd, Node.Reshape(taken, Tokens, Chosen, 1), Node.Emit(new Compare(CompareKind.Equal), Node.Reshape(experts, Tokens, Chosen, 1), OnnxNode.Iota(3, 2, Count)));
            var hits = Node.Emit(new Reduce(ReduceKind.Max, new Ints(1), false), Node.Emit(new Cast(ElementType.S32), hit));
            var counts = Node.Emit(new Reduce(ReduceKind.Sum, new Ints(0), false), hits);
            var made = Enumerable.Range(0, Count).Select(e => Made(e, hits, counts, first, second)).ToArray();
            var all = Node.Reshape(Node.Emit(new Concat(0), made), Count * Tokens, Width);

            if (Chosen > 2)
            {
                var order = Op(BinaryKind.Subtract, OnnxNode.Scalar(Count - 1L), experts);
                if (byRows != 0 && Tokens > 1) order = Op(BinaryKind.Add, Op(BinaryKind.Multiply, Node.Emit(new Gather(0), Node.Emit(new Cast(ElementType.S64), counts), experts), OnnxNode.Scalar((long)byRows * Count)), order);
                var places = Node.Emit(new Cast(ElementType.S64), Node.EmitAll(new TopK(Chosen), order)[1]);
                (weights, experts) = (Indexing.Along(Node, weights, places, 1), Indexing.Along(Node, experts, places, 1));
                taken = Node.Emit(new Compare(CompareKind.Greater), weights, OnnxNode.Scalar(least));
            }
            Value sum = Value.Of("zeros", Tensor.Of<float>(new Shape(Tokens, Width), new float[Tokens * Width]));
            for (int j = 0; j < Chosen; j++)
            {
                Value Column(Value v) => Node.Emit(StridedSlice.OfAxis(v.Type.Shape, 1, j, 1), v);
                var place = Op(BinaryKind.Add, Op(BinaryKind.Multiply, Node.Reshape(Column(experts), Tokens), OnnxNode.Scalar((long)Tokens)), OnnxNode.Iota(1, 0, Tokens));
                var joined = Op(BinaryKind.Add, sum, Op(BinaryKind.Multiply, Column(weights), Node.Emit(new Gather(0), all, place)));
                sum = Node.Emit(new Select(), Column(taken), joined, sum);
            }
            return Node.Reshape(sum, Node.Input(0).Type.Shape.Span);
        }

        // What an expert makes of all rows.
        private Value Made(int expert, Value hits, Value counts, Layer first, Layer second)
        {
            if (Tokens == 1) return second.Of(Node, Activated(first.Of(Node, Rows, expert)), expert);
            var own = Node.Emit(StridedSlice.OfAxis(hits.Type.Shape, 1, expert, 1), hits);
            var last = Op(BinaryKind.Subtract, OnnxNode.Scalar(Tokens - 1L), Node.Emit(new ArgReduce(0, false, ElementType.S64), Node.Emit(new Reverse(new Ints(0)), own)));
            var count = Node.Reshape(Node.Emit(StridedSlice.OfAxis(counts.Type.Shape, 0, expert, 1), counts), []);
            var isLast = Node.Emit(new Compare(CompareKind.Equal), OnnxNode.Iota(2, 0, Tokens), last);
            return Through(second, Activated(Through(first, Rows)));

            // MLAS multiplies a row that is alone in another order, where it takes pairs of rows so does the last of an odd number.
            Value Through(Layer layer, Value rows)
            {
                bool pads = layer.TakesPairs && Tokens % 2 == 1;
                Value Rows(int from, int length) => Node.Emit(StridedSlice.OfAxis(rows.Type.Shape, 0, from, length), rows);
                var made = layer.Of(Node, pads ? Node.Emit(new Concat(0), rows, Rows(0, 1)) : rows, expert);
                if (pads) made = Node.Emit(StridedSlice.OfAxis(made.Type.Shape, 0, 0, Tokens), made);
                var single = layer.Of(Node, Node.Emit(new Gather(0), rows, last), expert);
                var isAlone = Node.Emit(new Compare(CompareKind.Equal), layer.TakesPairs ? Op(BinaryKind.FloorModulo, count, OnnxNode.Scalar(2)) : count, OnnxNode.Scalar(1));
                return Node.Emit(new Select(), Op(BinaryKind.LogicalAnd, isLast, isAlone), Node.Emit(new BroadcastTo(made.Type.Shape), single), made);
            }
        }

        private Value Activated(Value x)
        {
            switch (Node.Text("activation_type", "relu"))
            {
                case "identity":
                    return x;
                case "relu":
                    return Op(BinaryKind.Maximum, x, OnnxNode.Scalar(0f));
                case "silu":
                    return Op(BinaryKind.Multiply, x, Logistic(x));
                case "gelu":
                    var cubed = Op(BinaryKind.Multiply, Op(BinaryKind.Multiply, Op(BinaryKind.Multiply, OnnxNode.Scalar(0.044715f), x), x), x);
                    var t = Node.Emit(new Unary(UnaryKind.LibraryTanh), Op(BinaryKind.Multiply, OnnxNode.Scalar(0.7978845608f), Op(BinaryKind.Add, x, cubed)));
                    return Op(BinaryKind.Multiply, Op(BinaryKind.Multiply, OnnxNode.Scalar(0.5f), x), Op(BinaryKind.Add, OnnxNode.Scalar(1f), t));
                case "swiglu":
                    float limit = Node.Float("swiglu_limit", float.PositiveInfinity);
                    Value Every(int at) => Node.Emit(new StridedSlice(new Ints(0, at), new Ints(1, 2), new Shape(x.Type.Shape[0], Hidden)), x);
                    var (gate, linear) = (Node.Emit(Unary.Clamp(float.NegativeInfinity, limit), Every(0)), Node.Emit(Unary.Clamp(-limit, limit), Every(1)));
                    var scaled = Op(BinaryKind.Multiply, OnnxNode.Scalar(Node.Float("activation_alpha", 1)), gate);
                    var e = Node.Emit(new Unary(UnaryKind.LibraryExp), scaled);
                    var below = Op(BinaryKind.Divide, e, Op(BinaryKind.Add, OnnxNode.Scalar(1f), e));
                    var swish = Op(BinaryKind.Multiply, gate, Node.Emit(new Select(), Node.Emit(new Compare(CompareKind.Greater), scaled, OnnxNode.Scalar(0f)), Logistic(scaled), below));
                    return Op(BinaryKind.Multiply, swish, Op(BinaryKind.Add, linear, OnnxNode.Scalar(Node.Float("activation_beta", 0))));
                case var activation:
                    throw Node.Unsupported($"its activation is {activation}");
            }
        }

        private Value Logistic(Value x) => Op(BinaryKind.Divide, OnnxNode.Scalar(1f), Op(BinaryKind.Add, OnnxNode.Scalar(1f), Node.Emit(new Unary(UnaryKind.LibraryExp), Node.Emit(new Unary(UnaryKind.Negate), x))));

        private Value Op(BinaryKind kind, Value a, Value b) => Node.Emit(new Binary(kind), a, b);
    }
}
