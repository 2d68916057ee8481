using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Testing;
using Tensor = Qnn.Compiler.Ir.Tensor;
using TensorType = Qnn.Compiler.Import.TfLite.Schema.TensorType;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Operators that few models have, by what TensorFlow Lite's kernels compute: looking up, slices whose place is computed, integers, segments, windows, StableHLO.</summary>
public sealed class NewerOperatorTests
{
    private static readonly sbyte[] s_table = [1, -2, 7, -8, 3, 0];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void RowsOfAQuantizedTable(bool perRow, bool halves)
    {
        float[] scales = perRow ? [0.3f, 0.7f, 0.011f] : [0.3f, 0.3f, 0.3f];
        var model = new TfLiteModelBuilder();
        int i = model.Input("i", TensorType.INT32, [4]);
        var quantization = perRow ? TfLiteModelBuilder.PerChannel(0, scales) : TfLiteModelBuilder.Quantized(scales[0]);
        int table = halves ? model.Constant("t", TensorType.INT4, Packed(s_table), [3, 2], quantization) : model.Constant("t", s_table, [3, 2], quantization);
        model.Output(model.Operator(BuiltinOperator.EMBEDDING_LOOKUP, [i, table], "y", TensorType.FLOAT32, [4, 2]));
        int[] rows = [2, 0, 1, 1];
        Assert.Equal(rows.SelectMany(r => new[] { s_table[2 * r] * scales[r], s_table[2 * r + 1] * scales[r] }), Run(model, Tensor.Of<int>(new(4), rows)).Span<float>().ToArray());
    }

    /// <summary>A table, and a dense layer's weights, with a scale for each two numbers.</summary>
    [Fact]
    public void BlocksHaveScales()
    {
        sbyte[] numbers = [1, -2, 7, -8, 3, 0, 5, 5];
        Half[] scales = [(Half)0.5f, (Half)2, (Half)0.25f, (Half)1];
        var model = new TfLiteModelBuilder();
        int i = model.Input("i", TensorType.INT32, [2]);
        int blocks = model.Constant("scales", scales, [2, 2]);
        var quantization = new QuantizationParametersT { Details = new QuantizationDetailsUnion { Type = QuantizationDetails.BlockwiseQuantization, Value = new BlockwiseQuantizationT { Scales = blocks, ZeroPoints = -1, BlockSize = 2 } } };
        int table = model.Constant("t", TensorType.INT4, Packed(numbers), [2, 4], quantization);
        int rows = model.Operator(BuiltinOperator.EMBEDDING_LOOKUP, [i, table], "rows", TensorType.FLOAT32, [2, 4]);
        model.Output(model.Operator(BuiltinOperator.FULLY_CONNECTED, [rows, table], "y", TensorType.FLOAT32, [2, 2], options: new FullyConnectedOptionsT()));
        float[] first = [0.5f, -1, 14, -16], second = [0.75f, 0, 5, 5];
        float Dot(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();
        Assert.Equal([Dot(second, first), Dot(second, second), Dot(first, first), Dot(first, second)], Run(model, Tensor.Of<int>(new(2), [1, 0])).Span<float>().ToArray());
    }

    [Fact]
    public void RowsOfATableOfFloatsHaveAnyRank()
    {
        var model = new TfLiteModelBuilder();
        int i = model.Input("i", TensorType.INT32, [2]);
        model.Output(model.Operator(BuiltinOperator.EMBEDDING_LOOKUP, [i, model.Constant("t", [1f, 2, 3, 4], [2, 1, 2])], "y", TensorType.FLOAT32, [2, 1, 2]));
        Assert.Equal([3, 4, 1, 2], Run(model, Tensor.Of<int>(new(2), [1, 0])).Span<float>().ToArray());
    }

    /// <summary>A cache [4, 2] into which a row is written: places outside are moved inside.</summary>
    [Theory]
    [InlineData(1, new float[] { 0, 1, 8, 9, 4, 5, 6, 7 })]
    [InlineData(7, new float[] { 0, 1, 2, 3, 4, 5, 8, 9 })]
    [InlineData(-7, new float[] { 8, 9, 2, 3, 4, 5, 6, 7 })]
    public void AnUpdateBeginsWhereIsComputed(int place, float[] expected)
    {
        var model = new TfLiteModelBuilder();
        int begin = model.Input("begin", TensorType.INT32, [2]);
        model.Output(model.Operator(BuiltinOperator.DYNAMIC_UPDATE_SLICE, [model.Constant("x", [0f, 1, 2, 3, 4, 5, 6, 7], [4, 2]), model.Constant("u", [8f, 9], [1, 2]), begin], "y", TensorType.FLOAT32, [4, 2]));
        Assert.Equal(expected, Run(model, Tensor.Of<int>(new(2), [place, 0])).Span<float>().ToArray());
    }

    [Fact]
    public void ASliceBeginsWhereIsComputed()
    {
        var model = new TfLiteModelBuilder();
        int begin = model.Input("begin", TensorType.INT64, [2]);
        var quantization = TfLiteModelBuilder.Quantized(0.5f, 3);
        int size = model.Constant("size", [2, 1], [2]);
        model.Output(model.Operator(BuiltinOperator.SLICE, [model.Constant("x", new sbyte[] { 0, 1, 2, 3, 4, 5, 6, 7 }, [4, 2], quantization), begin, size], "y", TensorType.INT8, [2, 1], quantization));
        Assert.Equal<sbyte>([3, 5], Run(model, Tensor.Of<long>(new(2), [1, 1])).Span<sbyte>().ToArray());
    }

    /// <summary>x[i, :, j]</summary>
    [Theory]
    [InlineData(1, 0, new float[] { 6, 9 })]
    [InlineData(-2, -1, new float[] { 2, 5 })]
    public void AnIndexIsComputed(int i, int j, float[] expected)
    {
        var model = new TfLiteModelBuilder();
        int begin = model.Input("begin", TensorType.INT32, [3]);
        int x = model.Constant("x", [.. Enumerable.Range(0, 12).Select(v => (float)v)], [2, 2, 3]), end = model.Constant("end", [0, 0, 0], [3]), strides = model.Constant("strides", [1, 1, 1], [3]);
        model.Output(model.Operator(BuiltinOperator.STRIDED_SLICE, [x, begin, end, strides], "y", TensorType.FLOAT32, [2], options: new StridedSliceOptionsT { ShrinkAxisMask = 5, BeginMask = 2, EndMask = 2 }));
        Assert.Equal(expected, Run(model, Tensor.Of<int>(new(3), [i, 77, j])).Span<float>().ToArray());
    }

    /// <summary>MediaPipe's kernel: every element of the data adds its products to the window that begins at its place times the stride, less the padding before.</summary>
    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(2, 2, 3)]
    [InlineData(1, 2, 2)]
    [InlineData(1, 1, 3)]
    public void ATransposedConvolutionBeginsWithTheBias(int padding, int stride, int kernel)
    {
        const int Size = 3;
        int cut = padding == 1 ? Math.Max(0, kernel - (Size - 1) % stride - 1) : 0, extent = stride * (Size - 1) + kernel - cut;
        float[] x = [.. Enumerable.Range(0, Size * Size * 2).Select(i => MathF.Sin(i))], w = [.. Enumerable.Range(0, 3 * kernel * kernel * 2).Select(i => MathF.Cos(i))], bias = [0.1f, 0.2f, 0.3f];
        float[] expected = [.. Enumerable.Range(0, extent * extent * 3).Select(i => bias[i % 3])];
        for (int at = 0; at < x.Length; at++)
        {
            for (int tap = 0; tap < kernel * kernel * 3; tap++)
            {
                int oy = at / (Size * 2) * stride - cut / 2 + tap / 3 / kernel, ox = at / 2 % Size * stride - cut / 2 + tap / 3 % kernel;
                if (oy >= 0 && oy < extent && ox >= 0 && ox < extent) expected[(oy * extent + ox) * 3 + tap % 3] += x[at] * w[(tap % 3 * kernel * kernel + tap / 3) * 2 + at % 2];
            }
        }
        var model = new TfLiteModelBuilder();
        int data = model.Input("x", TensorType.FLOAT32, [1, Size, Size, 2]), y = model.Tensor("y", TensorType.FLOAT32, [1, extent, extent, 3]);
        byte[] options = [.. new[] { padding, stride, stride }.SelectMany(BitConverter.GetBytes)];
        model.CustomOperator("Convolution2DTransposeBias", [data, model.Constant("w", w, [3, kernel, kernel, 2]), model.Constant("b", bias, [3])], [y], options);
        model.Output(y);
        Assert.Equal(expected, Run(model, Tensor.Of<float>(new(1, Size, Size, 2), x)).Span<float>().ToArray());
    }

    [Fact]
    public void Shifts()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.INT8, [5]), y = model.Constant("y", new sbyte[] { 1, 2, -3, 100, 7 }, [5]);
        model.Output(model.Operator(BuiltinOperator.RIGHT_SHIFT, [x, y], "z", TensorType.INT8, [5]));
        Assert.Equal<sbyte>([-64, 31, 5, -1, 0], Run(model, Tensor.Of<sbyte>(new(5), [-127, 127, 5, -5, 127])).Span<sbyte>().ToArray());
    }

    [Fact]
    public void BitsBecomeAnotherType()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2]);
        model.Output(model.Operator(BuiltinOperator.BITCAST, [x], "y", TensorType.UINT8, [2, 4]));
        Assert.Equal<byte>([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], Run(model, Tensor.Of<float>(new(2), [1, -2])).Span<byte>().ToArray());
    }

    [Fact]
    public void Buckets()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [5]);
        model.Output(model.Operator(BuiltinOperator.BUCKETIZE, [x], "y", TensorType.INT32, [5], options: new BucketizeOptionsT { Boundaries = [0, 1, 1, 5] }));
        Assert.Equal([0, 1, 3, 4, 4], Run(model, Tensor.Of<float>(new(5), [-1, 0.5f, 1, 5, float.NaN])).Span<int>().ToArray());
    }

    [Theory]
    [InlineData(nameof(BuiltinOperator.UNSORTED_SEGMENT_SUM), new int[] { 6, 0, 8 })]
    [InlineData(nameof(BuiltinOperator.UNSORTED_SEGMENT_PROD), new int[] { 8, 1, 15 })]
    [InlineData(nameof(BuiltinOperator.UNSORTED_SEGMENT_MAX), new int[] { 4, int.MinValue, 5 })]
    [InlineData(nameof(BuiltinOperator.UNSORTED_SEGMENT_MIN), new int[] { 2, int.MaxValue, 3 })]
    public void UnsortedSegments(string name, int[] expected)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.INT32, [5]);
        model.Output(model.Operator(Enum.Parse<BuiltinOperator>(name), [x, model.Constant("n", [2, 0, -1, 2, 0], [5]), model.Constant("count", [3], [])], "y", TensorType.INT32, [3]));
        Assert.Equal(expected, Run(model, Tensor.Of<int>(new(5), [3, 2, 100, 5, 4])).Span<int>().ToArray());
    }

    [Fact]
    public void SortedSegments()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [3, 2]);
        model.Output(model.Operator(BuiltinOperator.SEGMENT_SUM, [x, model.Constant("n", [0, 0, 1], [3])], "y", TensorType.FLOAT32, [2, 2]));
        Assert.Equal([4, 6, 5, 6], Run(model, Tensor.Of<float>(new(3, 2), [1, 2, 3, 4, 5, 6])).Span<float>().ToArray());
    }

    [Fact]
    public void Dilation()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.INT32, [2, 2]);
        model.Output(model.Operator(BuiltinOperator.DILATE, [x, model.Constant("d", [2, 3], [2]), model.Constant("v", [9], [])], "y", TensorType.INT32, [3, 4]));
        Assert.Equal([1, 9, 9, 2, 9, 9, 9, 9, 3, 9, 9, 4], Run(model, Tensor.Of<int>(new(2, 2), [1, 2, 3, 4])).Span<int>().ToArray());
    }

    [Fact]
    public void ReducedWindows()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.INT8, [3, 4]);
        int[] operands = [x, model.Constant("init", new sbyte[] { 10 }, []), model.Constant("window", new long[] { 2, 2 }, [2]), model.Constant("strides", new long[] { 1, 1 }, [2]), model.Constant("dilations", new long[] { 1, 3 }, [2])];
        model.Output(model.Operator(BuiltinOperator.REDUCE_WINDOW, operands, "y", TensorType.INT8, [2, 1], options: new ReduceWindowOptionsT { ReduceFunction = ReduceWindowFunction.ADD }));
        Assert.Equal<sbyte>([10 + 1 + 4 + 5 + 8, 10 + 5 + 8 + 9 + 12], Run(model, Tensor.Of<sbyte>(new(3, 4), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])).Span<sbyte>().ToArray());
    }

    [Fact]
    public void StablehloWindowsHaveAPaddingAndAFunction()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [3]);
        model.Output(model.Operator(BuiltinOperator.STABLEHLO_REDUCE_WINDOW, [x, model.Constant("init", [0f], [])], "y", TensorType.FLOAT32, [3],
            options: new StablehloReduceWindowOptionsT { WindowDimensions = [2], WindowStrides = [2], BaseDilations = [2], WindowDilations = [1], Padding = [1, 0], BodySubgraphIndex = 1 }));
        model.Subgraph("add");
        int a = model.Input("a", TensorType.FLOAT32, []), b = model.Input("b", TensorType.FLOAT32, []);
        model.Output(model.Operator(BuiltinOperator.STABLEHLO_ADD, [a, b], "sum", TensorType.FLOAT32, []));
        // 0 1 0 2 0 3 two by two.
        Assert.Equal([1, 2, 3], Run(model, Tensor.Of<float>(new(3), [1, 2, 3])).Span<float>().ToArray());
    }

    [Fact]
    public void StablehloComputes()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [2, 3]);
        int product = model.Operator(BuiltinOperator.STABLEHLO_DOT_GENERAL, [x, model.Constant("w", [1f, 0, 2, 0, 1, 1], [2, 3])], "product", TensorType.FLOAT32, [2, 2],
            options: new StablehloDotGeneralOptionsT { LhsContractingDimensions = [1], RhsContractingDimensions = [1], LhsBatchingDimensions = [], RhsBatchingDimensions = [] });
        int iota = model.Operator(BuiltinOperator.STABLEHLO_IOTA, [], "iota", TensorType.FLOAT32, [2, 2], options: new StablehloIotaOptionsT { IotaDimension = 1 });
        int sum = model.Operator(BuiltinOperator.STABLEHLO_ADD, [product, iota], "sum", TensorType.FLOAT32, [2, 2]);
        int clamped = model.Operator(BuiltinOperator.STABLEHLO_CLAMP, [model.Constant("least", [0f], []), sum, model.Constant("most", [9f], [])], "clamped", TensorType.FLOAT32, [2, 2]);
        int turned = model.Operator(BuiltinOperator.STABLEHLO_TRANSPOSE, [clamped], "turned", TensorType.FLOAT32, [2, 2], options: new StablehloTransposeOptionsT { Permutation = [1, 0] });
        int padded = model.Operator(BuiltinOperator.STABLEHLO_PAD, [turned, model.Constant("value", [-1f], [])], "padded", TensorType.FLOAT32, [1, 4],
            options: new StablehloPadOptionsT { EdgePaddingLow = [-1, 1], EdgePaddingHigh = [0, 0], InteriorPadding = [0, 1] });
        int first = model.Operator(BuiltinOperator.STABLEHLO_SLICE, [padded], "first", TensorType.FLOAT32, [1, 2], options: new StablehloSliceOptionsT { StartIndices = [0, 1], LimitIndices = [1, 4], Strides = [1, 2] });
        int row = model.Operator(BuiltinOperator.STABLEHLO_RESHAPE, [first], "row", TensorType.FLOAT32, [2]);
        int all = model.Operator(BuiltinOperator.STABLEHLO_BROADCAST_IN_DIM, [row], "all", TensorType.FLOAT32, [2, 2], options: new StablehloBroadcastInDimOptionsT { BroadcastDimensions = [0] });
        int both = model.Operator(BuiltinOperator.STABLEHLO_CONCATENATE, [all, turned], "both", TensorType.FLOAT32, [2, 4], options: new StablehloConcatenateOptionsT { Dimension = 1 });
        int above = model.Operator(BuiltinOperator.STABLEHLO_COMPARE, [all, turned], "above", TensorType.BOOL, [2, 2], options: new StablehloCompareOptionsT { ComparisonDirection = StablehloComparisonDirection.GT });
        int chosen = model.Operator(BuiltinOperator.STABLEHLO_CONVERT, [above], "chosen", TensorType.INT32, [2, 2]);
        int scalar = model.Constant("one", [1], []);
        int part = model.Operator(BuiltinOperator.STABLEHLO_DYNAMIC_SLICE, [both, model.Constant("zero", [0], []), scalar], "part", TensorType.FLOAT32, [2, 2], options: new StablehloDynamicSliceOptionsT { SliceSizes = [2, 2] });
        model.Output(both, chosen, part);
        var graph = TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test");
        // x w' = (1 + 6, 5), (4 + 12, 11); with iota 7, 6, 16, 12; clamped 7, 6, 9, 9; turned 7, 9, 6, 9; padded -1, 6, -1, 9; row 6, 9.
        var answers = Evaluator.Run(graph, [Tensor.Of<float>(new(2, 3), [1, 2, 3, 4, 5, 6])]);
        Assert.Equal([6, 6, 7, 9, 9, 9, 6, 9], answers[0].Span<float>().ToArray());
        Assert.Equal([0, 0, 1, 0], answers[1].Span<int>().ToArray());
        Assert.Equal([6, 7, 9, 6], answers[2].Span<float>().ToArray());
    }

    /// <summary>Sums of whole numbers, in which the order does not show.</summary>
    [Theory]
    [InlineData(true, 1, 1)]
    [InlineData(true, 2, 1)]
    [InlineData(false, 1, 2)]
    [InlineData(false, 2, 1)]
    public void ConvolutionsInThreeDimensions(bool same, int stride, int dilation)
    {
        var padding = same ? Padding.SAME : Padding.VALID;
        int[] data = [1, 5, 4, 6, 2], kernel = [2, 2, 3, 2, 3];
        int[] extents = [.. Enumerable.Range(1, 3).Select(i => padding == Padding.SAME ? (data[i] + stride - 1) / stride : (data[i] - (kernel[i - 1] - 1) * dilation - 1) / stride + 1)];
        int[] result = [1, .. extents, 3];
        float[] x = Whole(240), w = Whole(72), bias = [1, 2, 3], expected = new float[result.Aggregate(1, (a, b) => a * b)];
        Visit(result, data, kernel, padding, stride, dilation, (y, at, tap, input, output) => expected[y * 3 + output] += x[at * 2 + input] * w[(tap * 2 + input) * 3 + output]);
        for (int i = 0; i < expected.Length; i++) expected[i] = Math.Max(0, expected[i] + bias[i % 3]);

        var model = new TfLiteModelBuilder();
        int at = model.Input("x", TensorType.FLOAT32, data);
        model.Output(model.Operator(BuiltinOperator.CONV_3D, [at, model.Constant("w", w, kernel), model.Constant("b", bias, [3])], "y", TensorType.FLOAT32, result, options: Options(padding, stride, dilation)));
        Assert.Equal(expected, Run(model, Tensor.Of<float>(new(data), x)).Span<float>().ToArray());
    }

    /// <summary>The roles of data and result changed.</summary>
    [Theory]
    [InlineData(true, 1, 1)]
    [InlineData(true, 2, 1)]
    [InlineData(false, 1, 2)]
    [InlineData(false, 2, 1)]
    public void TransposedConvolutionsInThreeDimensions(bool same, int stride, int dilation)
    {
        var padding = same ? Padding.SAME : Padding.VALID;
        int[] result = [1, 5, 4, 6, 2], kernel = [2, 2, 3, 2, 3];
        int[] extents = [.. Enumerable.Range(1, 3).Select(i => padding == Padding.SAME ? (result[i] + stride - 1) / stride : (result[i] - (kernel[i - 1] - 1) * dilation - 1) / stride + 1)];
        int[] data = [1, .. extents, 3];
        float[] x = Whole(data.Aggregate(1, (a, b) => a * b)), w = Whole(72), expected = new float[240];
        Visit(data, result, kernel, padding, stride, dilation, (y, at, tap, input, output) => expected[at * 2 + input] += x[y * 3 + output] * w[(tap * 2 + input) * 3 + output]);
        for (int i = 0; i < expected.Length; i++) expected[i] = Math.Max(0, expected[i]);

        var model = new TfLiteModelBuilder();
        int at = model.Input("x", TensorType.FLOAT32, data);
        model.Output(model.Operator(BuiltinOperator.CONV_3D_TRANSPOSE, [model.Constant("shape", result, [5]), model.Constant("w", w, kernel), at], "y", TensorType.FLOAT32, result,
            options: Options(padding, stride, dilation)));
        Assert.Equal(expected, Run(model, Tensor.Of<float>(new(data), x)).Span<float>().ToArray());
    }

    private static Conv3DOptionsT Options(Padding padding, int stride, int dilation) => new()
    {
        Padding = padding,
        StrideD = stride,
        StrideH = stride,
        StrideW = stride,
        DilationDFactor = dilation,
        DilationHFactor = dilation,
        DilationWFactor = dilation,
        FusedActivationFunction = ActivationFunctionType.RELU,
    };

    private static float[] Whole(int count) => [.. Enumerable.Range(0, count).Select(i => i * 7 % 11 - 5f)];

    // Calls back for each window, pixel that it reaches, tap, input and output channel.
    private static void Visit(int[] windows, int[] data, int[] kernel, Padding padding, int stride, int dilation, Action<int, int, int, int, int> visit)
    {
        int Before(int i) => padding == Padding.SAME ? Math.Max(0, (windows[i] - 1) * stride + (kernel[i - 1] - 1) * dilation + 1 - data[i]) / 2 : 0;
        int all = kernel[0] * kernel[1] * kernel[2];
        for (int y = 0; y < windows[1] * windows[2] * windows[3]; y++)
        {
            for (int tap = 0; tap < all; tap++)
            {
                int d = y / (windows[2] * windows[3]) * stride + tap / (kernel[1] * kernel[2]) * dilation - Before(1);
                int h = y / windows[3] % windows[2] * stride + tap / kernel[2] % kernel[1] * dilation - Before(2);
                int w = y % windows[3] * stride + tap % kernel[2] * dilation - Before(3);
                if (d < 0 || d >= data[1] || h < 0 || h >= data[2] || w < 0 || w >= data[3]) continue;
                for (int i = 0; i < 6; i++) visit(y, (d * data[2] + h) * data[3] + w, tap, i / 3, i % 3);
            }
        }
    }

    [Theory]
    [InlineData(nameof(BuiltinOperator.HASHTABLE))]
    [InlineData(nameof(BuiltinOperator.HASHTABLE_FIND))]
    [InlineData(nameof(BuiltinOperator.RANDOM_UNIFORM))]
    [InlineData(nameof(BuiltinOperator.RANDOM_STANDARD_NORMAL))]
    [InlineData(nameof(BuiltinOperator.MULTINOMIAL))]
    public void WhatIsLeftOutIsNamed(string name)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.INT32, [1]);
        model.Output(model.Operator(Enum.Parse<BuiltinOperator>(name), [x], "y", TensorType.FLOAT32, [1]));
        var fault = Assert.Throws<ModelException>(() => TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test"));
        Assert.Equal(DiagnosticCodes.UnsupportedOperator, fault.Diagnostics[0].Code);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Places that are found at run time, and what stands there: as many rows as are found.</summary>
    [Fact]
    public void PlacesAreFoundAtRunTime()
    {
        var model = new TfLiteModelBuilder();
        int found = model.Input("found", TensorType.BOOL, [2, 3]), data = model.Input("data", TensorType.INT8, [2, 3], TfLiteModelBuilder.Quantized(0.5f, 3));
        int places = model.Operator(BuiltinOperator.WHERE, [found], "places", TensorType.INT64, [6, 2]);
        model.Output(places, model.Operator(BuiltinOperator.GATHER_ND, [data, places], "values", TensorType.INT8, [6], TfLiteModelBuilder.Quantized(0.5f, 3)));
        var graph = TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test");
        Assert.Equal(["places", "values"], graph.Outputs.Select(o => o.Name));
        using var compiled = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(PassPipeline.Run(graph)), ArtifactMetadata.None));
        using var session = compiled.CreateSession();
        new byte[] { 0, 1, 0, 1, 0, 1 }.CopyTo(session.Input(0));
        new byte[] { 10, 11, 12, 13, 14, 15 }.CopyTo(session.Input(1));
        session.Run();
        Assert.Equal([0, 1, 1, 0, 1, 2], session.Output<long>(0).ToArray());
        Assert.Equal<byte>([11, 13, 15], session.Output(1).ToArray());
    }

    /// <summary>Operators that would take a bound for a length are refused.</summary>
    [Fact]
    public void LengthsOfRunTimeAreNotTakenForBounds()
    {
        var model = new TfLiteModelBuilder();
        int places = model.Operator(BuiltinOperator.WHERE, [model.Input("found", TensorType.BOOL, [3])], "places", TensorType.INT64, [3, 1]);
        model.Output(model.Operator(BuiltinOperator.SHAPE, [places], "y", TensorType.INT32, [2], options: new ShapeOptionsT { OutType = TensorType.INT32 }));
        var fault = Assert.Throws<ModelException>(() => TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test"));
        Assert.Equal(DiagnosticCodes.UnsupportedForm, fault.Diagnostics[0].Code);
        Assert.Contains("known at run time only", fault.Message, StringComparison.Ordinal);
    }

    private static byte[] Packed(sbyte[] numbers) => [.. numbers.Chunk(2).Select(pair => (byte)(pair[0] & 15 | pair[1] << 4))];

    private static Tensor Run(TfLiteModelBuilder model, Tensor input) =>
        Evaluator.Run(TfLiteImporter.Import(TfLiteFile.Open(model.Build()), TfLiteNumerics.Builtin, "test"), [input])[0];
}
