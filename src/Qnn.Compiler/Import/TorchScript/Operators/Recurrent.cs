using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>The two linear layers of a recurrent cell, and whether data keeps a bit free when it is quantized.</summary>
internal sealed record PackedCell(PackedLinear Inputs, PackedLinear State, bool IsReduced);

/// <summary>Recurrent networks whose linear layers are dynamic ones. The gates of a whole sequence's inputs are one linear layer, so they share a scale.</summary>
internal static class Recurrent
{
    [TorchOperator("quantized::make_quantized_cell_params_dynamic")]
    public static object? Pack(TorchCall call) => new PackedCell(PackedParameters.LinearOf(call, 0), PackedParameters.LinearOf(call, 1), call.Flag(4));

    [TorchOperator("quantized::make_quantized_cell_params_fp16")]
    public static object? PackHalf(TorchCall call) => new PackedCell(PackedParameters.LinearOf(call, 0), PackedParameters.LinearOf(call, 1), false);

    [TorchOperator("aten::quantized_lstm")]
    public static object? Lstm(TorchCall call)
    {
        var packed = call.Argument(0) as PackedSequences;
        var states = call.Tensors(packed is null ? 1 : 2);
        if (states.Length != 2) throw call.Malformed($"has {states.Length} states");
        return Layers(call, RecurrentCell.Lstm, states, packed);
    }

    [TorchOperator("aten::quantized_gru")]
    public static object? Gru(TorchCall call)
    {
        var packed = call.Argument(0) as PackedSequences;
        return Layers(call, RecurrentCell.Gru, [call.Tensor(packed is null ? 1 : 2)], packed);
    }

    [TorchOperator("quantized::quantized_lstm_cell_dynamic")]
    public static object? LstmCell(TorchCall call)
    {
        var states = call.Tensors(1);
        if (states.Length != 2) throw call.Malformed($"has {states.Length} states");
        var results = Cell(call, RecurrentCell.Lstm, states);
        return new object?[] { results[1], results[2] };
    }

    [TorchOperator("quantized::quantized_gru_cell_dynamic")]
    public static object? GruCell(TorchCall call) => Cell(call, RecurrentCell.Gru, [call.Tensor(1)])[1];

    [TorchOperator("quantized::quantized_rnn_tanh_cell_dynamic")]
    public static object? TanhCell(TorchCall call) => Cell(call, RecurrentCell.Tanh, [call.Tensor(1)])[1];

    [TorchOperator("quantized::quantized_rnn_relu_cell_dynamic")]
    public static object? ReluCell(TorchCall call) => Cell(call, RecurrentCell.Relu, [call.Tensor(1)])[1];

    // A cell alone is a sequence of one step. Its data keeps a bit free.
    private static IReadOnlyList<Value> Cell(TorchCall call, RecurrentCell cell, Value[] states)
    {
        var data = call.Tensor(0);
        if (data.Type.Shape.Rank != 2) throw call.Unsupported($"its data is {data.Type}");
        var packed = new PackedCell(PackedParameters.LinearOf(call, 2), PackedParameters.LinearOf(call, 3), true);
        return Direction(call, cell, packed, call.Reshape(data, 1, data.Type.Shape[0], data.Type.Shape[1]), states, null, false);
    }

    private static object?[] Layers(TorchCall call, RecurrentCell cell, Value[] states, PackedSequences? sequences)
    {
        var packed = CellsOf(call, sequences is null ? 2 : 3);
        return Layers(call, states, sequences, packed.Length, (data, own, at, reverse) => Direction(call, cell, packed[at], data, own, sequences?.Lengths, reverse));
    }

    /// <summary>
    /// (input, states, params, has_biases, num_layers, dropout, train, bidirectional, batch_first), packed sequences with their steps in front of the states and without the last:
    /// the outputs, and the last states of all layers and directions. A direction makes states [T, B, H] and its last states of data [T, B, I], its own states and its place among the cells.
    /// </summary>
    public static object?[] Layers(TorchCall call, Value[] states, PackedSequences? sequences, int cells, Func<Value, Value[], int, bool, IReadOnlyList<Value>> direct)
    {
        var data = sequences?.Padded ?? call.Tensor(0);
        int at0 = sequences is null ? 2 : 3;
        if (data.Type.Shape.Rank != 3) throw call.Unsupported($"its data is {data.Type}");
        int directions = call.Flag(at0 + 5) ? 2 : 1, layers = call.Int(at0 + 2);
        bool batchFirst = sequences is null && call.Flag(8);
        if (call.Flag(at0 + 4) && call.Real(at0 + 3) != 0) throw call.Trains();
        if (layers <= 0 || cells != layers * (long)directions) throw call.Malformed($"has {cells} cells for {layers} layers");
        if (states.Any(s => s.Type.Shape.Rank != 3 || s.Type.Shape[0] != cells)) throw call.Malformed($"has states {states[0].Type} for {cells} cells");
        if (batchFirst) data = Turned(data);
        var last = states.Select(_ => new List<Value>()).ToArray();
        for (int layer = 0; layer < layers; layer++)
        {
            var outputs = new Value[directions];
            for (int direction = 0; direction < directions; direction++)
            {
                int at = layer * directions + direction;
                Value[] own = [.. states.Select(s => call.Reshape(Shaping.Along(call, s, 0, at, 1, 1), s.Type.Shape[1], s.Type.Shape[2]))];
                var results = direct(data, own, at, direction == 1);
                outputs[direction] = results[0];
                for (int i = 0; i < last.Length; i++) last[i].Add(call.Reshape(results[1 + i], [1, .. results[1 + i].Type.Shape.Span]));
            }
            data = directions == 1 ? outputs[0] : call.Emit(new Concat(2), outputs);
        }
        if (batchFirst) data = Turned(data);
        return [sequences is null ? data : sequences with { Padded = data }, .. last.Select(l => l.Count == 1 ? l[0] : call.Emit(new Concat(0), l))];

        Value Turned(Value value)
        {
            var turned = call.Permute(value, 1, 0, 2);
            call.Formats.Turn(turned, value, [1, 0, 2]);
            return turned;
        }
    }

    private static IReadOnlyList<Value> Direction(TorchCall call, RecurrentCell cell, PackedCell packed, Value data, Value[] states, Value? lengths, bool reverse)
    {
        int range = DynamicLinears.Range(call, packed.IsReduced);
        var gates = DynamicLinears.Apply(call, data, packed.Inputs, range, false);
        var weights = DynamicLinears.Weights(call, packed.State);
        if (weights.Type.Element != Qnn.Runtime.ElementType.S8) range = 0;
        return call.EmitSeveral(new DynamicRecurrent(cell, reverse, range, DynamicLinears.IsFused(call), DynamicLinears.IsByReciprocal(call)), [], gates, states[0], states.Length > 1 ? states[1] : null, weights, packed.State.Bias, lengths);
    }

    private static PackedCell[] CellsOf(TorchCall call, int index)
    {
        object?[] items = call.Argument(index) switch { TorchList list => [.. list.Items], object?[] tuple => tuple, _ => throw call.Malformed("lacks its cells") };
        return [.. items.Select(i => CellOf(call, i))];
    }

    private static PackedCell CellOf(TorchCall call, object? value)
    {
        switch (value)
        {
            case PackedCell packed:
                return packed;
            case TorchObject { State: object?[] { Length: 5 } state } when state is [string kind, _, _, TorchList flags, TorchList { Items: [var inputs, var hidden] }] && kind is "quantized_dynamic" or "quantized_fp16":
                return new PackedCell(PackedParameters.LinearOf(call, inputs), PackedParameters.LinearOf(call, hidden), flags.Items is [1L or true, ..]);
            default:
                throw call.Unsupported("its cells' parameters are of a kind that is not known");
        }
    }
}
