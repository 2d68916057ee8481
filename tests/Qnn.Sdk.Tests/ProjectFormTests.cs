using System.Runtime.Intrinsics.X86;
using Qnn.Testing;

namespace Qnn.Sdk.Tests;

/// <summary>The forms a project can have.</summary>
[Collection("builds")]
public sealed class ProjectFormTests(PackageFeed feed)
{
    private const string Tiny = """<QuantizedModel Include="tiny.tflite" />""";

    [Fact]
    public void SdkAttribute()
    {
        var project = new TestProject(feed).Project(Tiny, sdk: $"Microsoft.NET.Sdk;Qnn.Sdk/{feed.Version}");
        project.Write("tiny.tflite", Models.Reshape());
        Assert.Equal(1, project.Build().ShouldSucceed().Compilations);
        Assert.Equal("1,2,3,4,5,6", project.Run());
    }

    [Fact]
    public void SdkElement()
    {
        var project = new TestProject(feed).Project(Tiny, head: $"""<Sdk Name="Qnn.Sdk" Version="{feed.Version}" />""");
        project.Write("tiny.tflite", Models.Reshape());
        Assert.Equal(1, project.Build().ShouldSucceed().Compilations);
        Assert.Equal("1,2,3,4,5,6", project.Run());
    }

    [Fact]
    public void SdkElementBesidePackageReference()
    {
        var project = new TestProject(feed).Project(
            $"""{Tiny}<PackageReference Include="Qnn.Sdk" Version="{feed.Version}" />""", head: $"""<Sdk Name="Qnn.Sdk" Version="{feed.Version}" />""");
        project.Write("tiny.tflite", Models.Reshape());
        Assert.Equal(1, project.Build().ShouldSucceed().Compilations);
        Assert.Equal("1,2,3,4,5,6", project.Run());
    }

    /// <summary>The README's first project and program, word for word, with a small model by the name of theirs.</summary>
    [Fact]
    public void TheQuickStartOfTheReadme()
    {
        string readme = File.ReadAllText(Path.Combine(TestModels.RepositoryRoot, "README.md"));
        string Block(string language) => readme.Split($"```{language}\n", 2)[1].Split("```", 2)[0];
        string sample = Path.Combine(TestModels.RepositoryRoot, "samples", "Digits");
        var project = new TestProject(feed);
        project.Write("app.csproj", string.Join('\n', Block("xml").Split('\n').Where(l => !l.Contains("mobilenet-symbol.json", StringComparison.Ordinal))).Replace("1.0.0", feed.Version, StringComparison.Ordinal));
        string program = Block("csharp");
        project.Write("Program.cs", program.Replace("var image", "byte[] pixels = new byte[640 * 480 * 3]; int width = 640, height = 480;\nvar image", StringComparison.Ordinal)
            + "Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(result));");
        project.Write("mobilenet_v2.tflite", File.ReadAllBytes(Path.Combine(sample, "digits.tflite")));
        project.Write("labels.txt", File.ReadAllBytes(Path.Combine(sample, "labels.txt")));
        var build = project.Build().ShouldSucceed();
        Assert.DoesNotContain("warning", build.Output.Replace("0 Warning(s)", ""), StringComparison.OrdinalIgnoreCase);
        string[] lines = project.Run().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith(lines[1].Split(' ')[0], lines[0], StringComparison.Ordinal);
        Assert.Contains("\"Real\":[", lines[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mit Leerzeichen ä猫")]
    [InlineData("a@b c'd(e)+f,g")]
    public void OddPaths(string folder)
    {
        var project = new TestProject(feed, folder).Project("""<QuantizedModel Include="Modell äö.tflite" ClassName="Tiny" Deploy="File" Report="true" DumpIr="true" />""");
        project.Write("Modell äö.tflite", Models.Reshape());
        Assert.Equal(1, project.Build().ShouldSucceed().Compilations);
        Assert.Equal("1,2,3,4,5,6", project.Run());
        Assert.Equal(0, project.Build("--no-restore").ShouldSucceed().Compilations);
    }

    [Fact]
    public void AFileNextToTheProgram()
    {
        var project = new TestProject(feed).Project(Tiny.Replace("/>", """Deploy="File" Namespace="App" Report="true" DumpIr="true" />"""));
        project.Write("tiny.tflite", Models.Reshape());
        project.Build().ShouldSucceed();
        Assert.True(File.Exists(project.PathOf("bin/Debug/net10.0/App.Tiny.qnnc")));
        Assert.Contains("App.Tiny.report.html", project.Made());
        Assert.Contains(project.Made(), f => f.Replace('\\', '/') == "App.Tiny.ir/00-import.txt");
        Assert.Equal("1,2,3,4,5,6", project.Run());

        // In a package it is a content file that the program's build copies.
        Dotnet.Run(project.Folder, "pack", "app.csproj", "--no-build", "-c", "Debug", "-o", project.PathOf("packed")).ShouldSucceed();
        using (var package = System.IO.Compression.ZipFile.OpenRead(Assert.Single(Directory.GetFiles(project.PathOf("packed")))))
        {
            Assert.Contains(package.Entries, e => e.FullName == "contentFiles/any/net10.0/App.Tiny.qnnc");
            using var description = new StreamReader(package.GetEntry("app.nuspec")!.Open());
            Assert.Contains("""<files include="any/net10.0/App.Tiny.qnnc" buildAction="None" copyToOutput="true" />""", description.ReadToEnd(), StringComparison.Ordinal);
        }

        File.Delete(project.PathOf("bin/Debug/net10.0/App.Tiny.qnnc"));
        Assert.Contains("App.Tiny.qnnc", Dotnet.Run(project.Folder, project.PathOf("bin/Debug/net10.0/app.dll")).Output);

        Dotnet.Run(project.Folder, "clean", "app.csproj").ShouldSucceed();
        Assert.Empty(project.Made());
    }

    /// <summary>Every kind of class, under all analyzers: no warning. And nothing is allocated when the caller brings the result.</summary>
    [Fact]
    public void GeneratedClassesCompileWithoutWarnings()
    {
        var project = new TestProject(feed).Project(
            """
            <QuantizedModel Include="tiny.tflite" />
            <QuantizedModel Include="tiny.tflite" ClassName="Hidden" Access="Internal" Namespace="App.Deep.Down" />
            <QuantizedModel Include="picture.tflite" target="haswell;cascadelake" />
            <QuantizedModel Include="several in puts.tflite" />
            """,
            """
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <AnalysisLevel>latest-all</AnalysisLevel>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <IsAotCompatible>true</IsAotCompatible>
            <NoWarn>$(NoWarn);CA1303;CA1707;CA2007;IDE0005;CA1852</NoWarn>
            <ImplicitUsings>enable</ImplicitUsings>
            """);
        project.Write("tiny.tflite", Models.Reshape("Ends with <a tag> & more.\u2028Second line"));
        project.Write("picture.tflite", Models.Image());
        project.Write("several in puts.tflite", Models.Several());
        project.Write("Program.cs", """
            using System;
            using App;
            using Qnn.Runtime;

            byte[] pixels = new byte[16 * 16 * 3];
            pixels.AsSpan().Fill(200);
            var picture = Picture.Predict(ImageView.Rgb(pixels, 16, 16));
            Console.WriteLine($"{picture.Best.Index} {picture.Top(2)} {Picture.InputWidth}x{Picture.InputHeight}x{Picture.InputChannels} {Picture.Labels.Count}");

            var several = SeveralInPuts.Predict(@class: [1, 2, 3, 4], inPut: [0.5f, 1, 2, 3]);
            Console.WriteLine($"{string.Join(',', several.Event.Values.ToArray())} {string.Join(',', several.Event.Real)} {string.Join(',', several.Result2.Real)}");

            using var session = new Tiny.Session(new InferenceOptions { Threads = 2 });
            Console.WriteLine($"{session.Predict([6, 5, 4, 3, 2, 1]).Output[0]} {App.Deep.Down.Hidden.Compiled.Inputs[0].Name}");
            try { Tiny.Predict([1, 2]); }
            catch (ArgumentException fault) { Console.WriteLine(fault.ParamName); }

            byte[] input = [1, 2, 3, 4, 5, 6];
            var result = new Tiny.Result();
            var answer = new Picture.Result();
            for (int i = 0; i < 3; i++) { Tiny.Predict(input, result); Picture.Predict(ImageView.Rgb(pixels, 16, 16), answer); }
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) { Tiny.Predict(input, result); Picture.Predict(ImageView.Rgb(pixels, 16, 16), answer); }
            Console.WriteLine(GC.GetAllocatedBytesForCurrentThread() - before);

            int wrong = 0;
            System.Threading.Tasks.Parallel.For(0, 1000, i =>
            {
                byte[] mine = [(byte)i, 1, 2, 3, 4, (byte)(i >> 8)];
                if (!Tiny.Predict(mine).Output.Values.SequenceEqual(mine)) System.Threading.Interlocked.Increment(ref wrong);
            });
            Console.WriteLine(wrong);
            """);
        var build = project.Build().ShouldSucceed();
        Assert.DoesNotContain("warning", build.Output.Replace("0 Warning(s)", ""), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(4, build.Compilations);
        Assert.Equal(["0 0 95.00, 1 95.00 8x8x3 0", "1,2,3,4 -1,-0.5,0,0.5 0.5,1,2,3", "6 x", "x", "0", "0"], project.Run().Split('\n', StringSplitOptions.TrimEntries));
    }

    /// <summary>One class for several sets of shapes: the lengths of the inputs choose, and nothing is allocated when the caller brings the result.</summary>
    [Fact]
    public void SeveralSetsOfShapes()
    {
        var project = new TestProject(feed).Project(
            """<QuantizedModel Include="encoder.onnx" InputShapes="1x16;1x33;2x12" Golden="recorded" TargetCpu="any" />""", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><AnalysisLevel>latest-all</AnalysisLevel><NoWarn>$(NoWarn);CA1303;CA1852</NoWarn>");
        string recorded = Path.Combine(Testing.TestModels.RepositoryRoot, "tests", "models", "onnx", "encoder_dynamic");
        File.Copy(Path.Combine(recorded, "model.onnx"), project.PathOf("encoder.onnx"));
        Directory.CreateDirectory(project.PathOf("recorded"));
        foreach (string file in Directory.EnumerateFiles(recorded)) File.Copy(file, project.PathOf(Path.Combine("recorded", Path.GetFileName(file))));
        project.Write("Program.cs", """
            using System;
            using System.Runtime.InteropServices;
            using App;

            var result = new Encoder.Result();
            using var session = new Encoder.Session();
            foreach (int number in (int[])[1, 0, 2])
            {
                long[] ids = MemoryMarshal.Cast<byte, long>(System.IO.File.ReadAllBytes($"recorded/input_{number}_ids.bin")).ToArray();
                var expected = MemoryMarshal.Cast<byte, float>(System.IO.File.ReadAllBytes($"recorded/output_{number}_0.bin"));
                Encoder.Predict(ids, result);
                Console.WriteLine($"{string.Join('x', result.Hidden.Shape)} {result.Hidden.Values.SequenceEqual(expected)} {session.Predict(ids).Hidden.Values.SequenceEqual(expected)}");
            }
            Console.WriteLine(string.Join(' ', Encoder.InputLengths.ToArray()));
            try { Encoder.Predict(new long[17]); }
            catch (ArgumentException fault) { Console.WriteLine(fault.Message.Contains("33 (1x33)", StringComparison.Ordinal)); }

            long before = GC.GetAllocatedBytesForCurrentThread();
            long[] few = new long[16], more = new long[33];
            long arrays = GC.GetAllocatedBytesForCurrentThread() - before;
            for (int i = 0; i < 20; i++) { Encoder.Predict(few, result); Encoder.Predict(more, result); session.Predict(few, result); session.Predict(more, result); }
            Console.WriteLine(GC.GetAllocatedBytesForCurrentThread() - before - arrays);
            """);
        project.Build().ShouldSucceed();
        Assert.Equal(["1x33x32 True True", "1x16x32 True True", "2x12x32 True True", "16 33 24", "True", "0"], project.Run().Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void NativeAot()
    {
        Assert.SkipUnless(NativeToolchain.IsPresent, NativeToolchain.MissingReason);
        var project = new TestProject(feed).Project(Tiny, "<PublishAot>true</PublishAot><TreatWarningsAsErrors>true</TreatWarningsAsErrors><InvariantGlobalization>true</InvariantGlobalization>");
        project.Write("tiny.tflite", Models.Reshape());
        project.Write("Program.cs", $"{TestProject.ReshapeProgram}\nSystem.Console.WriteLine(Qnn.Runtime.KernelTiers.IsSupported(Qnn.Runtime.KernelTier.Avx2));");
        var publish = Dotnet.Run(project.Folder, "publish", "app.csproj", "-o", project.PathOf("native"));
        Assert.SkipWhen(publish.ExitCode != 0 && publish.Output.Contains("NU1101", StringComparison.Ordinal), "The NativeAOT compiler package is not available.");
        publish.ShouldSucceed();
        Assert.DoesNotContain("warning", publish.Output, StringComparison.OrdinalIgnoreCase);
        string output = Dotnet.RunProcess(project.PathOf(OperatingSystem.IsWindows() ? "native/app.exe" : "native/app"), project.Folder).ShouldSucceed().Output;
        // The vector kernels are compiled in, though the compiler leaves AVX2 out by default.
        Assert.Equal(["1,2,3,4,5,6", Avx2.IsSupported ? "True" : "False"], output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
