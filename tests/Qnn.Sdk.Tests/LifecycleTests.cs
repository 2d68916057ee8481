namespace Qnn.Sdk.Tests;

/// <summary>What a developer does to a project, and what the next build then does.</summary>
[Collection("builds")]
public sealed class LifecycleTests(PackageFeed feed)
{
    private const string Tiny = """<QuantizedModel Include="tiny.tflite" />""";
    private const string Other = """<QuantizedModel Include="other.tflite" Access="Internal" />""";

    [Fact]
    public void ALifeOfAProject()
    {
        var project = new TestProject(feed).Project(Tiny);
        project.Write("tiny.tflite", Models.Reshape());

        var first = project.Build("-v:n").ShouldSucceed();
        Assert.Equal(1, first.Compilations);
        Assert.Equal("1,2,3,4,5,6", project.Run());
        Assert.Single(first.Output.Split('\n'), l => l.Contains("App.Tiny: 1 operators"));
        Assert.Equal(["App.Tiny.g.cs", "App.Tiny.qnn.options", "App.Tiny.qnnc"], project.Made());
        byte[] artifact = File.ReadAllBytes(project.PathOf("obj/Debug/net10.0/qnn/App.Tiny.qnnc"));

        // Nothing changed: nothing is done.
        var second = project.Build("--no-restore").ShouldSucceed();
        Assert.Equal(0, second.Compilations);
        Assert.Equal(0, second.CountOf("Csc"));

        // The model was touched: compiled again, to the same bytes.
        File.SetLastWriteTimeUtc(project.PathOf("tiny.tflite"), DateTime.UtcNow);
        Assert.Equal(1, project.Build("--no-restore").ShouldSucceed().Compilations);
        Assert.Equal(artifact, File.ReadAllBytes(project.PathOf("obj/Debug/net10.0/qnn/App.Tiny.qnnc")));

        // Another model takes its place, older than what was made of the first: a copy that keeps its time. Then one of the same time and length.
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        byte[] model = Models.Reshape();
        foreach (string name in new[] { "tiny model", "tony model" })
        {
            model = [.. Models.Reshape(), .. System.Text.Encoding.ASCII.GetBytes(name)];
            project.Write("tiny.tflite", model);
            File.SetLastWriteTimeUtc(project.PathOf("tiny.tflite"), old);
            Assert.Equal(1, project.Build("--no-restore").ShouldSucceed().Compilations);
            Assert.Equal(0, project.Build("--no-restore").ShouldSucceed().Compilations);
        }

        // A second model: only that is compiled.
        project.Write("other.tflite", Models.Image());
        project.Project(Tiny + Other);
        Assert.Equal(1, project.Build("--no-restore").ShouldSucceed().Compilations);
        Assert.Contains("App.Other.qnnc", project.Made());

        // Changed metadata: only the model that it concerns.
        project.Project(Tiny.Replace("/>", "Numerics=\"reference\" />") + Other);
        Assert.Equal(1, project.Build("--no-restore").ShouldSucceed().Compilations);

        // A label file that changes is an input, too.
        project.Write("labels.txt", string.Join('\n', Enumerable.Range(0, 192).Select(i => $"class {i}")));
        project.Project(Tiny.Replace("/>", "Numerics=\"reference\" />") + Other.Replace("/>", "Labels=\"labels.txt\" />"));
        Assert.Equal(1, project.Build("--no-restore").ShouldSucceed().Compilations);
        project.Write("labels.txt", string.Join('\n', Enumerable.Range(0, 192).Select(i => $"Class {i}")));
        Assert.Equal(1, project.Build("--no-restore").ShouldSucceed().Compilations);
        Assert.Equal(0, project.Build("--no-restore").ShouldSucceed().Compilations);

        // A model that is gone from the project is gone from its outputs.
        project.Project(Tiny);
        project.Build("--no-restore").ShouldSucceed();
        Assert.Equal(["App.Tiny.g.cs", "App.Tiny.qnn.options", "App.Tiny.qnnc"], project.Made());
        Assert.Equal("1,2,3,4,5,6", project.Run());

        Dotnet.Run(project.Folder, "clean", "app.csproj").ShouldSucceed();
        Assert.Empty(project.Made());
    }

    [Fact]
    public void AFailedBuildIsNotTakenForADoneOne()
    {
        var project = new TestProject(feed).Project(Tiny);
        byte[] model = Models.Reshape();
        project.Write("tiny.tflite", model);
        project.Build().ShouldSucceed();

        project.Write("tiny.tflite", model[..(model.Length / 2)]);
        project.Build("--no-restore").ShouldFail("QNN1003", "tiny.tflite");
        Assert.Equal(["App.Tiny.qnn.options"], project.Made());
        project.Build("--no-restore").ShouldFail("QNN1003");

        project.Write("tiny.tflite", model);
        project.Build("--no-restore").ShouldSucceed();
        Assert.Equal("1,2,3,4,5,6", project.Run());
    }

    [Fact]
    public void SeveralTargetFrameworks()
    {
        var project = new TestProject(feed).Project(
            Tiny, "<EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>", frameworks: "<TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>");
        project.Write("tiny.tflite", Models.Reshape());
        Assert.Equal(2, project.Build("-m").ShouldSucceed().Compilations);
        Assert.Equal(0, project.Build("--no-restore", "-m").ShouldSucceed().Compilations);
        Assert.Contains("App.Tiny.qnnc", project.Made("net10.0-windows"));
        Assert.Equal("1,2,3,4,5,6", project.Run());
    }

    [Fact]
    public void EditorsGetTheClassWithoutACompilation()
    {
        var project = new TestProject(feed).Project(Tiny);
        project.Write("tiny.tflite", Models.Reshape());
        Dotnet.Run(project.Folder, "restore", "app.csproj").ShouldSucceed();
        Dotnet.Run(project.Folder, "msbuild", "app.csproj", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingProject=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true").ShouldSucceed();
        Assert.Equal(["App.Tiny.design.g.cs", "App.Tiny.qnn.options"], project.Made());
        Assert.Contains("Predict(global::System.ReadOnlySpan<byte> x)", File.ReadAllText(project.PathOf("obj/Debug/net10.0/qnn/App.Tiny.design.g.cs")));

        project.Build("--no-restore").ShouldSucceed();
        Assert.Equal("1,2,3,4,5,6", project.Run());
    }
}
