using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Runtime;
using Qnn.Testing;
using Tensor = Qnn.Compiler.Ir.Tensor;
using TensorType = Qnn.Compiler.Import.TfLite.Schema.TensorType;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Every operator takes the element types that TensorFlow Lite's kernel for it takes: a model of one operator is imported and evaluated.</summary>
public sealed class ElementTypeTests
{
    private const string Float = "f", Numbers = "f i4 i8", Eights = "q1 u1", Quantized = "f q1 u1 q2", All = "f i1 n1 i2 i4 i8 q1 u1 q2 b";

    /// <summary>Operator, types (f float32, q1 u1 q2 quantized int8, uint8, int16; i1 i2 i4 i8 n1 n4 plain integers, n unsigned; b bool), form.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { nameof(BuiltinOperator.ABS), "f q1 q2 i4", "1" },
        { nameof(BuiltinOperator.ADD), "f i2 i4 i8 q1 u1 q2", "2" },
        { nameof(BuiltinOperator.ADD_N), "f i4", "2" },
        { nameof(BuiltinOperator.ARG_MAX), "f u1 q1 i4 b", "arg" },
        { nameof(BuiltinOperator.ARG_MIN), "f u1 q1 i4 b", "arg" },
        { nameof(BuiltinOperator.AVERAGE_POOL_2D), Quantized, "pool" },
        { nameof(BuiltinOperator.MAX_POOL_2D), Quantized, "pool" },
        { nameof(BuiltinOperator.L2_POOL_2D), Float, "pool" },
        { nameof(BuiltinOperator.BATCH_TO_SPACE_ND), "f i4 i8 q1 u1 q2", "blocks" },
        { nameof(BuiltinOperator.SPACE_TO_BATCH_ND), "f i4 i8 q1 u1 q2", "blocks" },
        { nameof(BuiltinOperator.BITWISE_XOR), "i1 n1 i2 n2 i4 n4", "2" },
        { nameof(BuiltinOperator.BROADCAST_TO), All, "shape" },
        { nameof(BuiltinOperator.CAST), "f i1 n1 i2 n2 i4 n4 i8 b", "cast" },
        { nameof(BuiltinOperator.CEIL), Float, "1" },
        { nameof(BuiltinOperator.CONCATENATION), All, "2" },
        { nameof(BuiltinOperator.COS), Float, "1" },
        { nameof(BuiltinOperator.CUMSUM), Numbers, "axis" },
        { nameof(BuiltinOperator.DEPTH_TO_SPACE), "f u1 q1 i4 i8", "depth" },
        { nameof(BuiltinOperator.SPACE_TO_DEPTH), "f u1 q1 i4 i8", "depth" },
        { nameof(BuiltinOperator.DIV), "f i4 u1", "2" },
        { nameof(BuiltinOperator.ELU), "f q1", "1" },
        { nameof(BuiltinOperator.EQUAL), "f i1 n1 i2 i4 i8 b q1 u1", "compare" },
        { nameof(BuiltinOperator.NOT_EQUAL), "f i1 n1 i2 i4 i8 b q1 u1", "compare" },
        { nameof(BuiltinOperator.LESS), "f i1 n1 i2 i4 i8 q1 u1", "compare" },
        { nameof(BuiltinOperator.LESS_EQUAL), "f i1 n1 i2 i4 i8 q1 u1", "compare" },
        { nameof(BuiltinOperator.GREATER), "f i1 n1 i2 i4 i8 q1 u1", "compare" },
        { nameof(BuiltinOperator.GREATER_EQUAL), "f i1 n1 i2 i4 i8 q1 u1", "compare" },
        { nameof(BuiltinOperator.EXP), "f q1 q2", "1" },
        { nameof(BuiltinOperator.EXPAND_DIMS), All, "axis" },
        { nameof(BuiltinOperator.FILL), All, "fill" },
        { nameof(BuiltinOperator.FLOOR), Float, "1" },
        { nameof(BuiltinOperator.FLOOR_DIV), "f i1 i2 i4", "2" },
        { nameof(BuiltinOperator.FLOOR_MOD), "f i1 i2 i4 i8", "2" },
        { nameof(BuiltinOperator.GATHER), All, "gather" },
        { nameof(BuiltinOperator.GATHER_ND), All, "gathernd" },
        { nameof(BuiltinOperator.GELU), "f q1 u1", "1" },
        { nameof(BuiltinOperator.HARD_SWISH), "f q1 u1", "1" },
        { nameof(BuiltinOperator.L2_NORMALIZATION), "f", "1" },
        { nameof(BuiltinOperator.LEAKY_RELU), Quantized, "1" },
        { nameof(BuiltinOperator.LOCAL_RESPONSE_NORMALIZATION), Float, "4d" },
        { nameof(BuiltinOperator.LOG), "f q1 q2", "1" },
        { nameof(BuiltinOperator.LOG_SOFTMAX), "f", "1" },
        { nameof(BuiltinOperator.LOGICAL_AND), "b", "2" },
        { nameof(BuiltinOperator.LOGICAL_OR), "b", "2" },
        { nameof(BuiltinOperator.LOGICAL_NOT), "b", "1" },
        { nameof(BuiltinOperator.LOGISTIC), "f q1 u1", "1" },
        { nameof(BuiltinOperator.MATRIX_DIAG), "f i1 n1 i2 i4 i8 q1 u1", "diag" },
        { nameof(BuiltinOperator.MATRIX_SET_DIAG), "f i1 n1 i2 i4 i8 q1 u1", "setdiag" },
        { nameof(BuiltinOperator.MAXIMUM), "f i1 n1 i2 i4 i8 q1 u1 q2", "2" },
        { nameof(BuiltinOperator.MINIMUM), "f i1 n1 i2 i4 i8 q1 u1 q2", "2" },
        { nameof(BuiltinOperator.MEAN), "f i4 i8 q1 u1 q2", "reduce" },
        { nameof(BuiltinOperator.SUM), "f i4 i8 q1 u1 q2", "reduce" },
        { nameof(BuiltinOperator.REDUCE_MAX), "f i4 i8 q1 u1 q2", "reduce" },
        { nameof(BuiltinOperator.REDUCE_MIN), "f i4 i8 q1 u1 q2", "reduce" },
        { nameof(BuiltinOperator.REDUCE_PROD), "f i4 i8 q1 q2", "reduce" },
        { nameof(BuiltinOperator.REDUCE_ANY), "b", "reduce" },
        { nameof(BuiltinOperator.REDUCE_ALL), "b", "reduce" },
        { nameof(BuiltinOperator.MIRROR_PAD), "f i1 n1 i2 i4 i8 q1 u1", "pad" },
        { nameof(BuiltinOperator.PAD), All, "pad" },
        { nameof(BuiltinOperator.PADV2), All, "padv2" },
        { nameof(BuiltinOperator.MUL), "f i2 i4 i8 n4 q1 u1 q2", "2" },
        { nameof(BuiltinOperator.NEG), Numbers, "1" },
        { nameof(BuiltinOperator.ONE_HOT), "f i1 n1 i4 i8 b", "onehot" },
        { nameof(BuiltinOperator.PACK), All, "pack" },
        { nameof(BuiltinOperator.UNPACK), All, "unpack" },
        { nameof(BuiltinOperator.POW), "f i4", "2" },
        { nameof(BuiltinOperator.PRELU), "f q1 u1", "2" },
        { nameof(BuiltinOperator.RELU), Quantized, "1" },
        { nameof(BuiltinOperator.RELU6), Quantized, "1" },
        { nameof(BuiltinOperator.RELU_N1_TO_1), Quantized, "1" },
        { nameof(BuiltinOperator.RELU_0_TO_1), "f q1 u1", "1" },
        { nameof(BuiltinOperator.RESHAPE), All, "shape" },
        { nameof(BuiltinOperator.RESIZE_BILINEAR), Quantized, "resize" },
        { nameof(BuiltinOperator.RESIZE_NEAREST_NEIGHBOR), Quantized, "resize" },
        { nameof(BuiltinOperator.REVERSE_SEQUENCE), "f n1 i2 i4 i8 u1", "sequence" },
        { nameof(BuiltinOperator.REVERSE_V2), All, "axis" },
        { nameof(BuiltinOperator.ROUND), Float, "1" },
        { nameof(BuiltinOperator.RSQRT), "f q1 q2", "1" },
        { nameof(BuiltinOperator.SELECT), All, "select" },
        { nameof(BuiltinOperator.SELECT_V2), All, "select" },
        { nameof(BuiltinOperator.SCATTER_ND), "f i1 n1 i4 i8", "scatter" },
        { nameof(BuiltinOperator.SPARSE_TO_DENSE), "f i1 n1 i4 i8", "sparse" },
        { nameof(BuiltinOperator.SHAPE), All, "shapeof" },
        { nameof(BuiltinOperator.SIGN), "f i4", "1" },
        { nameof(BuiltinOperator.SIN), Float, "1" },
        { nameof(BuiltinOperator.SLICE), All + " n4", "slice" },
        { nameof(BuiltinOperator.SOFTMAX), Quantized, "1" },
        { nameof(BuiltinOperator.SPLIT), All, "split" },
        { nameof(BuiltinOperator.SPLIT_V), All, "splitv" },
        { nameof(BuiltinOperator.SQRT), Float, "1" },
        { nameof(BuiltinOperator.SQUARE), Float, "1" },
        { nameof(BuiltinOperator.SQUARED_DIFFERENCE), "f i4 q1", "2" },
        { nameof(BuiltinOperator.SQUEEZE), All, "squeeze" },
        { nameof(BuiltinOperator.STRIDED_SLICE), All + " n4", "strided" },
        { nameof(BuiltinOperator.SUB), "f i4 i8 q1 u1 q2", "2" },
        { nameof(BuiltinOperator.TANH), "f q1 u1", "1" },
        { nameof(BuiltinOperator.TILE), All, "tile" },
        { nameof(BuiltinOperator.TOPK_V2), "f u1 q1 i2 i4 i8", "topk" },
        { nameof(BuiltinOperator.TRANSPOSE), All, "permute" },
        { nameof(BuiltinOperator.ZEROS_LIKE), "f i4 i8", "1" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryElementTypeOfTheKernelIsTaken(string name, string types, string form)
    {
        var op = Enum.Parse<BuiltinOperator>(name);
        var faults = new List<string>();
        foreach (string type in types.Split(' '))
        {
            try
            {
                var graph = TfLiteImporter.Import(TfLiteFile.Open(Model(op, type, form).Build()), TfLiteNumerics.Builtin, "test");
                Assert.NotEmpty(Evaluator.Run(graph, [.. graph.Inputs.Select(i => Ones(i.Type))]));
            }
            catch (ModelException fault)
            {
                faults.Add($"{type}: {fault.Message}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static Tensor Ones(Ir.TensorType type)
    {
        var tensor = new Tensor(type);
        var bytes = tensor.MutableSpan<byte>();
        for (int i = 0; i < bytes.Length; i += type.Element.Size()) bytes[i] = 1;
        return tensor;
    }

    private static TfLiteModelBuilder Model(BuiltinOperator op, string type, string form)
    {
        var model = new TfLiteModelBuilder();
        var (element, quantization, size) = TypeOf(type);
        int In(string name, params int[] shape) => model.Input(name, element, shape, quantization);
        int Ints(string name, params int[] values) => model.Constant(name, values, [values.Length]);
        int Scalar(string name, int value) => model.Constant(name, [value], []);
        int Make(object? options, TensorType result, int[] shape, params int[] inputs) => model.Operator(op, inputs, "y", result, shape, result == element ? quantization : null, options);
        int Same(object? options, int[] shape, params int[] inputs) => Make(options, element, shape, inputs);
        int[] outputs = form switch
        {
            "1" => [Same(op switch { BuiltinOperator.LEAKY_RELU => new LeakyReluOptionsT { Alpha = 0.5f }, BuiltinOperator.SOFTMAX => new SoftmaxOptionsT { Beta = 1 }, _ => null }, [2, 3], In("x", 2, 3))],
            "2" => [Same(op == BuiltinOperator.CONCATENATION ? new ConcatenationOptionsT { Axis = 0 } : null, op == BuiltinOperator.CONCATENATION ? [4, 3] : [2, 3], In("a", 2, 3), In("b", 2, 3))],
            "compare" => [Make(null, TensorType.BOOL, [2, 3], In("a", 2, 3), In("b", 1, 3))],
            "cast" => [Make(new CastOptionsT(), TensorType.FLOAT32, [2, 3], In("x", 2, 3))],
            "arg" => [Make(null, TensorType.INT32, [2], In("x", 2, 3), Scalar("axis", 1))],
            "pool" => [Same(new Pool2DOptionsT { FilterHeight = 2, FilterWidth = 2, StrideH = 2, StrideW = 2 }, [1, 2, 2, 3], In("x", 1, 4, 4, 3))],
            "blocks" => [Same(null, op == BuiltinOperator.SPACE_TO_BATCH_ND ? [16, 2, 2, 3] : [1, 8, 8, 3], In("x", 4, 4, 4, 3), Ints("block", 2, 2), model.Constant("crops", new int[4], [2, 2]))],
            "shape" => [Same(null, op == BuiltinOperator.BROADCAST_TO ? [2, 2, 3] : [3, 2], In("x", 2, 3), op == BuiltinOperator.BROADCAST_TO ? Ints("shape", 2, 2, 3) : Ints("shape", 3, 2))],
            "axis" => [Same(op == BuiltinOperator.CUMSUM ? new CumsumOptionsT() : null, op == BuiltinOperator.EXPAND_DIMS ? [2, 1, 3] : [2, 3], In("x", 2, 3), op == BuiltinOperator.REVERSE_V2 ? Ints("axis", 1) : Scalar("axis", 1))],
            "depth" => [Same(op == BuiltinOperator.DEPTH_TO_SPACE ? new DepthToSpaceOptionsT { BlockSize = 2 } : new SpaceToDepthOptionsT { BlockSize = 2 }, op == BuiltinOperator.DEPTH_TO_SPACE ? [1, 8, 8, 1] : [1, 2, 2, 16], In("x", 1, 4, 4, 4))],
            "fill" => [Same(null, [2, 3], Ints("shape", 2, 3), In("value"))],
            "gather" => [Same(new GatherOptionsT(), [2, 3], In("x", 4, 3), Ints("indices", 1, 3))],
            "gathernd" => [Same(null, [2, 3], In("x", 4, 3), model.Constant("indices", [1, 3], [2, 1]))],
            "4d" => [Same(new LocalResponseNormalizationOptionsT { Radius = 1, Bias = 1, Alpha = 1, Beta = 0.5f }, [1, 2, 2, 3], In("x", 1, 2, 2, 3))],
            "diag" => [Same(null, [2, 3, 3], In("x", 2, 3))],
            "setdiag" => [Same(null, [3, 3], In("x", 3, 3), In("d", 3))],
            "reduce" => [Same(new ReducerOptionsT { KeepDims = true }, [2, 1], In("x", 2, 3), Ints("axes", 1))],
            "pad" or "padv2" => [Same(null, [4, 5], [In("x", 2, 3), model.Constant("paddings", [1, 1, 1, 1], [2, 2]), .. form == "padv2" ? [Zero("value")] : Array.Empty<int>()])],
            "onehot" => [Same(new OneHotOptionsT { Axis = -1 }, [2, 3], Ints("indices", 0, 2), Scalar("depth", 3), In("on"), In("off"))],
            "pack" => [Same(new PackOptionsT { ValuesCount = 2, Axis = 0 }, [2, 2, 3], In("a", 2, 3), In("b", 2, 3))],
            "unpack" or "split" or "splitv" => Parts(),
            "resize" => [Same(op == BuiltinOperator.RESIZE_BILINEAR ? new ResizeBilinearOptionsT() : new ResizeNearestNeighborOptionsT(), [1, 8, 8, 3], In("x", 1, 4, 4, 3), Ints("size", 8, 8))],
            "sequence" => [Same(new ReverseSequenceOptionsT { SeqDim = 1 }, [2, 3], In("x", 2, 3), Ints("lengths", 1, 2))],
            "select" => [Same(null, [2, 3], model.Input("c", TensorType.BOOL, [2, 3]), In("a", 2, 3), In("b", 2, 3))],
            "scatter" => [Same(null, [4, 3], model.Constant("indices", [1, 3], [2, 1]), In("updates", 2, 3), Ints("shape", 4, 3))],
            "sparse" => [Same(null, [4], model.Constant("indices", [1, 3], [2, 1]), Ints("shape", 4), In("values", 2), Zero("default"))],
            "shapeof" => [Make(new ShapeOptionsT { OutType = TensorType.INT32 }, TensorType.INT32, [2], In("x", 2, 3))],
            "slice" => [Same(null, [1, 2], In("x", 2, 3), Ints("begin", 0, 1), Ints("size", 1, 2))],
            "squeeze" => [Same(new SqueezeOptionsT { SqueezeDims = [0] }, [3], In("x", 1, 3))],
            "strided" => [Same(new StridedSliceOptionsT(), [1, 2], In("x", 2, 3), Ints("begin", 0, 0), Ints("end", 1, 3), Ints("strides", 1, 2))],
            "tile" => [Same(null, [4, 3], In("x", 2, 3), Ints("multiples", 2, 1))],
            "topk" => TopK(),
            _ => [Same(null, [3, 2], In("x", 2, 3), Ints("permutation", 1, 0))],
        };
        return model.Output(outputs);

        int Zero(string name) => model.Constant(name, element, new byte[size], [], quantization);

        int[] Parts()
        {
            int[] parts = [model.Tensor("y", element, form == "unpack" ? [3] : [1, 3], quantization), model.Tensor("z", element, form == "unpack" ? [3] : [1, 3], quantization)];
            int x = In("x", 2, 3);
            if (form == "unpack") model.Operator(op, [x], parts, new UnpackOptionsT { Num = 2 });
            else if (form == "split") model.Operator(op, [Scalar("axis", 0), x], parts, new SplitOptionsT { NumSplits = 2 });
            else model.Operator(op, [x, Ints("sizes", 1, 1), Scalar("axis", 0)], parts, new SplitVOptionsT { NumSplits = 2 });
            return parts;
        }

        int[] TopK()
        {
            int[] results = [model.Tensor("y", element, [2, 2], quantization), model.Tensor("i", type == "i2" ? TensorType.INT16 : TensorType.INT32, [2, 2])];
            model.Operator(op, [In("x", 2, 3), Scalar("k", 2)], results);
            return results;
        }
    }

    private static (TensorType Element, QuantizationParametersT? Quantization, int Size) TypeOf(string type) => type switch
    {
        "f" => (TensorType.FLOAT32, null, 4),
        "q1" => (TensorType.INT8, TfLiteModelBuilder.Quantized(0.5f, -1), 1),
        "u1" => (TensorType.UINT8, TfLiteModelBuilder.Quantized(0.5f, 127), 1),
        "q2" => (TensorType.INT16, TfLiteModelBuilder.Quantized(0.5f), 2),
        "i1" => (TensorType.INT8, null, 1),
        "i2" => (TensorType.INT16, null, 2),
        "i4" => (TensorType.INT32, null, 4),
        "i8" => (TensorType.INT64, null, 8),
        "n1" => (TensorType.UINT8, null, 1),
        "n2" => (TensorType.UINT16, null, 2),
        "n4" => (TensorType.UINT32, null, 4),
        _ => (TensorType.BOOL, null, 1),
    };
}
