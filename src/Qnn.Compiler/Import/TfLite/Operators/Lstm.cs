using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>UNIDIRECTIONAL_SEQUENCE_LSTM, BIDIRECTIONAL_SEQUENCE_LSTM, and LSTM as a sequence of one step. The operands are those of <see cref="LstmOperands"/>.</summary>
internal static class Lstm
{
    [TfLiteOperator(BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM)]
    public static void ImportSequence(TfLiteNode node)
    {
        var options = node.Options<UnidirectionalSequenceLSTMOptions>();
        if (options.DiagonalRecurrentTensors) throw node.Unsupported("its recurrent weights are diagonals");
        var op = Operator(node, options.TimeMajor, options.FusedActivationFunction, options.CellClip, options.ProjClip, options.AsymmetricQuantizeInputs);
        node.EmitResult(op, Operands(node, node.Input(LstmOperands.Data)));
    }

    [TfLiteOperator(BuiltinOperator.LSTM)]
    public static void ImportStep(TfLiteNode node)
    {
        var options = node.Options<LSTMOptions>();
        if (options.KernelType != LSTMKernelType.FULL) throw node.Unsupported("it is of the basic kernel type");
        var data = node.Input(LstmOperands.Data);
        if (data.Type.Shape.Rank != 2) throw node.Malformed($"has data {data.Type.Shape}");
        var op = Operator(node, true, options.FusedActivationFunction, options.CellClip, options.ProjClip, options.AsymmetricQuantizeInputs);
        var sequence = node.Reshape(data, 1, data.Type.Shape[0], data.Type.Shape[1]);
        var result = node.EmitQuantized(op, node.OutputQuantization(), Operands(node, sequence));
        node.EmitResult(new Ir.Operators.Reshape(new Shape(result.Type.Shape[1], result.Type.Shape[2])), result);
    }

    /// <summary>Two float layers without layer normalisation; the second one's operands follow the first's, all states after both.</summary>
    [TfLiteOperator(BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM)]
    public static void ImportBothWays(TfLiteNode node)
    {
        const int PerDirection = LstmOperands.OutputState - 1, States = 1 + 2 * PerDirection, Auxiliary = States + 4;
        var options = node.Options<BidirectionalSequenceLSTMOptions>();
        if (node.Input(LstmOperands.Data).Type.Element != ElementType.F32) throw node.Unsupported($"it has {node.Input(LstmOperands.Data).Type.Element.Name()} data");
        if (node.OptionalInput(Auxiliary) is not null) throw node.Unsupported("it has an auxiliary input");
        Value?[] Direction(Value data, int direction) => Operands(node, data, i => i switch
        {
            < LstmOperands.OutputState => node.OptionalInput(i + direction * PerDirection),
            LstmOperands.OutputState or LstmOperands.CellState => node.OptionalInput(States + 2 * direction + i - LstmOperands.OutputState),
            _ => null,
        });
        var op = new Ir.Operators.Lstm(options.TimeMajor, Activation(node, options.FusedActivationFunction), options.AsymmetricQuantizeInputs, options.CellClip, options.ProjClip);
        BothWays.Emit(node, options.TimeMajor, options.MergeOutputs, data => (op, Direction(data, 0)), data => (op, Direction(data, 1)));
    }

    private static Value?[] Operands(TfLiteNode node, Value data) => Operands(node, data, node.OptionalInput);

    private static Value?[] Operands(TfLiteNode node, Value data, Func<int, Value?> at)
    {
        var operands = new Value?[LstmOperands.Count];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = i == LstmOperands.Data ? data : at(i);
            if (i == LstmOperands.Data || operands[i] is not { } value) continue;
            bool state = i is LstmOperands.OutputState or LstmOperands.CellState;
            if (value.Kind != (state ? ValueKind.Variable : ValueKind.Constant)) throw node.Unsupported(state ? $"its state '{value.Name}' is no variable tensor" : $"its operand '{value.Name}' is computed at run time");
        }
        return operands;
    }

    private static Ir.Operator Operator(TfLiteNode node, bool timeMajor, ActivationFunctionType activation, float cellClip, float projectionClip, bool asymmetric)
    {
        var data = node.Input(LstmOperands.Data).Type;
        if (data.Element == ElementType.S8 && activation is ActivationFunctionType.TANH) return Quantized(node, timeMajor, cellClip, projectionClip);
        if (data.Element != ElementType.F32) throw node.Unsupported($"it has {data.Element.Name()} data and the activation {activation}");
        for (int i = LstmOperands.InputWeights; i <= LstmOperands.Projection; i++)
        {
            if (node.OptionalInput(i)?.Type is { Element: ElementType.S8 } weights && weights.Quantization is not { IsPerChannel: false, ZeroPoint: 0 }) throw node.Unsupported($"its int8 weights {i} have no scale, or more than one");
        }
        return new Ir.Operators.Lstm(timeMajor, Activation(node, activation), asymmetric, cellClip, projectionClip);
    }

    /// <summary>The activation of a float recurrent layer.</summary>
    public static RecurrentActivation Activation(TfLiteNode node, ActivationFunctionType activation) => activation switch
    {
        ActivationFunctionType.NONE => RecurrentActivation.None,
        ActivationFunctionType.RELU => RecurrentActivation.Relu,
        ActivationFunctionType.RELU_N1_TO_1 => RecurrentActivation.ReluN1To1,
        ActivationFunctionType.RELU6 => RecurrentActivation.Relu6,
        ActivationFunctionType.TANH => RecurrentActivation.Tanh,
        _ => throw node.Unsupported($"its activation is {activation}"),
    };

    // TensorFlow Lite's PopulateQuantizedLstmParams8x8_16, whose scales are float.
    private static QnnLstm Quantized(TfLiteNode node, bool timeMajor, float cellClip, float projectionClip)
    {
        var intermediates = node.Source.Intermediates;
        if (intermediates.Count != 5) throw node.Unsupported($"it has {intermediates.Count} intermediate tensors, not 5: its cell state or gates have other types than int16");
        float Scale(int index) => node.OptionalInput(index)?.Type is not { } type ? 1 : type.Quantization is { IsPerChannel: false } q ? q.Scale : throw node.Unsupported($"its operand {index} has no scale, or more than one");
        TfLiteQuantization Intermediate(int index) => intermediates[index]?.Quantization ?? throw node.Malformed($"lacks the scale of its intermediate tensor {index}");

        bool normalised = node.OptionalInput(LstmOperands.Norms + 1) is not null, projected = node.OptionalInput(LstmOperands.Projection) is not null;
        var (state, cell) = (node.Input(LstmOperands.OutputState).Type, node.Input(LstmOperands.CellState).Type);
        if (state.Quantization is null || cell.Quantization is null || cell.Element != ElementType.S16) throw node.Unsupported("its states have no scales, or the cell state is not int16");
        int exponent = MathF.ILogB(cell.Scale);
        if (cell.Scale <= 0 || MathF.ScaleB(1, exponent) != cell.Scale || exponent is < -15 or > -9) throw node.Unsupported($"the scale {cell.Scale} of its cell state is no power of two from 2^-15 to 2^-9");
        var (hiddenScale, hiddenZeroPoint) = projected ? (Intermediate(4).Scales[0], Intermediate(4).ZeroPoints[0]) : (state.Scale, state.ZeroPoint);

        var multipliers = new double[18];
        var guards = new int[4];
        for (int gate = 0; gate < 4; gate++)
        {
            guards[gate] = 1;
            if (node.OptionalInput(LstmOperands.InputWeights + gate) is null) continue;
            float scale = normalised ? Intermediate(gate).Scales[0] : 1f / 4096;
            multipliers[gate * 4] = Scale(LstmOperands.InputWeights + gate) * Scale(LstmOperands.Data) / scale;
            multipliers[gate * 4 + 1] = Scale(LstmOperands.RecurrentWeights + gate) * state.Scale / scale;
            if (gate != 2 && node.OptionalInput(LstmOperands.Peephole(gate)) is not null) multipliers[gate * 4 + 2] = (float)(Math.ScaleB(1, exponent) * Scale(LstmOperands.Peephole(gate)) / scale);
            if (!normalised) continue;
            multipliers[gate * 4 + 3] = Scale(LstmOperands.Norms + gate);
            guards[gate] = Math.Max(1, (int)(10000 * Scale(LstmOperands.Norms + gate)));
        }
        multipliers[16] = (float)(Math.ScaleB(1, -15) / hiddenScale * Math.ScaleB(1, -15));
        if (projected) multipliers[17] = Scale(LstmOperands.Projection) * hiddenScale / state.Scale;
        int cellQuanta = cellClip > 0 ? (int)Math.Clamp(cellClip / cell.Scale, short.MinValue, short.MaxValue) : 0;
        int projectionQuanta = projectionClip > 0 ? (int)Math.Clamp(projectionClip / state.Scale, sbyte.MinValue, sbyte.MaxValue) : 0;
        return new QnnLstm(timeMajor, new Doubles(multipliers), new Ints(guards), exponent, cellQuanta, projectionQuanta, hiddenZeroPoint, state.ZeroPoint);
    }
}
