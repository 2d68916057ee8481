using Qnn.Testing;

namespace Qnn.Sdk.Tests;

/// <summary>What is wrong with a project or a model is an error with a code, at the right file.</summary>
[Collection("builds")]
public sealed class FaultTests(PackageFeed feed)
{
    private TestProject Prepared()
    {
        var project = new TestProject(feed);
        project.Write("tiny.tflite", Models.Reshape());
        return project;
    }

    [Fact]
    public void FaultsOfItemsComeAllAtOnce()
    {
        var project = Prepared().Project("""
            <QuantizedModel Include="tiny.tflite" />
            <QuantizedModel Include="sub/../tiny.tflite" />
            <QuantizedModel Include="absent.tflite" />
            <QuantizedModel Include="tiny.tflite" ClassName="not a name" />
            <QuantizedModel Include="tiny.tflite" ClassName="A" TargetCpu="pentium" />
            <QuantizedModel Include="tiny.tflite" ClassName="B" Deploy="Cloud" />
            <QuantizedModel Include="tiny.tflite" ClassName="C" Mean="many" />
            <QuantizedModel Include="tiny.tflite" ClassName="D" Tolerance="-1" />
            <QuantizedModel Include="tiny.tflite" ClassName="Predict" />
            <QuantizedModel Include="tiny.tflite" ClassName="App" />
            <QuantizedModel Include="tiny.tflite" ClassName="E" Lables="labels.txt" Pack="false" Visible="false" />
            """);
        var build = project.Build();
        build.ShouldFail("QNN0003", "app.csproj", "App.Tiny", "tiny.tflite");
        build.ShouldFail("QNN1001", "app.csproj", "absent.tflite");
        build.ShouldFail("QNN0002", "pentium", "cascadelake");
        foreach (string text in new[] { "not a name", "Cloud", "many", "Tolerance is '-1'", "ClassName is 'Predict'" })
        {
            Assert.Contains(build.Output.Split('\n'), l => l.Contains("error QNN0001:", StringComparison.Ordinal) && l.Contains(text, StringComparison.Ordinal));
        }
        build.ShouldWarn("QNN0010", "app.csproj", "App.App");
        Assert.Single(build.Warnings("QNN0009"), l => l.Contains("Lables", StringComparison.Ordinal) && l.Contains("Did you mean Labels?", StringComparison.Ordinal));
        Assert.Equal(0, build.Compilations);
    }

    /// <summary>Projects that cannot have a model are told so in one line, and not by their compilers in hundreds.</summary>
    [Fact]
    public void OtherLanguagesAndOldFrameworksAreRefused()
    {
        var project = Prepared().Project("""<QuantizedModel Include="tiny.tflite" />""", "<OutputType>Library</OutputType><Nullable>disable</Nullable>", frameworks: "<TargetFramework>netstandard2.0</TargetFramework>");
        File.Delete(project.PathOf("Program.cs"));
        var old = project.Build();
        old.ShouldFail("QNN0011", "app.csproj", "netstandard2.0", "$(TargetFramework)");
        Assert.Single(old.Output.Split('\n').Distinct(), l => l.Contains("error", StringComparison.Ordinal));

        project.Project("""<QuantizedModel Include="tiny.tflite" />""", "<OutputType>Library</OutputType><Nullable>disable</Nullable><ImplicitUsings>disable</ImplicitUsings><LangVersion>9.0</LangVersion>");
        var early = project.Build();
        early.ShouldFail("QNN0011", "app.csproj", "LangVersion is 9.0");
        Assert.Single(early.Output.Split('\n').Distinct(), l => l.Contains("error", StringComparison.Ordinal));

        project.Project("""<QuantizedModel Include="tiny.tflite" />""", "<OutputType>Library</OutputType><Nullable></Nullable>");
        File.Move(project.PathOf("app.csproj"), project.PathOf("app.vbproj"));
        Directory.Delete(project.PathOf("obj"), recursive: true);
        var basic = Dotnet.Run(project.Folder, "build", "app.vbproj");
        basic.ShouldFail("QNN0011", "app.vbproj", "VB", "C# class library");
        Assert.Single(basic.Output.Split('\n').Distinct(), l => l.Contains("error", StringComparison.Ordinal));
    }

    [Fact]
    public void FaultsOfModelsNameTheirFile()
    {
        var project = Prepared();
        project.Write("labels.txt", "only one");
        project.Write("unsupported.tflite", Models.Unsupported());
        project.Write("text.tflite", "this is no model"u8.ToArray());
        project.Write("empty.tflite", []);
        project.Project("""
            <QuantizedModel Include="tiny.tflite" Labels="labels.txt" Condition="'$(Case)' == 'labels'" />
            <QuantizedModel Include="tiny.tflite" Mean="127.5" Condition="'$(Case)' == 'mean'" />
            <QuantizedModel Include="tiny.tflite" Numerics="exact" Condition="'$(Case)' == 'numerics'" />
            <QuantizedModel Include="tiny.tflite" Params="tiny.params" Condition="'$(Case)' == 'params'" />
            <QuantizedModel Include="tiny.tflite" MaxArtifactBytes="10" MaxArenaBytes="0" Condition="'$(Case)' == 'budget'" />
            <QuantizedModel Include="unsupported.tflite" Condition="'$(Case)' == 'unsupported'" />
            <QuantizedModel Include="text.tflite" Condition="'$(Case)' == 'text'" />
            <QuantizedModel Include="empty.tflite" Condition="'$(Case)' == 'empty'" />
            <QuantizedModel Include="tiny.tflite" Golden="golden" Condition="'$(Case)' == 'golden'" />
            """);
        Dotnet.Run(project.Folder, "restore", "app.csproj").ShouldSucceed();
        BuildResult Case(string name) => project.Build("--no-restore", $"-p:Case={name}");

        Case("labels").ShouldFail("QNN0006", "labels.txt", "1 names");
        Case("mean").ShouldFail("QNN0001", "tiny.tflite");
        Case("numerics").ShouldFail("QNN0001", "exact", "builtin");
        Case("params").ShouldFail("QNN0001", "tiny.params", "tflite");
        var budget = Case("budget");
        budget.ShouldFail("QNN3003", "MaxArtifactBytes");
        budget.ShouldFail("QNN3004", "MaxArenaBytes");
        Case("unsupported").ShouldFail("QNN2001", "unsupported.tflite", "Frobnicate", "Defenestrate");
        Case("text").ShouldFail("QNN1002", "text.tflite");
        Case("empty").ShouldFail("QNN1002", "empty.tflite");
        Case("golden").ShouldFail("QNN3002", "golden");
        Assert.DoesNotContain(project.Made(), f => f.EndsWith(".qnnc", StringComparison.Ordinal) || f.EndsWith(".g.cs", StringComparison.Ordinal) || f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void GoldensAreCheckedOnceForEachChange()
    {
        var project = Prepared().Project("""<QuantizedModel Include="tiny.tflite" Golden="golden" />""");
        Directory.CreateDirectory(project.PathOf("golden"));
        project.Write("golden/golden.json", """{ "cases": [ { "name": "one", "inputs": [ { "name": "x", "file": "in.bin" } ], "outputs": [ { "name": "y", "file": "out.bin" } ] } ] }""");
        project.Write("golden/in.bin", [1, 2, 3, 4, 5, 6]);
        project.Write("golden/out.bin", [1, 2, 3, 4, 9, 6]);
        project.Build().ShouldFail("QNN3001", "tiny.tflite", "1 of 6", "by 4");
        Assert.Equal(1, project.Build("--no-restore", "-p:QnnValidate=false").ShouldSucceed().Compilations);
        Assert.Equal(0, project.Build("--no-restore", "-p:QnnValidate=false").ShouldSucceed().Compilations);
        project.Build("--no-restore").ShouldFail("QNN3001");

        project.Write("golden/out.bin", [1, 2, 3, 4, 5, 6]);
        Assert.Equal(1, project.Build("--no-restore", "-warnaserror").ShouldSucceed().Compilations);
        Assert.Equal(0, project.Build("--no-restore", "-warnaserror").ShouldSucceed().Compilations);
        project.Write("golden/in.bin", [1, 2, 3, 4, 5, 7]);
        project.Build("--no-restore").ShouldFail("QNN3001");
    }

    [Fact]
    public void TheRuntimeMustBeReferenced()
    {
        var project = Prepared().Project("""<QuantizedModel Include="tiny.tflite" /><PackageReference Update="Qnn.Sdk" ExcludeAssets="compile" />""");
        project.Build().ShouldFail("QNN0004", "Qnn.Runtime");
    }
}
