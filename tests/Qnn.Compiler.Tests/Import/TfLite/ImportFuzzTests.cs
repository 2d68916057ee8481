using System.Diagnostics;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Models whose tables are sound and whose meaning is not: imported and lowered, or refused with a <see cref="ModelException"/>.</summary>
public sealed class ImportFuzzTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static IEnumerable<object[]> Names => TestModels.Rows("tflite");

    [Theory]
    [MemberData(nameof(Names))]
    public void ChangedModelsAreImportedOrRefused(string name)
    {
        const int Changes = 60, LargestFile = 40_000;
        Assert.SkipWhen(TestModels.Root is null, TestModels.MissingReason);
        byte[] bytes = TestModels.Open("tflite", name).ReadModel();
        if (bytes.Length <= LargestFile) ImportChanged(bytes, Changes);
    }

    [Fact]
    public void ChangedCallsAreImportedOrRefused() => ImportChanged(Calling().Build(), 150);

    private static void ImportChanged(byte[] bytes, int changes)
    {
        var random = new Random(bytes.Length);
        var faults = new ImportFaults();
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < changes && clock.Elapsed < s_limit; i++)
        {
            var model = Model.GetRootAsModel(new Google.FlatBuffers.ByteBuffer(bytes)).UnPack();
            for (int n = 1 + random.Next(3); n > 0; n--) Change(model, random);
            var builder = new Google.FlatBuffers.FlatBufferBuilder(1024);
            Model.FinishModelBuffer(builder, Model.Pack(builder, model));
            var numerics = (TfLiteNumerics)random.Next(3);
            faults.Try("fuzz", () => TfLiteImporter.Import(TfLiteFile.Open(builder.SizedByteArray()), numerics, "fuzz"));
        }
        faults.AssertNone();
    }

    // A variable, a loop, a branch, a composite.
    private static TfLiteModelBuilder Calling()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]), zero = model.Constant("zero", [0], []);
        model.Operator(BuiltinOperator.CALL_ONCE, [], [], new CallOnceOptionsT { InitSubgraphIndex = 1 });
        int handle = Handle();
        int state = model.Operator(BuiltinOperator.READ_VARIABLE, [handle], "state", TensorType.FLOAT32, [2]);
        int[] loop = [model.Tensor("j", TensorType.INT32, []), model.Tensor("y", TensorType.FLOAT32, [2])];
        model.Operator(BuiltinOperator.WHILE, [zero, x], loop, new WhileOptionsT { CondSubgraphIndex = 2, BodySubgraphIndex = 3 });
        int branch = model.Operator(BuiltinOperator.IF, [model.Constant("c", [true], []), loop[1]], "branch", TensorType.FLOAT32, [2], options: new IfOptionsT { ThenSubgraphIndex = 4, ElseSubgraphIndex = 5 });
        int sum = model.Operator(BuiltinOperator.STABLEHLO_ADD, [branch, state], "sum", TensorType.FLOAT32, [2]);
        model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [handle, sum], []);
        model.Output(model.Operator(BuiltinOperator.STABLEHLO_COMPOSITE, [sum], "composite", TensorType.FLOAT32, [2], options: new StableHLOCompositeOptionsT { DecompositionSubgraphIndex = 4 }));
        model.Subgraph("init").Operator(BuiltinOperator.ASSIGN_VARIABLE, [Handle(), model.Constant("first", [1f, 2], [2])], []);
        int i = model.Subgraph("condition").Input("i", TensorType.INT32, []);
        model.Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.LESS, [i, model.Constant("three", [3], [])], "less", TensorType.BOOL, []));
        i = model.Subgraph("body").Input("i", TensorType.INT32, []);
        x = model.Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.ADD, [i, model.Constant("one", [1], [])], "next", TensorType.INT32, [], options: new AddOptionsT()), model.Operator(BuiltinOperator.NEG, [x], "negative", TensorType.FLOAT32, [2]));
        foreach (var code in (BuiltinOperator[])[BuiltinOperator.ABS, BuiltinOperator.RELU])
        {
            x = model.Subgraph(code.ToString()).Input("x", TensorType.FLOAT32, [2]);
            model.Output(model.Operator(code, [x], "y", TensorType.FLOAT32, [2]));
        }
        return model;

        int Handle() => model.Operator(BuiltinOperator.VAR_HANDLE, [], "handle", TensorType.RESOURCE, [], options: new VarHandleOptionsT { Container = "", SharedName = "state" });
    }

    private static void Change(ModelT model, Random random)
    {
        var graph = model.Subgraphs[random.Next(model.Subgraphs.Count)];
        if (graph.Operators.Count == 0 || graph.Tensors.Count == 0) return;
        var (op, tensor) = (graph.Operators[random.Next(graph.Operators.Count)], graph.Tensors[random.Next(graph.Tensors.Count)]);
        int Any() => random.Next(8) switch { 0 => 0, 1 => -1, 2 => int.MaxValue, 3 => int.MinValue, 4 => 1 << 16, _ => random.Next(6) };
        switch (random.Next(9))
        {
            case 0 when op.Inputs.Count > 0:
                op.Inputs[random.Next(op.Inputs.Count)] = random.Next(-1, graph.Tensors.Count);
                break;
            case 1 when op.Inputs.Count > 0:
                op.Inputs.RemoveAt(random.Next(op.Inputs.Count));
                break;
            case 2 when tensor.Shape is { Count: > 0 }:
                tensor.Shape[random.Next(tensor.Shape.Count)] = Any();
                break;
            case 3 when tensor.Shape is { Count: > 0 }:
                int axis = random.Next(tensor.Shape.Count);
                if (random.Next(2) == 0) tensor.Shape.Insert(axis, 1);
                else tensor.Shape.RemoveAt(axis);
                break;
            case 4:
                tensor.Type = (TensorType)random.Next(20);
                break;
            case 5:
                tensor.Quantization = random.Next(2) == 0 ? null : TfLiteModelBuilder.Quantized(random.Next(2) == 0 ? 0 : 1e-30f, Any());
                break;
            case 6:
                op.OpcodeIndex = (uint)random.Next(model.OperatorCodes.Count);
                break;
            case 7:
                model.OperatorCodes[(int)op.OpcodeIndex].BuiltinCode = (BuiltinOperator)random.Next(209);
                model.OperatorCodes[(int)op.OpcodeIndex].DeprecatedBuiltinCode = 0;
                break;
            case 8 when op.BuiltinOptions?.Value is { } options:
                var properties = options.GetType().GetProperties();
                if (properties.Length == 0) break;
                var property = properties[random.Next(properties.Length)];
                if (property.PropertyType == typeof(int)) property.SetValue(options, Any());
                else if (property.PropertyType == typeof(bool)) property.SetValue(options, random.Next(2) == 0);
                else if (property.PropertyType.IsEnum) property.SetValue(options, Enum.ToObject(property.PropertyType, random.Next(6)));
                else if (property.PropertyType == typeof(float)) property.SetValue(options, random.Next(2) == 0 ? float.NaN : -1f);
                break;
        }
    }
}
