using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;
using Tensor = Qnn.Compiler.Ir.Tensor;
using TensorType = Qnn.Compiler.Import.TfLite.Schema.TensorType;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Layers of float data with int8 weights: what they compute is near what floats would, by half a quantum of the data for each product.</summary>
public sealed class HybridImportTests
{
    private static readonly float[] s_data = [1, -0.5f, 0.25f, 2, 0, -1, 0.75f, 1.5f];

    [Fact]
    public void FullyConnected()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2, 4]);
        int w = model.Constant("w", new sbyte[] { 127, -64, 3, 0, 5, 50, -100, 25, 1, 2, 3, 4 }, [3, 4], TfLiteModelBuilder.PerChannel(0, [0.01f, 0.02f, 0.1f]));
        int b = model.Constant("b", new float[] { 0.5f, -1, 0 }, [3]);
        model.Output(model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w, b], "y", TensorType.FLOAT32, [2, 3], options: new FullyConnectedOptionsT { AsymmetricQuantizeInputs = true }));
        Near([2.0975f, -0.9000f, 0.8750f, 1.1625f, -2.7500f, 0.6250f], Run(model));
    }

    [Fact]
    public void DepthwiseConvolution()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1, 2, 2, 2]);
        int w = model.Constant("w", new sbyte[] { 100, -50, 10, 20 }, [1, 1, 2, 2], TfLiteModelBuilder.PerChannel(3, [0.01f, 0.02f]));
        model.Output(model.Operator(BuiltinOperator.DEPTHWISE_CONV_2D, [x, w], "y", TensorType.FLOAT32, [1, 2, 1, 2],
            options: new DepthwiseConv2DOptionsT { Padding = Padding.VALID, StrideH = 1, StrideW = 1, DepthMultiplier = 1 }));
        // Pixels (1, -0.5), (0.25, 2), (0, -1), (0.75, 1.5); weights (1, -1) and (0.1, 0.4).
        Near([1.025f, 1.3f, 0.075f, 1.6f], Run(model));
    }

    private static float[] Run(TfLiteModelBuilder model)
    {
        var graph = TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test");
        return Evaluator.Run(graph, [Tensor.Of<float>(graph.Inputs[0].Type.Shape, s_data)])[0].Span<float>().ToArray();
    }

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - 0.05f, expected[i] + 0.05f);
    }
}
