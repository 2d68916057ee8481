using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Recurrent networks on floats. The gates of a whole sequence's inputs are one linear layer, then the states follow step by step (RNN.cpp).</summary>
internal static class FloatRecurrents
{
    [TorchOperator("aten::lstm")]
    public static object? Lstm(TorchCall call)
    {
        var packed = call.Argument(0) as PackedSequences;
        var states = call.Tensors(packed is null ? 1 : 2);
        if (states.Length != 2) throw call.Malformed($"has {states.Length} states");
        return Layers(call, RecurrentCell.Lstm, states, packed);
    }

    [TorchOperator("aten::gru")]
    public static object? Gru(TorchCall call) => Simple(call, RecurrentCell.Gru);

    [TorchOperator("aten::rnn_tanh")]
    public static object? TanhLayers(TorchCall call) => Simple(call, RecurrentCell.Tanh);

    [TorchOperator("aten::rnn_relu")]
    public static object? ReluLayers(TorchCall call) => Simple(call, RecurrentCell.Relu);

    /// <summary>(input, (state, cells), w_ih, w_hh, b_ih, b_hh)</summary>
    [TorchOperator("aten::lstm_cell")]
    public static object? LstmCell(TorchCall call)
    {
        var states = call.Tensors(1);
        if (states.Length != 2) throw call.Malformed($"has {states.Length} states");
        var results = Cell(call, RecurrentCell.Lstm, states);
        return new object?[] { results[1], results[2] };
    }

    [TorchOperator("aten::gru_cell")]
    public static object? GruCell(TorchCall call) => Cell(call, RecurrentCell.Gru, [call.Tensor(1)])[1];

    [TorchOperator("aten::rnn_tanh_cell")]
    public static object? TanhCell(TorchCall call) => Cell(call, RecurrentCell.Tanh, [call.Tensor(1)])[1];

    [TorchOperator("aten::rnn_relu_cell")]
    public static object? ReluCell(TorchCall call) => Cell(call, RecurrentCell.Relu, [call.Tensor(1)])[1];

    private static object?[] Simple(TorchCall call, RecurrentCell cell)
    {
        var packed = call.Argument(0) as PackedSequences;
        return Layers(call, cell, [call.Tensor(packed is null ? 1 : 2)], packed);
    }

    private static object?[] Layers(TorchCall call, RecurrentCell cell, Value[] states, PackedSequences? packed)
    {
        int at = packed is null ? 2 : 3;
        var parameters = call.Tensors(at);
        bool biased = call.Flag(at + 1), projects = cell == RecurrentCell.Lstm && states[0].Type.Shape[-1] != states[1].Type.Shape[-1];
        int each = 2 + (biased ? 2 : 0) + (projects ? 1 : 0);
        if (parameters.Length % each != 0) throw call.Malformed($"has {parameters.Length} parameters");
        return Recurrent.Layers(call, states, packed, parameters.Length / each, (data, own, index, reverse) =>
        {
            var weights = parameters.AsSpan(index * each, each);
            if (cell == RecurrentCell.Lstm && packed is null && !projects) return OneDnn(call, data, own, weights[0], weights[1], biased ? weights[2] : null, biased ? weights[3] : null, reverse);
            return Direction(call, cell, data, own, weights[0], weights[1], biased ? weights[2] : null, biased ? weights[3] : null, projects ? weights[^1] : null, packed?.Lengths, reverse);
        });
    }

    // oneDNN has the layers of an LSTM without projections: both products are fused in one run each, of several sequences whose data is as wide as the state in one run together; both biases are one.
    private static IReadOnlyList<Value> OneDnn(TorchCall call, Value data, Value[] states, Value inputs, Value hidden, Value? inputBias, Value? hiddenBias, bool reverse)
    {
        var shape = data.Type.Shape;
        int width = hidden.Type.Shape[0], depth = hidden.Type.Shape[1];
        if (data.Type.Element != ElementType.F32 || inputs.Type.Shape is not { Rank: 2 } w || w[1] != shape[2] || hidden.Constant is null) throw call.Unsupported($"it has data {data.Type} and weights {hidden.Type}, which must be constant floats");
        var bias = inputBias is null || hiddenBias is null ? TorchCall.Constant(Tensor.Of<float>(new Shape(width), new float[width])) : call.Emit(new Binary(BinaryKind.Add), inputBias, hiddenBias);
        var gates = call.Reshape(call.Emit(new BatchMatMul(w[1]), call.Reshape(data, shape[0] * shape[1], shape[2]), call.Permute(inputs, 1, 0)), shape[0], shape[1], width);
        return call.EmitSeveral(new FloatRecurrent(RecurrentCell.OneDnnLstm, reverse, shape[1] > 1 && shape[2] == depth ? MatMulOrder.Continued : depth), [], gates, states[0], states[1], hidden, bias, null, null);
    }

    // A cell alone is a sequence of one step.
    private static IReadOnlyList<Value> Cell(TorchCall call, RecurrentCell cell, Value[] states)
    {
        var data = call.Tensor(0);
        if (data.Type.Shape.Rank != 2) throw call.Unsupported($"its data is {data.Type}");
        return Direction(call, cell, call.Reshape(data, 1, data.Type.Shape[0], data.Type.Shape[1]), states, call.Tensor(2), call.Tensor(3), call.OptionalTensor(4), call.OptionalTensor(5), null, null, false);
    }

    private static IReadOnlyList<Value> Direction(TorchCall call, RecurrentCell cell, Value data, Value[] states, Value inputs, Value hidden, Value? inputBias, Value? hiddenBias, Value? projection, Value? lengths, bool reverse)
    {
        if (data.Type.Element != ElementType.F32 || hidden.Type.Shape.Rank != 2 || hidden.Constant is null || hiddenBias is { Constant: null } || projection is { Constant: null }) throw call.Unsupported($"it has data {data.Type} and weights {hidden.Type}, which must be constant floats");
        var gates = MatrixProducts.Linear(call, data, inputs, inputBias);
        int rows = data.Type.Shape[1], depth = hidden.Type.Shape[1];
        int order = MklProducts.OrderOf(rows, depth, hidden.Type.Shape[0]), projectionOrder = projection is null ? 0 : MklProducts.OrderOf(rows, projection.Type.Shape[-1], projection.Type.Shape[0]);
        return call.EmitSeveral(new FloatRecurrent(cell, reverse, order, projectionOrder), [], gates, states[0], states.Length > 1 ? states[1] : null, hidden, hiddenBias, projection, lengths);
    }
}
