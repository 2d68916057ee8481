using System.Reflection;
using PublicApiGenerator;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.PublicApi;

/// <summary>The public surface of the shipped assemblies is what the approved files say: a change of it is seen in review.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void RuntimeIsAsApproved() => Check(typeof(Runtime.QuantizedModel).Assembly);

    [Fact]
    public void CompilerIsAsApproved() => Check(typeof(ModelCompiler).Assembly);

    private static void Check(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        string approvedPath = Path.Combine(TestModels.RepositoryRoot, "tests", "Qnn.Compiler.Tests", "PublicApi", $"{name}.approved.txt");
        string actual = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("QNN_APPROVE") == "1") File.WriteAllText(approvedPath, actual);
        string approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        Assert.True(approved == actual, $"The public API of {name} has changed. Run the test with QNN_APPROVE=1 and commit {name}.approved.txt if that is meant.");
    }
}
