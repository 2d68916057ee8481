using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Models that several tests read.</summary>
internal static class SmallModels
{
    /// <summary>A convolution, a state, a custom operator, a signature, metadata, labels: a bit of everything.</summary>
    public static TfLiteModelBuilder Classifier()
    {
        var model = new TfLiteModelBuilder("made by a test");
        int x = model.Input("image", TensorType.UINT8, [-1, 8, 8, 3], TfLiteModelBuilder.Quantized(0.5f, 128));
        int w = model.Constant("w", new sbyte[4 * 3 * 3 * 3], [4, 3, 3, 3], TfLiteModelBuilder.PerChannel(0, [0.1f, 0.2f, 0.3f, 0.4f]));
        int b = model.Constant("b", [1, -2, 3, -4], [4], TfLiteModelBuilder.PerChannel(0, [0.05f, 0.1f, 0.15f, 0.2f]));
        int y = model.Operator(BuiltinOperator.CONV_2D, [x, w, b], "conv", TensorType.INT8, [1, 8, 8, 4], TfLiteModelBuilder.Quantized(1f, -1),
            new Conv2DOptionsT { StrideW = 1, StrideH = 2, FusedActivationFunction = ActivationFunctionType.RELU6 }, version: 3);
        int state = model.Variable("state", TensorType.INT8, [1, 4]);
        int z = model.Tensor("scores", TensorType.INT8, [1, 4], TfLiteModelBuilder.Quantized(1 / 256f, -128));
        model.CustomOperator("Classify", [y, -1, state], [z], [1, 2, 3], version: 2);
        return model.Output(z)
            .Signature("serving_default", ["picture"], ["class"])
            .NamedBuffer("min_runtime_version", "1.14.0\0\0"u8.ToArray())
            .Classifier("A classifier", [127.5f], [128f], ["cat", "dog", "", "Käfer"]);
    }
}
