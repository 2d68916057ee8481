using System.Runtime.CompilerServices;
using Qnn.Compiler.Emit;

namespace Qnn.Compiler.Tests.Emit;

/// <summary>
/// The generated classes, word for word. A change of them is a change for users: look at the difference, then accept it by running the tests with QNN_APPROVE=1.
/// That the text compiles is seen by Qnn.Sdk.Tests.
/// </summary>
public sealed class WrapperSnapshotTests
{
    [Fact]
    public void Classifier() => Approve(WrapperModels.Classifier, new WrapperOptions { ClassName = "MobilenetV2", Namespace = "Shop.Vision", ArtifactHash = "0123456789abcdef" });

    [Fact]
    public void InternalFileRegression() => Approve(WrapperModels.Regression, new WrapperOptions { ClassName = "Sine", IsPublic = false, Deployment = Deployment.File });

    [Fact]
    public void SeveralInputsAndOutputs() => Approve(WrapperModels.Several, new WrapperOptions { ClassName = "Multi", Namespace = "Shop" });

    [Fact]
    public void ShapeSets() => Approve(WrapperModels.ShapeSets, new WrapperOptions { ClassName = "Encoder", Namespace = "Shop" });

    [Fact]
    public void OutputsThatVary() => Approve(WrapperModels.Detector, new WrapperOptions { ClassName = "Detector", Namespace = "Shop" });

    [Fact]
    public void TextsOfTheModelStayInComments()
    {
        Approve(WrapperModels.Hostile, new WrapperOptions { ClassName = "Hostile" });
        string text = WrapperEmitter.Emit(WrapperModels.Hostile, new WrapperOptions { ClassName = "Hostile" });
        Assert.DoesNotContain(text, c => c is '\u2028' or '\u0085' or '\u202E' or '\r');
        Assert.All(text.Split('\n').Where(l => l.Contains("Evil") || l.Contains("int x;")), line => Assert.StartsWith("//", line.TrimStart()));
    }

    private static void Approve(ModelSignature model, WrapperOptions options, [CallerMemberName] string test = "")
    {
        string actual = WrapperEmitter.Emit(model, options);
        Assert.Equal(actual, WrapperEmitter.Emit(model, options));
        string file = Path.Combine(Testing.TestModels.RepositoryRoot, "tests", "Qnn.Compiler.Tests", "Emit", "Approved", test + ".g.cs.txt");
        if (Environment.GetEnvironmentVariable("QNN_APPROVE") == "1") File.WriteAllText(file, actual);
        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", actual);
    }
}
