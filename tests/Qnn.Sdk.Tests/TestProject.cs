using Microsoft.Build.Logging.StructuredLogger;

namespace Qnn.Sdk.Tests;

/// <summary>A program with models, in a folder of its own.</summary>
internal sealed class TestProject
{
    /// <summary>A program that runs the model of <see cref="Models.Reshape"/>.</summary>
    public const string ReshapeProgram = "System.Console.WriteLine(string.Join(',', App.Tiny.Predict([1, 2, 3, 4, 5, 6]).Output.Values.ToArray()));";

    private readonly PackageFeed _feed;
    private int _builds;

    public TestProject(PackageFeed feed, string folder = "app")
    {
        _feed = feed;
        Folder = feed.NewFolder(folder);
        Write("Program.cs", ReshapeProgram);
    }

    public string Folder { get; }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string text) => File.WriteAllText(PathOf(file), text);

    public void Write(string file, byte[] bytes) => File.WriteAllBytes(PathOf(file), bytes);

    /// <summary>Writes the project file, with the packages by PackageReference unless an Sdk is given.</summary>
    public TestProject Project(string items, string properties = "", string sdk = "Microsoft.NET.Sdk", string head = "", string frameworks = "<TargetFramework>net10.0</TargetFramework>")
    {
        string reference = sdk == "Microsoft.NET.Sdk" && head.Length == 0 ? $"""<PackageReference Include="Qnn.Sdk" Version="{_feed.Version}" />""" : "";
        Write("app.csproj", $"""
            <Project Sdk="{sdk}">
              {head}
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                {frameworks}
                <Nullable>enable</Nullable>
                <RootNamespace>App</RootNamespace>
                <AssemblyName>app</AssemblyName>
                <NuGetAudit>false</NuGetAudit>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {reference}
                {items}
              </ItemGroup>
            </Project>
            """);
        return this;
    }

    public BuildResult Build(params string[] arguments)
    {
        string log = PathOf($"../build{_builds++}.binlog");
        var result = Dotnet.Run(Folder, ["build", "app.csproj", $"-bl:{log}", .. arguments]);
        return new BuildResult(result, Path.GetFullPath(log));
    }

    /// <summary>Runs the built program and gives what it printed.</summary>
    public string Run(string framework = "net10.0") => Dotnet.Run(Folder, PathOf($"bin/Debug/{framework}/app.dll")).ShouldSucceed().Output.Trim();

    /// <summary>The files that the models became, by name.</summary>
    public string[] Made(string framework = "net10.0")
    {
        string folder = PathOf($"obj/Debug/{framework}/qnn");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)] : [];
    }
}

/// <summary>A build and its log.</summary>
internal sealed record BuildResult(ProcessResult Process, string Log)
{
    public string Output => Process.Output;

    public BuildResult ShouldSucceed()
    {
        Process.ShouldSucceed();
        return this;
    }

    public BuildResult ShouldFail(string code, params string[] texts)
    {
        Process.ShouldFail(code, texts);
        return this;
    }

    /// <summary>The warnings with a code, each once: the build prints them again at its end.</summary>
    public IEnumerable<string> Warnings(string code) => Output.Split('\n').Select(l => l.Trim()).Where(l => l.Contains($"warning {code}:", StringComparison.Ordinal)).Distinct();

    /// <summary>Fails the test unless the build warned.</summary>
    public void ShouldWarn(string code, params string[] texts)
    {
        string line = Assert.Single(Warnings(code));
        foreach (string text in texts) Assert.Contains(text, line, StringComparison.Ordinal);
    }

    /// <summary>How often a task ran.</summary>
    public int CountOf(string task)
    {
        int count = 0;
        BinaryLog.ReadBuild(Log).VisitAllChildren<Microsoft.Build.Logging.StructuredLogger.Task>(t => count += t.Name == task ? 1 : 0);
        return count;
    }

    public int Compilations => CountOf("CompileQuantizedModel");
}
