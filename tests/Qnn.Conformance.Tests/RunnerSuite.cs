using System.Diagnostics;
using Qnn.Compiler;
using Qnn.Testing;

namespace Qnn.Conformance.Tests;

/// <summary>A handful of models that cover the kernel families, compiled to files for Qnn.Runner.</summary>
internal sealed class RunnerSuite : IDisposable
{
    private const int TimeoutMilliseconds = 300_000;

    private static readonly string[] s_models =
    [
        "mobilenet_v1_0.25_128_quant", "mlperftiny_kws_ref_model", "mlperftiny_pretrainedResnet_quant", "mlperftiny_model_ToyCar_quant_fullint_micro_intio",
        "tflm_person_detect", "tflm_simple_add_model", "litert_single_mul_default_a8w8_recipe_quantized", "keras_lstm_mnist_ptq", "split_concat",
        "seanet_conv0", "seanet_transpose_conv4", "seanet_leaky_relu0", "tflm_micro_speech_quantized",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("qnn-runner-").FullName;

    /// <summary>Artifact and golden folder, by turns.</summary>
    public IReadOnlyList<string> Pairs { get; }

    public RunnerSuite()
    {
        var pairs = new List<string>();
        foreach (string name in s_models.Where(TestModels.Names("tflite").Contains))
        {
            foreach (string numerics in new[] { "builtin", "xnnpack" })
            {
                var test = TestModels.Open("tflite", name);
                if (numerics != test.Golden.Kernels && test.Golden.Cases.Any(c => DisputedRecording.Includes(name, c.Name))) continue;
                var result = ModelCompiler.Compile(new CompileOptions { ModelPath = test.ModelPath, Name = $"{name}/{numerics}", Numerics = numerics });
                // A model that does not compile fails in ConformanceTests.
                if (!result.Success) continue;
                string file = Path.Combine(_folder, $"{name}.{numerics}.qnnc");
                File.WriteAllBytes(file, result.Model!.Artifact);
                pairs.AddRange(file, test.Folder);
            }
        }
        Assert.NotEmpty(pairs);
        Pairs = pairs;
    }

    /// <summary>Runs a process to its end and returns its standard output; fails the test when it fails.</summary>
    public static string Run(string file, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment.Remove("QNN_KERNELS");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(TimeoutMilliseconds))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{file} did not end.");
        }
        string text = output.GetAwaiter().GetResult();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{error.GetAwaiter().GetResult()}{string.Join('\n', text.Split('\n').Where(l => !l.Contains("are identical", StringComparison.Ordinal)))}");
        return text;
    }

    /// <summary>The runner built for this machine.</summary>
    public static IEnumerable<string> Local(params IEnumerable<string> arguments) => arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "Qnn.Runner.dll"));

    /// <summary>The <c>dotnet</c> that runs it.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
