using Qnn.Compiler;
using Qnn.Testing;

namespace Qnn.Bench;

/// <summary>A model of the table, compiled to a file.</summary>
internal sealed record BenchModel(string Title, string Artifact, long MultiplyAdds, long ArtifactBytes, long ArenaBytes, double CompileMilliseconds)
{
    /// <summary>Title, format and folder.</summary>
    public static IReadOnlyList<(string Title, string Format, string Folder)> All { get; } =
    [
        ("MobileNetV2 1.0/224 uint8", "tflite", "mobilenet_v2_1.0_224_quant"),
        ("MobileNetV2 1.0/224 int8", "tflite", "tf2_mobilenet_v2_1.0_224_ptq"),
        ("MobileNetV2 1.0/224 onnx-u8-pertensor", "onnx", "onnx_mobilenet_v2_qop_pertensor_u8"),
        ("MobileNetV2 1.0/224 onnx-qdq-perchannel", "onnx", "onnx_mobilenet_v2_qdq_perchannel"),
        ("MobileNetV2 1.0/224 pytorch", "torchscript", "mobilenet_v2_qint8_perchannel"),
        ("MobileNetV2 1.0/224 mxnet", "mxnet", "mobilenet_v2_sg_naive_auto_cw"),
        ("MobileNetV1 0.25/128 uint8", "tflite", "mobilenet_v1_0.25_128_quant"),
        ("MLPerf Tiny image classification (ResNet)", "tflite", "mlperftiny_pretrainedResnet_quant"),
        ("MLPerf Tiny visual wake words (MobileNetV1 0.25/96)", "tflite", "mlperftiny_vww_96_int8"),
        ("MLPerf Tiny keyword spotting (DS-CNN)", "tflite", "mlperftiny_kws_ref_model"),
        ("MLPerf Tiny anomaly detection (autoencoder)", "tflite", "mlperftiny_model_ToyCar_quant_fullint_micro_intio"),
    ];

    /// <summary>Compiles a model into a folder. The time is that of the second of two compilations, the JIT's work being done.</summary>
    public static BenchModel Compile(string title, string format, string name, string folder)
    {
        var test = TestModels.Open(format, name);
        return Compile(title, new CompileOptions { ModelPath = test.ModelPath, Params = test.ParamsPath, InputShapes = test.InputShapes, Name = name }, folder);
    }

    /// <summary>Compiles a file likewise.</summary>
    public static BenchModel CompileFile(string path, string folder) => Compile(path, new CompileOptions { ModelPath = path, Name = Path.GetFileNameWithoutExtension(path) }, folder);

    /// <summary>Compiles a TorchScript file for one of PyTorch's engines.</summary>
    public static BenchModel CompileTorch(string title, string path, string shapes, string numerics, string folder) =>
        Compile(title, new CompileOptions { ModelPath = path, InputShapes = shapes, Numerics = numerics, Name = $"{Path.GetFileNameWithoutExtension(path)}-{numerics}" }, folder);

    private static BenchModel Compile(string title, CompileOptions options, string folder)
    {
        CompiledModel Once() => ModelCompiler.Compile(options) is { Model: { } model } ? model : throw new InvalidOperationException($"{options.Name} does not compile.");
        Once();
        var compiled = Once();
        string artifact = Path.Combine(folder, options.Name + ".qnnc");
        File.WriteAllBytes(artifact, compiled.Artifact);
        return new BenchModel(title, artifact, compiled.MultiplyAdds, compiled.Artifact.Length, compiled.ArenaBytes, compiled.Elapsed.TotalMilliseconds);
    }
}
