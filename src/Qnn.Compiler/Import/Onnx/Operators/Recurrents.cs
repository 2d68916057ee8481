using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Recurrent layers. The products of a whole sequence's inputs are one matrix product; what depends on the state is a step of its own for each direction.</summary>
internal static class Recurrents
{
    // Of matrices packed beforehand.
    private const int PackedRun = 256;

    private delegate (Value Products, Value Weights) Layer(int direction);

    /// <summary>x [T, B, I], weights [D, 4 * H, I], recurrent weights [D, 4 * H, H], biases [D, 8 * H], lengths [B], states [D, B, H], cells [D, B, H], peepholes [D, 3 * H].</summary>
    [OnnxOperator("LSTM")]
    public static void Lstm(OnnxNode node) => Directions(node, OnnxCell.Lstm, ["Sigmoid", "Tanh", "Tanh"], PackedRun, Float(node, PackedRun));

    /// <summary>As LSTM, with 3 gates and without cells and peepholes.</summary>
    [OnnxOperator("GRU")]
    public static void Gru(OnnxNode node) =>
        Directions(node, node.Int("linear_before_reset", 0) != 0 ? OnnxCell.GruLinearBeforeReset : OnnxCell.Gru, ["Sigmoid", "Tanh"], PackedRun, Float(node, PackedRun));

    /// <summary>As LSTM, with 1 gate and without cells and peepholes.</summary>
    [OnnxOperator("RNN")]
    public static void Rnn(OnnxNode node)
    {
        int hidden = Hidden(node);
        Directions(node, OnnxCell.Simple, ["Tanh"], MatrixProducts.Run(hidden, hidden), Float(node, MatrixProducts.Run(node.Input(1).Type.Shape[-1], hidden)));
    }

    /// <summary>
    /// As LSTM with weights [D, I, 4 * H] and [D, H, 4 * H] of 8 bits, whose scales and zero points ([D], or [D, 4 * H]) are operands 8 to 11. Inputs and states are quantized at run time, those of a whole sequence, or a batch, together.
    /// </summary>
    [OnnxOperator("DynamicQuantizeLSTM", OnnxOperatorAttribute.Microsoft)]
    public static void DynamicQuantizeLstm(OnnxNode node)
    {
        if (node.OptionalInput(4) is { } lengths && !(lengths.IsConstant && lengths.Constant!.ToInt64().All(n => n == node.Input(0).Type.Shape[0]))) throw node.Unsupported("its sequences have lengths of their own");
        var (x, scale, zero) = Quantization.Dynamic(node, node.Input(0));
        Directions(node, OnnxCell.Lstm, ["Sigmoid", "Tanh", "Tanh"], PackedRun, direction =>
        {
            var input = Matrix(node, 1, 8, direction);
            var (scales, zeros) = (input.Type.Quantization!.Scales, input.Type.Quantization.ZeroPoints);
            var shape = scales.Length == 1 ? Shape.Scalar : new Shape(scales.Length);
            var sums = MatrixProducts.Integer(node, x, input, zero, Value.Of("zero_points", Tensor.Of<int>(shape, [.. zeros])));
            return (MatrixProducts.Scaled(node, sums, scale, Value.Of("scales", Tensor.Of<float>(shape, [.. scales])), null), MatrixProducts.Transposed(node, Matrix(node, 2, 10, direction)));
        });
    }

    // The weights of a direction [K, 4 * H], with their scales and zero points, of which there may be one a column.
    private static Value Matrix(OnnxNode node, int operand, int scale, int direction)
    {
        var weights = node.Constant(operand, "weights").Type.Shape;
        if (weights.Rank != 3 || direction >= weights[0]) throw node.Malformed($"has weights {weights}");
        float[] scales = node.Constant(scale, "scales").Span<float>().ToArray();
        int[] zeros = node.Constant(scale + 1, "zero points").ToInt32();
        int each = scales.Length / weights[0];
        if (scales.Length != each * weights[0] || zeros.Length != scales.Length || each != 1 && each != weights[2]) throw node.Malformed($"has {scales.Length} scales for weights {weights}");
        var part = Row(node, node.Input(operand), direction);
        return node.WithQuantization(part, each == 1 ? new Ir.Quantization(scales[direction], zeros[direction]) : new Ir.Quantization([.. scales.AsSpan(direction * each, each)], [.. zeros.AsSpan(direction * each, each)], 1));
    }

    private static Layer Float(OnnxNode node, int run) => direction =>
    {
        var weights = Row(node, Value.Of("weights", node.Constant(1, "weights")), direction);
        var transposed = Channels.Permute(node.Importer.Builder, weights, [1, 0], node.Location);
        var x = node.Input(0);
        var s = x.Type.Shape;
        if (s.Rank != 3) throw node.Malformed($"has data {x.Type}");
        var flat = node.Reshape(BatchFirst(node) ? Channels.Permute(node.Importer.Builder, x, [1, 0, 2], node.Location) : x, s[0] * s[1], s[2]);
        var products = node.Emit(new BatchMatMul(run), flat, transposed);
        int steps = BatchFirst(node) ? s[1] : s[0];
        // A simple cell's products begin with its biases.
        if (node.Proto.OpType == "RNN" && node.OptionalInput(3) is not null) products = MatrixProducts.Onto(node, flat, transposed, Biases(node, direction)!, run);
        return (node.Reshape(products, steps, s[0] * s[1] / Math.Max(1, steps), weights.Type.Shape[0]), Row(node, Value.Of("recurrent", node.Constant(2, "weights")), direction));
    };

    private static void Directions(OnnxNode node, OnnxCell cell, string[] activations, int run, Layer layer)
    {
        int hidden = Hidden(node);
        string direction = node.Text("direction", "forward");
        int count = direction == "bidirectional" ? 2 : 1;
        if (node.Input(1).Type.Shape is not { Rank: 3 } weights || weights[0] != count) throw node.Malformed($"has weights {node.Input(1).Type} for direction {direction}");
        var functions = Activations(node, activations, count);
        float clip = node.Float("clip", 0) is > 0 and var stated ? stated : float.MaxValue;
        var lengths = node.OptionalInput(4);
        if (lengths is { IsConstant: true } && lengths.Constant!.ToInt64().All(n => n == node.Input(0).Type.Shape[BatchFirst(node) ? 1 : 0])) lengths = null;
        var results = new List<IReadOnlyList<Value>>();
        for (int d = 0; d < count; d++)
        {
            var (products, recurrent) = layer(d);
            int batches = products.Type.Shape[1];
            if (!recurrent.Type.Shape.Contains(hidden)) throw node.Malformed($"has hidden_size {hidden} and recurrent weights {recurrent.Type}");
            Value State(int operand) => node.OptionalInput(operand) is { } given
                ? Row(node, BatchFirst(node) ? Channels.Permute(node.Importer.Builder, given, [1, 0, 2], node.Location) : given, d)
                : Value.Of("zeros", Tensor.Of<float>(new Shape(batches, hidden), new float[batches * hidden]));
            var op = new OnnxRecurrent(cell, direction == "reverse" || d == 1, functions[d][0], functions[d][^1], functions[d][^1], clip, node.Int("input_forget", 0) != 0, run);
            if (cell == OnnxCell.Lstm) op = op with { Second = functions[d][1] };
            var biases = cell == OnnxCell.Simple ? null : Biases(node, d);
            var peepholes = cell == OnnxCell.Lstm && node.OptionalInput(7) is not null ? Row(node, Value.Of("peepholes", node.Constant(7, "peepholes")), d) : null;
            results.Add(node.EmitAll(op, products, lengths, State(5), cell == OnnxCell.Lstm ? State(6) : null, recurrent, biases, peepholes));
        }
        Finish(node, results);
    }

    // Y [T, D, B, H], Y_h and Y_c [D, B, H]; batches first where the layout says so.
    private static void Finish(OnnxNode node, List<IReadOnlyList<Value>> results)
    {
        for (int output = 0; output < results[0].Count; output++)
        {
            Value Whole(Value v)
            {
                var s = v.Type.Shape;
                return output == 0 ? node.Reshape(v, s[0], 1, s[1], s[2]) : node.Reshape(v, 1, s[0], s[1]);
            }
            var y = results.Count == 1 ? Whole(results[0][output]) : node.Emit(new Concat(output == 0 ? 1 : 0), [.. results.Select(r => Whole(r[output]))]);
            if (BatchFirst(node)) y = Channels.Permute(node.Importer.Builder, y, output == 0 ? [2, 0, 1, 3] : [1, 0, 2], node.Location);
            node.Result(y, output);
        }
    }

    // Both biases of every gate added; of a GRU that is linear before the reset the candidate's recurrent one stands apart, behind.
    private static Value? Biases(OnnxNode node, int direction)
    {
        if (node.OptionalInput(3) is null) return null;
        var row = Row(node, Value.Of("biases", node.Constant(3, "biases")), direction);
        int width = row.Type.Shape.ElementCount / 2;
        Value Part(int first, int count) => node.Emit(StridedSlice.OfAxis(row.Type.Shape, 0, first, count), row);
        if (node.Proto.OpType != "GRU" || node.Int("linear_before_reset", 0) == 0) return node.Emit(new Binary(BinaryKind.Add), Part(0, width), Part(width, width));
        int hidden = width / 3;
        var gates = node.Emit(new Binary(BinaryKind.Add), Part(0, 2 * hidden), Part(width, 2 * hidden));
        return node.Emit(new Concat(0), gates, Part(2 * hidden, hidden), Part(width + 2 * hidden, hidden));
    }

    private static OnnxActivation[][] Activations(OnnxNode node, string[] defaults, int directions)
    {
        var names = node.Attribute("activations")?.Strings.Select(s => s.ToStringUtf8()).ToArray() ?? [];
        if (names.Length == 0) names = [.. Enumerable.Repeat(defaults, directions).SelectMany(d => d)];
        if (names.Length != defaults.Length * directions) throw node.Malformed($"has {names.Length} activations");
        var alphas = new Queue<float>(node.Attribute("activation_alpha")?.Floats ?? []);
        var betas = new Queue<float>(node.Attribute("activation_beta")?.Floats ?? []);
        OnnxActivation Of(string name) => name.ToUpperInvariant() switch
        {
            "SIGMOID" => new OnnxActivation { Kind = OnnxActivationKind.Logistic },
            "TANH" => new OnnxActivation { Kind = OnnxActivationKind.Tanh },
            "RELU" => new OnnxActivation { Kind = OnnxActivationKind.Relu },
            "HARDSIGMOID" => new OnnxActivation { Kind = OnnxActivationKind.HardLogistic, Alpha = alphas.TryDequeue(out float a) ? a : 0.2f, Beta = betas.TryDequeue(out float b) ? b : 0.5f },
            _ => throw node.Unsupported($"its activation is {name}"),
        };
        return [.. names.Select(Of).Chunk(defaults.Length)];
    }

    private static int Hidden(OnnxNode node) => node.Int("hidden_size", node.Input(2).Type.Shape[-1]);

    private static bool BatchFirst(OnnxNode node) => node.Int("layout", 0) != 0;

    // An index of the first axis, which goes.
    private static Value Row(OnnxNode node, Value value, int index) =>
        node.Reshape(node.Move(StridedSlice.OfAxis(value.Type.Shape, 0, index, 1), value), value.Type.Shape.Span[1..]);
}
