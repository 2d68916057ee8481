using System.Diagnostics;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;

namespace Qnn.Tool.Tests;

/// <summary>Runs the built tool in child processes, in a folder of the test's own.</summary>
public abstract class ToolTest : IDisposable
{
    private const int TimeoutMilliseconds = 120_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("qnn tool é").FullName;

    /// <summary>A path in the test's folder.</summary>
    protected string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Files in the test's folder, by relative path.</summary>
    protected string[] Files() => [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder, f)).Order(StringComparer.Ordinal)];

    /// <summary>Writes a file into the test's folder.</summary>
    protected string Write(string name, byte[] bytes)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Runs the tool in the test's folder.</summary>
    internal ToolResult Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Qnn.Tool.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("QNN_KERNELS");
        start.Environment.Remove("QNN_NUM_THREADS");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(TimeoutMilliseconds))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"qnn {string.Join(' ', arguments)} did not end.");
        }
        return new ToolResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>uint8 [1, 2, 2, 3] named <c>image</c> to uint8 [1, 12] named <c>pixels</c>: the bytes as they are. With labels, an image classifier.</summary>
    protected string WritePixelModel(string name = "pixels.tflite", bool labels = false)
    {
        var model = new TfLiteModelBuilder();
        int image = model.Input("image", TensorType.UINT8, [1, 2, 2, 3], TfLiteModelBuilder.Quantized(1f / 128, 128));
        int shape = model.Constant<int>("shape", [1, 12], [2]);
        int pixels = model.Operator(BuiltinOperator.RESHAPE, [image, shape], "pixels", TensorType.UINT8, [1, 12], TfLiteModelBuilder.Quantized(1f / 128, 128));
        model.Output(pixels);
        if (labels) model.Classifier("pixels", [127.5f], [127.5f], [.. Enumerable.Range(0, 12).Select(i => $"class {i}")]);
        return Write(name, model.Build());
    }

    /// <summary>Inputs <c>a</c> int16 [2, 3] and <c>b:0</c> float32 [4] to outputs of other shapes, b's first.</summary>
    protected string WriteTwoInputModel()
    {
        var model = new TfLiteModelBuilder();
        int a = model.Input("a", TensorType.INT16, [2, 3], TfLiteModelBuilder.Quantized(0.5f));
        int b = model.Input("b:0", TensorType.FLOAT32, [4]);
        int x = model.Operator(BuiltinOperator.RESHAPE, [a, model.Constant<int>("s1", [3, 2], [2])], "x", TensorType.INT16, [3, 2], TfLiteModelBuilder.Quantized(0.5f));
        int y = model.Operator(BuiltinOperator.RESHAPE, [b, model.Constant<int>("s2", [2, 2], [2])], "y", TensorType.FLOAT32, [2, 2]);
        return Write("two.tflite", model.Output(y, x).Build());
    }

    /// <summary>Removes the test's folder.</summary>
    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
