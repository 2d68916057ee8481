using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Testing;
using Tensor = Qnn.Compiler.Ir.Tensor;
using TensorType = Qnn.Compiler.Import.TfLite.Schema.TensorType;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Recurrent layers and slices that are written into, by their formulas.</summary>
public sealed class RecurrentImportTests
{
    private static readonly float[] s_weights = [0.5f, -1, 0.25f, 2], s_recurrent = [0.5f, 0, -0.5f, 1], s_bias = [0.25f, -0.5f];

    [Fact]
    public void ABasicRecurrentLayerKeepsItsState()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1, 3, 2]);
        int[] operands = [x, .. Layer(model, "")];
        model.Output(model.Operator(BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_RNN, operands, "y", TensorType.FLOAT32, [1, 3, 2], options: new SequenceRNNOptionsT { FusedActivationFunction = ActivationFunctionType.RELU }));
        Assert.Equal(Expected([1, 2, -1, 0.5f, 3, -2], backwards: false), Run(model, [1, 2, -1, 0.5f, 3, -2])[0]);
    }

    /// <summary>The filters of a unit are summed first, and the bias is added last: 2^24 + 1 rounds to 2^24.</summary>
    [Fact]
    public void AMemorysBiasIsAddedLast()
    {
        const float Large = 1 << 24;
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1, 2]);
        int features = model.Constant("features", new float[] { 1, 0, 0, 1 }, [2, 2]), time = model.Constant("time", new float[] { 1, 1 }, [2, 1]);
        int bias = model.Constant("bias", new[] { -Large }, [1]), state = model.Variable("state", TensorType.FLOAT32, [1, 2]);
        model.Output(model.Operator(BuiltinOperator.SVDF, [x, features, time, bias, state], "y", TensorType.FLOAT32, [1, 1], options: new SVDFOptionsT { Rank = 2 }));
        Assert.Equal([0], Run(model, [Large, 1])[0]);
    }

    [Fact]
    public void AStepIsASequenceOfOne()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1, 2]);
        int[] operands = [x, .. Layer(model, "")];
        model.Output(model.Operator(BuiltinOperator.RNN, operands, "y", TensorType.FLOAT32, [1, 2], options: new RNNOptionsT { FusedActivationFunction = ActivationFunctionType.RELU }));
        Assert.Equal(Expected([4, 2], backwards: false), Run(model, [4, 2])[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BothWaysAreJoinedOrApart(bool merge)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1, 3, 2]);
        int[] operands = [x, .. Layer(model, "forward"), .. Layer(model, "backward"), -1, -1, -1];
        var options = new BidirectionalSequenceRNNOptionsT { FusedActivationFunction = ActivationFunctionType.RELU, MergeOutputs = merge };
        int y = model.Tensor("y", TensorType.FLOAT32, merge ? [1, 3, 4] : [1, 3, 2]);
        int[] outputs = merge ? [y] : [y, model.Tensor("z", TensorType.FLOAT32, [1, 3, 2])];
        model.Operator(BuiltinOperator.BIDIRECTIONAL_SEQUENCE_RNN, operands, outputs, options);
        model.Output(outputs);
        float[] data = [1, 2, -1, 0.5f, 3, -2], forward = Expected(data, backwards: false), backward = Expected(data, backwards: true);
        var answers = Run(model, data);
        if (!merge) Assert.Equal([.. forward, .. backward], answers.SelectMany(a => a));
        else Assert.Equal([.. forward[..2], .. backward[..2], .. forward[2..4], .. backward[2..4], .. forward[4..], .. backward[4..]], answers[0]);
    }

    [Fact]
    public void AnLstmBothWaysIsTwoLstms()
    {
        const int Cells = 1;
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2, 1, 1]);
        int Number(string name, float value, int[] shape) => model.Constant(name, new[] { value }, shape);
        int[] Direction(string name) =>
        [
            .. Enumerable.Range(0, 4).Select(g => Number($"{name}w{g}", 0.5f + g, [Cells, 1])), .. Enumerable.Range(0, 4).Select(g => Number($"{name}r{g}", 0.25f * g, [Cells, Cells])),
            -1, -1, -1, .. Enumerable.Range(0, 4).Select(g => Number($"{name}b{g}", 0.125f * g, [Cells])), -1, -1,
        ];
        int State(string name) => model.Variable(name, TensorType.FLOAT32, [1, Cells]);
        int[] operands = [x, .. Direction("f"), .. Direction("b"), State("fh"), State("fc"), State("bh"), State("bc"), .. Enumerable.Repeat(-1, 9)];
        int y = model.Operator(BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM, operands, "y", TensorType.FLOAT32, [2, 1, 2],
            options: new BidirectionalSequenceLSTMOptionsT { FusedActivationFunction = ActivationFunctionType.TANH, MergeOutputs = true, TimeMajor = true });
        // The same weights both ways: turning the sequence around swaps the halves.
        float[] there = Run(model.Output(y), [1, -2])[0], back = Run(model, [-2, 1])[0];
        Assert.Equal([there[3], there[2], there[1], there[0]], back);
        Assert.NotEqual(there[0], there[1]);
    }

    [Theory]
    [InlineData(1, 1, new byte[] { 1, 2, 3, 4, 90, 91, 7, 92, 93 })]
    [InlineData(5, -3, new byte[] { 1, 2, 3, 90, 91, 6, 92, 93, 9 })]
    public void AnUpdateIsMovedUntilItFits(int row, int column, byte[] expected)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.UINT8, [3, 3], TfLiteModelBuilder.Quantized(1));
        int update = model.Constant("u", new byte[] { 90, 91, 92, 93 }, [2, 2], TfLiteModelBuilder.Quantized(1)), begin = model.Constant("b", new[] { row, column }, [2]);
        model.Output(model.Operator(BuiltinOperator.DYNAMIC_UPDATE_SLICE, [x, update, begin], "y", TensorType.UINT8, [3, 3], TfLiteModelBuilder.Quantized(1)));
        var graph = TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test");
        Assert.Equal(expected, Evaluator.Run(graph, [new Tensor(graph.Inputs[0].Type, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })])[0].Bytes.ToArray());
    }

    private static int[] Layer(TfLiteModelBuilder model, string name) =>
    [
        model.Constant($"{name}w", s_weights, [2, 2]), model.Constant($"{name}r", s_recurrent, [2, 2]), model.Constant($"{name}b", s_bias, [2]), model.Variable($"{name}h", TensorType.FLOAT32, [1, 2]),
    ];

    private static float[] Expected(float[] data, bool backwards)
    {
        int steps = data.Length / 2;
        float[] y = new float[data.Length], h = [0, 0];
        for (int i = 0; i < steps; i++)
        {
            int t = backwards ? steps - 1 - i : i;
            float[] next = [.. Enumerable.Range(0, 2).Select(u => Math.Max(0, s_bias[u] + (s_weights[2 * u] * data[2 * t] + s_weights[2 * u + 1] * data[2 * t + 1]) + (s_recurrent[2 * u] * h[0] + s_recurrent[2 * u + 1] * h[1])))];
            h = next;
            next.CopyTo(y, 2 * t);
        }
        return y;
    }

    private static float[][] Run(TfLiteModelBuilder model, float[] data)
    {
        var graph = TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test");
        return [.. Evaluator.Run(graph, [Tensor.Of<float>(graph.Inputs[0].Type.Shape, data)]).Select(t => t.Span<float>().ToArray())];
    }
}
