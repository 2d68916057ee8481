using System.Runtime.InteropServices;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Testing;
using TensorType = Qnn.Compiler.Import.TfLite.Schema.TensorType;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Operators that call subgraphs, and variables that outlive a call: models are compiled and run.</summary>
public sealed class ControlFlowTests
{
    [Fact]
    public void ACompositeIsItsDecomposition()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.STABLEHLO_COMPOSITE, [x], "y", TensorType.FLOAT32, [2], options: new StableHLOCompositeOptionsT { Name = "odml.twice", DecompositionSubgraphIndex = 1 }));
        Doubling(model.Subgraph("decomposition"));
        using var session = Session(model);
        Assert.Equal([2f, 6], Run(session, 1f, 3));
    }

    [Theory]
    [InlineData(true, new float[] { 2, 6 })]
    [InlineData(false, new float[] { -1, -3 })]
    public void ABranchIsChosenByAConstant(bool condition, float[] expected)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        Branches(model, model.Constant("c", [condition], [1]), x);
        using var session = Session(model);
        Assert.Equal(expected, Run(session, 1f, 3));
    }

    [Fact]
    public void ABranchIsChosenAtRunTime()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        int sum = model.Operator(BuiltinOperator.SUM, [x, model.Constant("axes", [0], [1])], "sum", TensorType.FLOAT32, [], options: new ReducerOptionsT());
        int positive = model.Operator(BuiltinOperator.GREATER, [sum, model.Constant("zero", [0f], [])], "positive", TensorType.BOOL, []);
        Branches(model, positive, x);
        using var session = Session(model);
        Assert.Equal([2f, 6], Run(session, 1f, 3));
        Assert.Equal([1f, 3], Run(session, -1f, -3));
    }

    [Fact]
    public void ALoopIsUnrolled()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        Loop(model, model.Constant("i", [0], []), x);
        using var session = Session(model);
        Assert.Equal([8f, 24], Run(session, 1f, 3));
    }

    [Fact]
    public void ALoopWhoseEndIsNotKnownIsRefused()
    {
        var model = new TfLiteModelBuilder();
        int i = model.Input("i", TensorType.INT32, []), x = model.Input("x", TensorType.FLOAT32, [2]);
        Loop(model, i, x);
        Assert.Equal(DiagnosticCodes.UnsupportedForm, Refused(model));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void CallsWithoutEndAreRefused(int subgraph)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.CALL, [x], "y", TensorType.FLOAT32, [2], options: new CallOptionsT { Subgraph = 1 }));
        model.Subgraph("body");
        x = model.Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.CALL, [x], "y", TensorType.FLOAT32, [2], options: new CallOptionsT { Subgraph = (uint)subgraph }));
        Assert.Equal(DiagnosticCodes.InconsistentModel, Refused(model));
    }

    [Fact]
    public void ALoopWithoutEndIsRefused()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.WHILE, [x], "y", TensorType.FLOAT32, [2], options: new WhileOptionsT { CondSubgraphIndex = 1, BodySubgraphIndex = 2 }));
        model.Subgraph("condition").Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Constant("true", [true], [1]));
        model.Subgraph("body");
        model.Output(model.Input("x", TensorType.FLOAT32, [2]));
        Assert.Equal(DiagnosticCodes.TooLarge, Refused(model));
    }

    /// <summary>state = state + x, from what CALL_ONCE sets; the answer is the state before.</summary>
    [Fact]
    public void AVariableKeepsItsContents()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        model.Operator(BuiltinOperator.CALL_ONCE, [], [], new CallOnceOptionsT { InitSubgraphIndex = 1 });
        int handle = Handle(model);
        int before = model.Operator(BuiltinOperator.READ_VARIABLE, [handle], "before", TensorType.FLOAT32, [2]);
        int sum = model.Operator(BuiltinOperator.ADD, [before, x], "sum", TensorType.FLOAT32, [2], options: new AddOptionsT());
        model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [handle, sum], []);
        model.Output(before);
        model.Subgraph("init");
        model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [Handle(model), model.Constant("first", [10f, 20], [2])], []);
        using var session = Session(model);
        for (int run = 0; run < 2; run++)
        {
            Assert.Equal([10f, 20], Run(session, 1f, 3));
            Assert.Equal([11f, 23], Run(session, 2f, 4));
            Assert.Equal([13f, 27], Run(session, 0f, 0));
            session.ResetState();
        }
    }

    /// <summary>The last two inputs of three, quantized: a ring of a streaming model.</summary>
    [Theory]
    [InlineData(KernelTier.Scalar)]
    [InlineData(null)]
    public void AQuantizedVariableBeginsAtZero(KernelTier? tier)
    {
        var model = new TfLiteModelBuilder();
        var quantization = TfLiteModelBuilder.Quantized(0.5f, -3);
        int x = model.Input("x", TensorType.INT8, [1, 2], quantization);
        int handle = Handle(model);
        int ring = model.Operator(BuiltinOperator.READ_VARIABLE, [handle], "ring", TensorType.INT8, [2, 2], quantization);
        int all = model.Operator(BuiltinOperator.CONCATENATION, [ring, x], "all", TensorType.INT8, [3, 2], quantization, new ConcatenationOptionsT { Axis = 0 });
        int[] Ints(params int[] values) => values;
        int last = model.Operator(BuiltinOperator.SLICE, [all, model.Constant("begin", Ints(1, 0), [2]), model.Constant("size", Ints(2, 2), [2])], "last", TensorType.INT8, [2, 2], quantization);
        model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [handle, last], []);
        model.Output(model.Operator(BuiltinOperator.RELU, [all], "y", TensorType.INT8, [3, 2], quantization));
        using var session = Session(model, tier);
        Assert.Equal<sbyte>([-3, -3, -3, -3, 1, 2], Run<sbyte>(session, 1, 2));
        Assert.Equal<sbyte>([-3, -3, 1, 2, 3, 4], Run<sbyte>(session, 3, 4));
        Assert.Equal<sbyte>([1, 2, 3, 4, 5, 6], Run<sbyte>(session, 5, 6));
    }

    private static int Handle(TfLiteModelBuilder model) => model.Operator(BuiltinOperator.VAR_HANDLE, [], "handle", TensorType.RESOURCE, [], options: new VarHandleOptionsT { Container = "", SharedName = "state" });

    private static void Doubling(TfLiteModelBuilder model)
    {
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.ADD, [x, x], "twice", TensorType.FLOAT32, [2], options: new AddOptionsT()));
    }

    private static void Branches(TfLiteModelBuilder model, int condition, int x)
    {
        model.Output(model.Operator(BuiltinOperator.IF, [condition, x], "y", TensorType.FLOAT32, [2], options: new IfOptionsT { ThenSubgraphIndex = 1, ElseSubgraphIndex = 2 }));
        Doubling(model.Subgraph("then"));
        x = model.Subgraph("else").Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.NEG, [x], "negative", TensorType.FLOAT32, [2]));
    }

    // for (; i < 3; i++) x += x;
    private static void Loop(TfLiteModelBuilder model, int i, int x)
    {
        int[] results = [model.Tensor("j", TensorType.INT32, []), model.Tensor("y", TensorType.FLOAT32, [2])];
        model.Operator(BuiltinOperator.WHILE, [i, x], results, new WhileOptionsT { CondSubgraphIndex = 1, BodySubgraphIndex = 2 });
        model.Output(results[1]);
        i = model.Subgraph("condition").Input("i", TensorType.INT32, []);
        model.Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.LESS, [i, model.Constant("three", [3], [])], "less", TensorType.BOOL, []));
        i = model.Subgraph("body").Input("i", TensorType.INT32, []);
        x = model.Input("x", TensorType.FLOAT32, [2]);
        int next = model.Operator(BuiltinOperator.ADD, [i, model.Constant("one", [1], [])], "next", TensorType.INT32, [], options: new AddOptionsT());
        model.Output(next, model.Operator(BuiltinOperator.ADD, [x, x], "twice", TensorType.FLOAT32, [2], options: new AddOptionsT()));
    }

    private static InferenceSession Session(TfLiteModelBuilder model, KernelTier? tier = null)
    {
        var graph = PassPipeline.Run(TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test"));
        var compiled = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(graph), ArtifactMetadata.None));
        return compiled.CreateSession(tier is { } named ? new InferenceOptions { Kernels = named } : new InferenceOptions { Threads = 2, SplitsAll = true });
    }

    private static T[] Run<T>(InferenceSession session, params T[] input) where T : unmanaged
    {
        MemoryMarshal.AsBytes<T>(input).CopyTo(session.Input(0));
        session.Run();
        return MemoryMarshal.Cast<byte, T>(session.Output(0)).ToArray();
    }

    private static string Refused(TfLiteModelBuilder model) =>
        Assert.Throws<ModelException>(() => TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test")).Diagnostics[0].Code;
}
