using System.Diagnostics;
using Google.FlatBuffers;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Files that are wrong: each fault has its code and a message that says where it is.</summary>
public sealed class TfLiteBadFileTests
{
    private static readonly Dictionary<string, (string Code, string Message, Action<TfLiteModelBuilder> Break)> s_faults = new()
    {
        ["version"] = (DiagnosticCodes.UnsupportedVersion, "version 2", m => m.Model.Version = 2),
        ["no subgraph"] = (DiagnosticCodes.InconsistentModel, "no subgraph", m => m.Model.Subgraphs.Clear()),
        ["operator code"] = (DiagnosticCodes.InconsistentModel, "operator code 7", m => Op(m).OpcodeIndex = 7),
        ["operator input"] = (DiagnosticCodes.InconsistentModel, "input 0 of operator 0 (ADD) of subgraph 0 is tensor 3, but subgraph 0 has 3", m => Op(m).Inputs[0] = 3),
        ["negative operator input"] = (DiagnosticCodes.InconsistentModel, "is tensor -2", m => Op(m).Inputs[0] = -2),
        ["operator output"] = (DiagnosticCodes.InconsistentModel, "output 0 of operator 0", m => Op(m).Outputs[0] = int.MaxValue),
        ["subgraph input"] = (DiagnosticCodes.InconsistentModel, "input 0 of subgraph 0 is tensor -1", m => Graph(m).Inputs[0] = -1),
        ["subgraph output"] = (DiagnosticCodes.InconsistentModel, "output 0 of subgraph 0", m => Graph(m).Outputs[0] = 99),
        ["twice an input"] = (DiagnosticCodes.InconsistentModel, "twice an input", m => Graph(m).Inputs.Add(0)),
        ["buffer"] = (DiagnosticCodes.InconsistentModel, "buffer 5, but the file has 2", m => Graph(m).Tensors[1].Buffer = 5),
        ["buffer size"] = (DiagnosticCodes.InconsistentModel, "takes 12 bytes, but its buffer has 8", m => Graph(m).Tensors[1].Shape = [3]),
        ["element type"] = (DiagnosticCodes.InconsistentModel, "unknown element type 77", m => Graph(m).Tensors[0].Type = (TensorType)77),
        ["negative extent"] = (DiagnosticCodes.InconsistentModel, "negative extent", m => Graph(m).Tensors[0].Shape = [1, -7]),
        ["shape signature"] = (DiagnosticCodes.InconsistentModel, "shape signature", m => Graph(m).Tensors[0].ShapeSignature = [1, -1]),
        ["too many elements"] = (DiagnosticCodes.TooLarge, "more than 2^31 elements", m => Graph(m).Tensors[0].Shape = [1 << 20, 1 << 20, 1 << 20, 1 << 20]),
        ["rank"] = (DiagnosticCodes.TooLarge, "9 axes", m => Graph(m).Tensors[0].Shape = [1, 1, 1, 1, 1, 1, 1, 1, 1]),
        ["scale"] = (DiagnosticCodes.InconsistentModel, "scale NaN", m => Graph(m).Tensors[0].Quantization = TfLiteModelBuilder.Quantized(float.NaN)),
        ["scales"] = (DiagnosticCodes.InconsistentModel, "3 scales along axis 0", m => Graph(m).Tensors[1].Quantization = TfLiteModelBuilder.PerChannel(0, [1, 2, 3])),
        ["zero points"] = (DiagnosticCodes.InconsistentModel, "2 scales but 3 zero points", m => Graph(m).Tensors[1].Quantization = new() { Scale = [1, 2], ZeroPoint = [1, 2, 3] }),
        ["zero point"] = (DiagnosticCodes.InconsistentModel, "zero point 4294967296", m => Graph(m).Tensors[1].Quantization = TfLiteModelBuilder.Quantized(1, 1L << 32)),
        ["written twice"] = (DiagnosticCodes.InconsistentModel, "written by two operators", m => m.Operator(BuiltinOperator.ADD, [0, 0], [2])),
        ["input written"] = (DiagnosticCodes.InconsistentModel, "is an input of subgraph 0", m => m.Operator(BuiltinOperator.ADD, [2, 2], [0])),
        ["constant written"] = (DiagnosticCodes.InconsistentModel, "is a constant", m => m.Operator(BuiltinOperator.ADD, [2, 2], [1])),
        ["reads itself"] = (DiagnosticCodes.InconsistentModel, "nothing has set before", m => Op(m).Inputs[0] = 2),
        ["wrong order"] = (DiagnosticCodes.InconsistentModel, "nothing has set before", m => Op(m).Inputs[0] = m.Operator(BuiltinOperator.ADD, [0, 0], "late", TensorType.FLOAT32, [2])),
        ["nothing sets it"] = (DiagnosticCodes.InconsistentModel, "nothing sets it", m => m.Output(m.Tensor("loose", TensorType.FLOAT32, [1]))),
        ["signature's subgraph"] = (DiagnosticCodes.InconsistentModel, "names subgraph 3", m => m.Signature("s", ["x"], ["y"]).Model.SignatureDefs[0].SubgraphIndex = 3),
        ["signature's tensor"] = (DiagnosticCodes.InconsistentModel, "names tensor 30", m => m.Signature("s", ["x"], ["y"]).Model.SignatureDefs[0].Inputs[0].TensorIndex = 30),
        ["named buffer"] = (DiagnosticCodes.InconsistentModel, "metadata 'min_runtime_version' takes buffer 88", m => m.NamedBuffer("min_runtime_version", []).Model.Metadata[0].Buffer = 88),
        ["custom options outside"] = (DiagnosticCodes.DamagedFile, "the options of operator 0", m => (Op(m).LargeCustomOptionsOffset, Op(m).LargeCustomOptionsSize) = (ulong.MaxValue, ulong.MaxValue)),
    };

    public static IEnumerable<object[]> Faults => s_faults.Keys.Select(k => new object[] { k });

    [Theory]
    [MemberData(nameof(Faults))]
    public void FaultIsNamed(string fault)
    {
        var (code, message, damage) = s_faults[fault];
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        int c = model.Constant("c", [1f, 2f], [2]);
        model.Output(model.Operator(BuiltinOperator.ADD, [x, c], "y", TensorType.FLOAT32, [2], options: new AddOptionsT()));
        Assert.Single(TfLiteFile.Open(model.Build()).Main.Operators);
        damage(model);
        AssertFault(code, message, model.Build());
    }

    [Theory]
    [InlineData("", "only 0 bytes")]
    [InlineData("TFL3", "only 4 bytes")]
    [InlineData("PK\u0003\u0004 but no model at all", "not a TFLite model")]
    public void OtherFilesAreToldApart(string text, string message) => AssertFault(DiagnosticCodes.UnknownFormat, message, System.Text.Encoding.Latin1.GetBytes(text));

    [Fact]
    public void HeaderAloneIsCutOff() => AssertFault(DiagnosticCodes.DamagedFile, "cut off", [16, 0, 0, 0, .. "TFL3"u8]);

    [Fact]
    public void BufferOutsideMustBeInTheFile()
    {
        var model = new TfLiteModelBuilder();
        byte[] bytes = model.Output(model.Constant("c", new byte[1000], [1000])).Build(buffersOutside: true);
        AssertFault(DiagnosticCodes.DamagedFile, $"bytes {bytes.Length - 1000} to {bytes.Length}, but the file ends at {bytes.Length - 1}", bytes[..^1]);
    }

    [Fact]
    public void DamageBehindTheFirst32KilobytesIsFound()
    {
        // What Google's verifier passes over.
        var model = new TfLiteModelBuilder();
        model.Output(model.Constant("big", new byte[100_000], [100_000]));
        int[] last = [.. Enumerable.Range(0, 2000).Select(i => model.Input($"input number {i}", TensorType.FLOAT32, [1, 2, 3]))];
        byte[] bytes = model.Output(last).Build();
        int name = bytes.AsSpan().IndexOf("input number 7\0"u8) - 4;
        Assert.True(name > 32768, $"at {name}");
        BitConverter.TryWriteBytes(bytes.AsSpan(name), 0x7FFFFFF0);
        AssertFault(DiagnosticCodes.DamagedFile, "past the end", bytes);
    }

    [Fact]
    public void SharedListsDoNotMultiplyTheWork()
    {
        // 20,000 operators that share one list of 100,000 inputs: 2 billion from half a megabyte.
        var builder = new FlatBufferBuilder(1 << 20);
        var inputs = Operator.CreateInputsVector(builder, new int[100_000]);
        var ops = new Offset<Operator>[20_000];
        for (int i = 0; i < ops.Length; i++) ops[i] = Operator.CreateOperator(builder, inputsOffset: inputs);
        var tensor = Tensor.CreateTensor(builder);
        var operators = SubGraph.CreateOperatorsVector(builder, ops);
        var tensors = SubGraph.CreateTensorsVector(builder, [tensor]);
        var first = SubGraph.CreateInputsVector(builder, [0]);
        var subgraphs = Model.CreateSubgraphsVector(builder, [SubGraph.CreateSubGraph(builder, tensors, first, default, operators)]);
        var codes = Model.CreateOperatorCodesVector(builder, [OperatorCode.CreateOperatorCode(builder)]);
        var buffers = Model.CreateBuffersVector(builder, [Qnn.Compiler.Import.TfLite.Schema.Buffer.CreateBuffer(builder)]);
        Model.FinishModelBuffer(builder, Model.CreateModel(builder, 3, codes, subgraphs, buffersOffset: buffers));
        var clock = Stopwatch.StartNew();
        AssertFault(DiagnosticCodes.TooLarge, "same lists", builder.SizedByteArray());
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }

    [Fact]
    public void SharedTablesDoNotMultiplyTheWork()
    {
        // A list of 50,000 subgraphs, all one, with a list of 50,000 operators, all one: 2.5 billion tables.
        var builder = new FlatBufferBuilder(1 << 20);
        var operators = SubGraph.CreateOperatorsVector(builder, [.. Enumerable.Repeat(Operator.CreateOperator(builder), 50_000)]);
        var subgraphs = Model.CreateSubgraphsVector(builder, [.. Enumerable.Repeat(SubGraph.CreateSubGraph(builder, operatorsOffset: operators), 50_000)]);
        Model.FinishModelBuffer(builder, Model.CreateModel(builder, 3, subgraphsOffset: subgraphs));
        var clock = Stopwatch.StartNew();
        AssertFault(DiagnosticCodes.DamagedFile, "more tables than its size allows", builder.SizedByteArray());
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }

    private static void AssertFault(string code, string message, byte[] bytes)
    {
        var fault = Assert.Single(Assert.Throws<ModelException>(() => TfLiteFile.Open(bytes)).Diagnostics);
        Assert.Equal(code, fault.Code);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private static SubGraphT Graph(TfLiteModelBuilder model) => model.Model.Subgraphs[0];

    private static OperatorT Op(TfLiteModelBuilder model) => Graph(model).Operators[0];
}
