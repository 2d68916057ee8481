using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;

namespace Qnn.Sdk.Tests;

/// <summary>Model files for builds: quickly compiled, their answers known.</summary>
internal static class Models
{
    /// <summary>2x3 bytes in, the same bytes as 3x2 out.</summary>
    public static byte[] Reshape(string description = "A tiny model") => Reshaping(new TfLiteModelBuilder(description), TensorType.UINT8, [2, 3], [3, 2]);

    /// <summary>An image of 8x8 in, its 192 bytes out: a classifier of 192 classes, as it were.</summary>
    public static byte[] Image() => Reshaping(new TfLiteModelBuilder("An image"), TensorType.UINT8, [1, 8, 8, 3], [1, 192]);

    /// <summary>Two inputs and two outputs, whose names are no identifiers.</summary>
    public static byte[] Several()
    {
        var model = new TfLiteModelBuilder("Several inputs");
        int a = model.Input("class", TensorType.INT8, [4], TfLiteModelBuilder.Quantized(0.5f, 3)), b = model.Input("2nd/in-put:0", TensorType.FLOAT32, [2, 2]);
        int x = model.Operator(BuiltinOperator.RESHAPE, [a, model.Constant("s", [2, 2], [2])], "event", TensorType.INT8, [2, 2], TfLiteModelBuilder.Quantized(0.5f, 3));
        int y = model.Operator(BuiltinOperator.RESHAPE, [b, model.Constant("t", [4], [1])], "Result", TensorType.FLOAT32, [4]);
        return model.Output(x, y).Build();
    }

    /// <summary>Two operators that nobody knows.</summary>
    public static byte[] Unsupported()
    {
        var model = new TfLiteModelBuilder("Unsupported");
        int x = model.Input("x", TensorType.UINT8, [4], TfLiteModelBuilder.Quantized(1)), y = model.Tensor("y", TensorType.UINT8, [4], TfLiteModelBuilder.Quantized(1)), z = model.Tensor("z", TensorType.UINT8, [4], TfLiteModelBuilder.Quantized(1));
        model.CustomOperator("Frobnicate", [x], [y]);
        model.CustomOperator("Defenestrate", [y], [z]);
        return model.Output(z).Build();
    }

    private static byte[] Reshaping(TfLiteModelBuilder model, TensorType type, int[] from, int[] to)
    {
        int x = model.Input("x", type, from, TfLiteModelBuilder.Quantized(0.5f, 10));
        int y = model.Operator(BuiltinOperator.RESHAPE, [x, model.Constant("shape", to, [to.Length])], "Identity", type, to, TfLiteModelBuilder.Quantized(0.5f, 10));
        return model.Output(y).Build();
    }
}
