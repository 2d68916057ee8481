using Microsoft.ML.OnnxRuntime;

namespace Qnn.Bench;

/// <summary>An ONNX model in ONNX Runtime, all optimizations on, its default spinning workers.</summary>
internal sealed class OnnxContender : Contender
{
    private readonly Microsoft.ML.OnnxRuntime.InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _inputNames;
    private readonly OrtValue[] _inputs;

    public OnnxContender(string name, string path, int threads) : base(name, threads)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
        };
        _session = new Microsoft.ML.OnnxRuntime.InferenceSession(path, options);
        _inputNames = [.. _session.InputMetadata.Keys];
        _inputs = [.. _session.InputMetadata.Values.Select((input, i) => MakeInput(input, i))];
    }

    public override void Run()
    {
        using var outputs = _session.Run(_options, _inputNames, _inputs, _session.OutputNames);
    }

    public override void Dispose()
    {
        foreach (var input in _inputs) input.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    private static OrtValue MakeInput(NodeMetadata metadata, int seed)
    {
        var random = new Random(seed);
        long[] shape = [.. metadata.Dimensions.Select(d => (long)Math.Max(d, 1))];
        long count = shape.Aggregate(1L, (product, extent) => product * extent);
        if (metadata.ElementType == typeof(float)) return OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, (int)count).Select(_ => random.NextSingle() * 2 - 1).ToArray(), shape);
        // Indices, small enough for any table.
        if (metadata.ElementType == typeof(long)) return OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, (int)count).Select(_ => random.NextInt64(16)).ToArray(), shape);
        var bytes = new byte[count];
        random.NextBytes(bytes);
        if (metadata.ElementType == typeof(byte)) return OrtValue.CreateTensorValueFromMemory(bytes, shape);
        if (metadata.ElementType == typeof(sbyte)) return OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(bytes, b => (sbyte)b), shape);
        throw new NotSupportedException($"ONNX inputs of type {metadata.ElementType} are not measured.");
    }
}
