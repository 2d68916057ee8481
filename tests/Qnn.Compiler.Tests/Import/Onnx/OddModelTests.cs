using Google.Protobuf;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Import.Onnx;

/// <summary>Models that no one would write: what compiles also runs, the rest is an error with a code.</summary>
public sealed class OddModelTests
{
    /// <summary>What is too great for 32 bits, or no number, becomes the least result: answers of ONNX Runtime 1.31.1.</summary>
    [Theory]
    [InlineData("Add", 1e30f, 1e-8f, 0)]
    [InlineData("Add", 1e20f, 1e-20f, 0)]
    [InlineData("Add", 1e16f, 1e-3f, 0)]
    [InlineData("Mul", 1e30f, 1e-8f, 0)]
    [InlineData("Mul", 1e10f, 1e-8f, 7)]
    [InlineData("Mul", 1e16f, 1e-3f, 7)]
    public void ScalesFarApartLeadToTheLeastResult(string op, float scale, float result, byte ofNothing)
    {
        var model = Model(2, [6]);
        model.Graph.Initializer.Add([Floats("s", scale), Bytes("z", 100), Floats("t", result), Bytes("u", 7)]);
        model.Graph.Node.Add(new NodeProto { OpType = "DequantizeLinear", Input = { "x", "s", "z" }, Output = { "d" } });
        model.Graph.Node.Add(new NodeProto { OpType = op, Input = { "d", "d" }, Output = { "e" } });
        model.Graph.Node.Add(new NodeProto { OpType = "QuantizeLinear", Input = { "e", "t", "u" }, Output = { "y" } });
        Assert.Equal([0, 0, ofNothing, 0, 0, 0], Run(model, [0, 99, 100, 101, 200, 255]));
    }

    [Theory]
    [InlineData("MatMul")]
    [InlineData("LSTM")]
    [InlineData("Conv")]
    public void AnEmptyBatchHasAnEmptyResult(string op)
    {
        var model = op == "MatMul" ? Model(1, [0, 4]) : op == "LSTM" ? Model(1, [0, 1, 4]) : Model(1, [0, 4, 3, 3]);
        var node = new NodeProto { OpType = op, Input = { "x", "w" }, Output = { "y" } };
        model.Graph.Node.Add(node);
        int[] shape = op == "MatMul" ? [4, 5] : op == "LSTM" ? [1, 8, 4] : [2, 4, 3, 3];
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = 1, Dims = { shape.Select(e => (long)e) }, FloatData = { new float[shape.Aggregate((n, e) => n * e)] } });
        if (op == "LSTM")
        {
            node.Input.Add("r");
            node.Attribute.Add(new AttributeProto { Name = "hidden_size", I = 2 });
            model.Graph.Initializer.Add(new TensorProto { Name = "r", DataType = 1, Dims = { 1, 8, 2 }, FloatData = { new float[16] } });
        }
        Assert.Empty(Run(model, []));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    public void AScaleThatIsNoneIsAnError(float scale)
    {
        var model = Model(1, [6]);
        model.Graph.Initializer.Add([Floats("s", scale), Bytes("z", 100)]);
        model.Graph.Node.Add(new NodeProto { OpType = "QuantizeLinear", Input = { "x", "s", "z" }, Output = { "y" } });
        var result = Compile(model);
        Assert.Equal(DiagnosticCodes.UnsupportedForm, Assert.Single(result.Diagnostics).Code);
    }

    private static ModelProto Model(int element, int[] shape)
    {
        var graph = new GraphProto { Name = "test" };
        var extents = new TensorShapeProto { Dim = { shape.Select(e => new TensorShapeProto.Types.Dimension { DimValue = e }) } };
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeTensor { ElemType = element, Shape = extents } } });
        graph.Output.Add(new ValueInfoProto { Name = "y" });
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 13 } } };
    }

    private static TensorProto Floats(string name, float value) => new() { Name = name, DataType = 1, FloatData = { value } };

    private static TensorProto Bytes(string name, byte value) => new() { Name = name, DataType = 2, RawData = ByteString.CopyFrom(value) };

    private static CompilationResult Compile(ModelProto model)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            File.WriteAllBytes(path, model.ToByteArray());
            return ModelCompiler.Compile(new CompileOptions { ModelPath = path }, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Run(ModelProto model, byte[] data)
    {
        var result = Compile(model);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        using var loaded = QuantizedModel.LoadTrusted(result.Model!.Artifact);
        byte[]? first = null;
        foreach (var tier in KernelTiers.Available)
        {
            using var session = loaded.CreateSession(new InferenceOptions { Kernels = tier });
            data.CopyTo(session.Input(0));
            session.Run();
            byte[] got = session.Output(0).ToArray();
            Assert.Equal(first ??= got, got);
        }
        return first!;
    }
}
