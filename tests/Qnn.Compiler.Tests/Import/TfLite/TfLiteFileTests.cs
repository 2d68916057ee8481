using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Runtime;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>What is written is read.</summary>
public sealed class TfLiteFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ModelIsReadAsItWasBuilt(bool buffersOutside)
    {
        byte[] bytes = SmallModels.Classifier().Build(buffersOutside);
        Assert.True(TfLiteFile.IsTfLite(bytes));
        var file = TfLiteFile.Open(bytes);
        Assert.Equal("made by a test", file.Description);
        Assert.Equal("1.14.0", file.MinRuntimeVersion);

        var image = Assert.Single(file.Main.Inputs);
        Assert.Equal("uint8[1x8x8x3]{0.5:128}", image.IrType!.ToString());
        Assert.Equal([-1, 8, 8, 3], image.ShapeSignature);
        Assert.True(image is { IsInput: true, IsOpen: true, IsConstant: false });

        var conv = file.Main.Operators[0];
        Assert.Equal((BuiltinOperator.CONV_2D, 3), (conv.Code, conv.Version));
        Assert.Equal("CONV_2D v3 'conv' (#0)", conv.ToString());
        var options = conv.Options<Conv2DOptions>();
        Assert.Equal((1, 2, 1), (options.StrideW, options.StrideH, options.DilationHFactor));
        Assert.Equal((ActivationFunctionType.RELU6, Padding.SAME), (options.FusedActivationFunction, options.Padding));

        var (w, b) = (conv.Inputs[1]!, conv.Inputs[2]!);
        Assert.True(w.IsConstant && b.IsConstant && !w.IsOpen);
        Assert.Equal(0, w.Quantization!.Axis);
        Assert.Equal([0.1f, 0.2f, 0.3f, 0.4f], w.IrQuantization!.Scales);
        Assert.Equal(ElementType.S32, b.Element);
        Assert.Equal([1, 0, 0, 0, 254, 255, 255, 255, 3, 0, 0, 0, 252, 255, 255, 255], b.Data.ToArray());

        var custom = file.Main.Operators[1];
        Assert.Equal(("Classify", 2, BuiltinOperator.CUSTOM), (custom.Name, custom.Version, custom.Code));
        Assert.Equal([1, 2, 3], custom.CustomOptions.ToArray());
        Assert.Same(conv, custom.Inputs[0]!.Producer);
        Assert.Null(custom.Inputs[1]);
        Assert.True(custom.Inputs[2]!.IsVariable);

        var signature = Assert.Single(file.Signatures);
        Assert.Equal("serving_default", signature.Key);
        Assert.Equal("picture", signature.NameOf(image));
        Assert.Equal("class", signature.NameOf(file.Main.Outputs[0]));
        Assert.Null(signature.NameOf(w));
    }

    [Fact]
    public void EqualCallsMakeEqualBytes() => Assert.Equal(SmallModels.Classifier().Build(), SmallModels.Classifier().Build());

    [Fact]
    public void OptionsThatTheFileDoesNotHaveAreAtTheirDefaults()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1]);
        int y = model.Operator(BuiltinOperator.ADD, [x, x], "y", TensorType.FLOAT32, [1]);
        var add = TfLiteFile.Open(model.Output(y).Build()).Main.Operators[0];
        Assert.False(add.HasOptions<AddOptions>());
        Assert.True(add.Options<AddOptions>().PotScaleInt16);
        Assert.Equal(0, add.Options<Conv2DOptions>().StrideW);
        Assert.Equal(1, add.Options<Conv2DOptions>().DilationWFactor);
    }

    [Fact]
    public void OldAndNewOperatorCodesAreUnderstood()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1]);
        int y = model.Operator(BuiltinOperator.SIN, [x], "y", TensorType.FLOAT32, [1]);
        int z = model.Operator(BuiltinOperator.GELU, [y], "z", TensorType.FLOAT32, [1]);
        model.Operator((BuiltinOperator)9999, [z], "u", TensorType.FLOAT32, [1]);
        // As files older than version 3a have it.
        model.Model.OperatorCodes[0].BuiltinCode = BuiltinOperator.ADD;
        Assert.Equal(["SIN", "GELU", "operator 9999"], TfLiteFile.Open(model.Output(z).Build()).Main.Operators.Select(op => op.Name));
    }

    [Fact]
    public void NarrowElementsAreWidened()
    {
        var model = new TfLiteModelBuilder();
        int a = model.Constant("a", TensorType.INT4, [0x2F, 0x08], [3]);
        int b = model.Constant("b", TensorType.UINT4, [0x2F, 0x08], [3]);
        int c = model.Constant("c", TensorType.INT2, [0b10_01_00_11, 0b01], [5]);
        var tensors = TfLiteFile.Open(model.Output(a, b, c).Build()).Main.Tensors;
        Assert.Equal([-1, 2, -8], tensors[0].ReadElements().ToArray().Select(v => (sbyte)v));
        Assert.Equal([15, 2, 8], tensors[1].ReadElements().ToArray());
        Assert.Equal([-1, 0, 1, -2, 1], tensors[2].ReadElements().ToArray().Select(v => (sbyte)v));
        Assert.Equal((ElementType.S8, ElementType.U8), (tensors[0].Element, tensors[1].Element));
    }

    [Fact]
    public void NamesNeedBeNeitherUtf8NorThereNorOnOneLine()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("a\nb?", TensorType.FLOAT32, [1]);
        model.Input("", TensorType.FLOAT32, [1]);
        byte[] bytes = model.Output(x).Build();
        bytes[bytes.AsSpan().IndexOf("b?"u8) + 1] = 0xC3;
        Assert.Equal(["a\ufffdb\ufffd", "tensor_1"], TfLiteFile.Open(bytes).Main.Inputs.Select(i => i.Name));
    }

    [Fact]
    public void VectorMayHaveTheAxisOfItsWeights()
    {
        var model = new TfLiteModelBuilder();
        int b = model.Constant("b", [1, 2], [2], TfLiteModelBuilder.PerChannel(3, [0.5f, 0.25f]));
        Assert.Equal(0, TfLiteFile.Open(model.Output(b).Build()).Main.Tensors[b].Quantization!.Axis);
    }
}
