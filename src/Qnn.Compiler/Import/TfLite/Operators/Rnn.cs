using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>UNIDIRECTIONAL_SEQUENCE_RNN and BIDIRECTIONAL_SEQUENCE_RNN, and RNN as a sequence of one step.</summary>
internal static class Rnn
{
    [TfLiteOperator(BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_RNN)]
    public static void ImportSequence(TfLiteNode node)
    {
        var options = node.Options<SequenceRNNOptions>();
        var op = new Ir.Operators.Rnn(options.TimeMajor, Lstm.Activation(node, options.FusedActivationFunction), options.AsymmetricQuantizeInputs);
        node.EmitResult(op, Operands(node, node.Input(0), 1));
    }

    [TfLiteOperator(BuiltinOperator.RNN)]
    public static void ImportStep(TfLiteNode node)
    {
        var options = node.Options<RNNOptions>();
        var data = node.Input(0);
        if (data.Type.Shape.Rank != 2) throw node.Malformed($"has data {data.Type.Shape}");
        var op = new Ir.Operators.Rnn(true, Lstm.Activation(node, options.FusedActivationFunction), options.AsymmetricQuantizeInputs);
        var result = node.Emit(op, Operands(node, node.Reshape(data, 1, data.Type.Shape[0], data.Type.Shape[1]), 1));
        node.EmitResult(new Ir.Operators.Reshape(new Shape(result.Type.Shape[1], result.Type.Shape[2])), result);
    }

    [TfLiteOperator(BuiltinOperator.BIDIRECTIONAL_SEQUENCE_RNN)]
    public static void ImportBothWays(TfLiteNode node)
    {
        var options = node.Options<BidirectionalSequenceRNNOptions>();
        if (node.OptionalInput(9) is not null) throw node.Unsupported("it has an auxiliary input");
        var op = new Ir.Operators.Rnn(options.TimeMajor, Lstm.Activation(node, options.FusedActivationFunction), options.AsymmetricQuantizeInputs);
        BothWays.Emit(node, options.TimeMajor, options.MergeOutputs, data => (op, Operands(node, data, 1)), data => (op, Operands(node, data, 5)));
    }

    private static Value?[] Operands(TfLiteNode node, Value data, int first)
    {
        Value Weights(int index) => node.Input(index) is { IsConstant: true } value && value.Type.Quantization is null or { IsPerChannel: false, ZeroPoint: 0 }
            ? value
            : throw node.Unsupported($"its operand {index} is computed at run time, or is quantized in another way");
        var state = node.Input(first + 3);
        if (data.Type.Element != ElementType.F32) throw node.Unsupported($"it has {data.Type.Element.Name()} data");
        if (state.Kind != ValueKind.Variable) throw node.Unsupported($"its state '{state.Name}' is no variable tensor");
        return [data, Weights(first), Weights(first + 1), Weights(first + 2), state];
    }
}
