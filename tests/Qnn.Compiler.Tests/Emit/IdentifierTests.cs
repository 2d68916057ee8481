using CsCheck;
using Qnn.Compiler.Emit;

namespace Qnn.Compiler.Tests.Emit;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("mobilenet_v2.tflite", "MobilenetV2")]
    [InlineData("mobilenet_v2_1.0_224_quant.tflite", "MobilenetV2_1_0_224Quant")]
    [InlineData("digits.tflite", "Digits")]
    [InlineData("3d-net.tflite", "Model3dNet")]
    [InlineData("Käse brot.tflite", "KäseBrot")]
    [InlineData("---.tflite", "Model")]
    [InlineData("result.tflite", "ResultModel")]
    [InlineData("input_width.tflite", "InputWidthModel")]
    [InlineData("model.tflite", "Model")]
    [InlineData("猫.tflite", "猫")]
    public void ClassNames(string file, string name) => Assert.Equal(name, Identifiers.ClassName(file));

    [Theory]
    [InlineData("", "")]
    [InlineData("My.App", "My.App")]
    [InlineData("my-app", "my_app")]
    [InlineData("My.2d net.event", "My._2d_net._event")]
    public void Namespaces(string root, string name) => Assert.Equal(name, Identifiers.Namespace(root));

    [Theory]
    [InlineData("class", "@class")]
    [InlineData("RGBImage", "rgbImage")]
    [InlineData("NHWC", "nhwc")]
    [InlineData("input_1", "input1")]
    [InlineData("1", "input1")]
    public void ParameterNames(string tensor, string name) => Assert.Equal(name, Identifiers.Camel(tensor, "input"));

    [Theory]
    [InlineData("StatefulPartitionedCall:1", "Output")]
    [InlineData("Identity_2", "Output")]
    [InlineData("serving_default_input_1:0", "input_1")]
    [InlineData("a/b/scores:0", "scores")]
    [InlineData("", "Output")]
    public void TensorNames(string tensor, string name) => Assert.Equal(name, Identifiers.TensorName(tensor, "Output"));

    [Fact]
    public void AnyTextBecomesAnIdentifier() => Gen.String.Sample(text =>
    {
        Assert.True(Identifiers.IsIdentifier(Identifiers.ClassName(text)));
        Assert.True(Identifiers.IsIdentifier(Identifiers.Pascal(text, "Output")));
        Assert.True(Identifiers.IsNamespace(Identifiers.Namespace(text)));
        string camel = Identifiers.Camel(text, "input");
        Assert.True(Identifiers.IsIdentifier(camel.TrimStart('@')) || camel[0] == '@');
    });

    [Fact]
    public void CollisionsAreNumbered()
    {
        HashSet<string> taken = ["Result"];
        Assert.Equal(["Result2", "Scores", "Scores2", "Box3", "Box3_2"], new[] { "Result", "Scores", "Scores", "Box3", "Box3" }.Select(n => Identifiers.Unique(n, taken)));
    }
}
