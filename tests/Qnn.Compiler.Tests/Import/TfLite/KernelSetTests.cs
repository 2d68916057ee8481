using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Hybrid;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Testing;
using Padding = Qnn.Compiler.Import.TfLite.Schema.Padding;
using Tensor = Qnn.Compiler.Ir.Tensor;
using TensorType = Qnn.Compiler.Import.TfLite.Schema.TensorType;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Which arithmetic an operator has in each of the three kernel sets, where they differ; answers are LiteRT 2.5.3's own, with its XNNPACK delegate.</summary>
public sealed class KernelSetTests
{
    [Theory]
    [InlineData(TfLiteNumerics.Builtin, true, RequantizeArithmetic.Float64Away)]
    [InlineData(TfLiteNumerics.Xnnpack, true, RequantizeArithmetic.Float64Away)]
    [InlineData(TfLiteNumerics.Reference, true, RequantizeArithmetic.FixedPointWide)]
    [InlineData(TfLiteNumerics.Builtin, false, RequantizeArithmetic.FixedPointSingle)]
    [InlineData(TfLiteNumerics.Xnnpack, false, RequantizeArithmetic.FixedPointSingle)]
    internal void WideFullyConnectedRoundsOnce(TfLiteNumerics numerics, bool hasBias, RequantizeArithmetic arithmetic)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.INT16, [2, 4], TfLiteModelBuilder.Quantized(0.001f));
        int w = model.Constant("w", new sbyte[12], [3, 4], TfLiteModelBuilder.Quantized(0.01f));
        int b = model.Constant("b", new long[3], [3], TfLiteModelBuilder.Quantized(0.00001f));
        model.Output(model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w, hasBias ? b : -1], "y", TensorType.INT16, [2, 3], TfLiteModelBuilder.Quantized(0.002f), new FullyConnectedOptionsT()));
        Assert.Equal(arithmetic, Operator<QnnConv2D16>(model, numerics).Epilogue.Arithmetic);
    }

    /// <summary>With a bias of 64 bits ties go away from zero, sums do not wrap, and the scales are multiplied in double precision.</summary>
    [Theory]
    [InlineData(0.5f, 0.25f, 16, -64, 1, 0, -1)]
    [InlineData(0.5f, 0.25f, 16, 64, 1, 0, 1)]
    [InlineData(0.5f, 0.25f, 16, 64, 3, 0, 2)]
    [InlineData(1, 1, 1 << 20, 32767, 127, 20L << 30, 20484)]
    [InlineData(0.7272218f, 0.36630306f, 27.204805f, -22768, 127, -21, -28314)]
    internal void WideFullyConnectedWithABiasOf64BitsRoundsInDoublePrecision(float dataScale, float weightScale, float resultScale, int data, sbyte weight, long bias, int expected)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.INT16, [1, 1], TfLiteModelBuilder.Quantized(dataScale));
        int w = model.Constant("w", [weight], [1, 1], TfLiteModelBuilder.Quantized(weightScale));
        int b = model.Constant("b", [bias], [1], TfLiteModelBuilder.Quantized(dataScale * weightScale));
        model.Output(model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, w, b], "y", TensorType.INT16, [1, 1], TfLiteModelBuilder.Quantized(resultScale), new FullyConnectedOptionsT()));
        var graph = Import(model, TfLiteNumerics.Builtin);
        Assert.Equal([expected], Evaluator.Run(graph, [Tensor.Of<short>(graph.Inputs[0].Type.Shape, [(short)data], graph.Inputs[0].Type.Quantization!)])[0].ToInt32());
    }

    /// <summary>XNNPACK's delegate takes depthwise layers with a bias, and products of bytes whose second matrix is symmetric.</summary>
    [Theory]
    [InlineData(BuiltinOperator.DEPTHWISE_CONV_2D, true, RequantizeArithmetic.Float32NearestEven)]
    [InlineData(BuiltinOperator.DEPTHWISE_CONV_2D, false, RequantizeArithmetic.FixedPointDouble)]
    [InlineData(BuiltinOperator.BATCH_MATMUL, true, RequantizeArithmetic.Float32NearestEven)]
    [InlineData(BuiltinOperator.BATCH_MATMUL, false, RequantizeArithmetic.FixedPointDouble)]
    internal void XnnpackTakesSomeLayersOfBytesOnly(BuiltinOperator code, bool isTaken, RequantizeArithmetic arithmetic)
    {
        var model = new TfLiteModelBuilder();
        bool depthwise = code == BuiltinOperator.DEPTHWISE_CONV_2D;
        int x = model.Input("x", TensorType.INT8, depthwise ? [1, 1, 1, 2] : [2, 2], TfLiteModelBuilder.Quantized(0.1f, 3));
        int w = depthwise ? model.Constant("w", new sbyte[] { 1, 2 }, [1, 1, 1, 2], TfLiteModelBuilder.PerChannel(3, [0.01f, 0.02f])) : model.Input("w", TensorType.INT8, [2, 2], TfLiteModelBuilder.Quantized(0.1f, isTaken ? 0 : 1));
        int[] inputs = depthwise && isTaken ? [x, w, model.Constant("b", new int[2], [2], TfLiteModelBuilder.PerChannel(0, [0.001f, 0.002f]))] : [x, w];
        object options = depthwise ? new DepthwiseConv2DOptionsT { StrideH = 1, StrideW = 1, DepthMultiplier = 1 } : new BatchMatMulOptionsT();
        model.Output(model.Operator(code, inputs, "y", TensorType.INT8, depthwise ? [1, 1, 1, 2] : [2, 2], TfLiteModelBuilder.Quantized(0.1f), options));
        Assert.Equal(arithmetic, depthwise ? Operator<Requantize>(model, TfLiteNumerics.Xnnpack).Arithmetic : Operator<QnnBatchMatMul>(model, TfLiteNumerics.Xnnpack).Epilogue.Arithmetic);
    }

    /// <summary>The optimised kernel multiplies the weights of row and column first, the reference kernel each neighbour by one and the other.</summary>
    [Theory]
    [InlineData(TfLiteNumerics.Builtin, BilinearOrder.Products, ResizeArithmetic.Float32Products)]
    [InlineData(TfLiteNumerics.Reference, BilinearOrder.Neighbours, ResizeArithmetic.Float32)]
    [InlineData(TfLiteNumerics.Xnnpack, BilinearOrder.Lines, ResizeArithmetic.Fixed11)]
    internal void BilinearWeightsAreMultipliedInOrder(TfLiteNumerics numerics, BilinearOrder order, ResizeArithmetic arithmetic)
    {
        TfLiteModelBuilder Model(TensorType type, QuantizationParametersT? quantization, int height = 7, int width = 5)
        {
            var model = new TfLiteModelBuilder();
            int x = model.Input("x", type, [1, 2, 3, 1], quantization), size = model.Constant("size", [height, width], [2]);
            model.Output(model.Operator(BuiltinOperator.RESIZE_BILINEAR, [x, size], "y", type, [1, height, width, 1], quantization, new ResizeBilinearOptionsT()));
            return model;
        }

        Assert.Equal(order == BilinearOrder.Products ? BilinearOrder.Doubled : order, Operator<Resize2D>(Model(TensorType.FLOAT32, null, 4, 6), numerics).Order);
        Assert.Equal(order, Operator<Resize2D>(Model(TensorType.FLOAT32, null), numerics).Order);
        Assert.Equal(arithmetic, Operator<QuantizedResizeBilinear>(Model(TensorType.UINT8, TfLiteModelBuilder.Quantized(0.1f)), numerics).Arithmetic);
    }

    [Theory]
    [InlineData(1, Padding.SAME, RequantizeArithmetic.FixedPointDouble)]
    [InlineData(2, Padding.SAME, RequantizeArithmetic.Float32NearestEven)]
    [InlineData(1, Padding.VALID, RequantizeArithmetic.Float32NearestEven)]
    internal void XnnpackLeavesTransposedWindowsThatDoNotReachTheEnd(int window, Padding padding, RequantizeArithmetic arithmetic)
    {
        var model = new TfLiteModelBuilder();
        int size = padding == Padding.SAME ? 6 : 5;
        int shape = model.Constant("shape", [1, size, size, 1], [4]);
        int w = model.Constant("w", new sbyte[window * window], [1, window, window, 1], TfLiteModelBuilder.Quantized(0.01f));
        int x = model.Input("x", TensorType.INT8, [1, 3, 3, 1], TfLiteModelBuilder.Quantized(0.1f));
        model.Output(model.Operator(BuiltinOperator.TRANSPOSE_CONV, [shape, w, x], "y", TensorType.INT8, [1, size, size, 1], TfLiteModelBuilder.Quantized(0.1f),
            new TransposeConvOptionsT { Padding = padding, StrideH = 2, StrideW = 2 }));
        Assert.Equal(arithmetic, Operator<QnnConv2DTranspose>(model, TfLiteNumerics.Xnnpack).Epilogue.Arithmetic);
    }

    [Theory]
    [InlineData(BuiltinOperator.DEPTHWISE_CONV_2D, TfLiteNumerics.Builtin, HybridScaling.DataFirst, false)]
    [InlineData(BuiltinOperator.DEPTHWISE_CONV_2D, TfLiteNumerics.Xnnpack, HybridScaling.DataFirst, false)]
    [InlineData(BuiltinOperator.DEPTHWISE_CONV_2D, TfLiteNumerics.Reference, HybridScaling.Product, false)]
    [InlineData(BuiltinOperator.CONV_2D, TfLiteNumerics.Builtin, HybridScaling.Product, false)]
    [InlineData(BuiltinOperator.CONV_2D, TfLiteNumerics.Xnnpack, HybridScaling.DataFirst, true)]
    [InlineData(BuiltinOperator.CONV_2D, TfLiteNumerics.Reference, HybridScaling.WeightFirst, false)]
    internal void HybridConvolutionsScaleInOrder(BuiltinOperator code, TfLiteNumerics numerics, HybridScaling scaling, bool isQuantizedByXnnpack)
    {
        var model = new TfLiteModelBuilder();
        bool depthwise = code == BuiltinOperator.DEPTHWISE_CONV_2D;
        int x = model.Input("x", TensorType.FLOAT32, [1, 4, 4, 2]);
        int w = model.Constant("w", new sbyte[depthwise ? 18 : 36], depthwise ? [1, 3, 3, 2] : [2, 3, 3, 2], TfLiteModelBuilder.PerChannel(depthwise ? 3 : 0, [0.01f, 0.02f]));
        object options = depthwise ? new DepthwiseConv2DOptionsT { StrideH = 1, StrideW = 1, DepthMultiplier = 1 } : new Conv2DOptionsT { StrideH = 1, StrideW = 1 };
        model.Output(model.Operator(code, [x, w], "y", TensorType.FLOAT32, [1, 4, 4, 2], options: options));
        Assert.Equal(scaling, Operator<HybridConv2D>(model, numerics).Scaling);
        Assert.Equal(isQuantizedByXnnpack, Operator<DynamicQuantize>(model, numerics).Xnnpack);
    }

    /// <summary>XNNPACK's delegate takes a pixel for a row of a dense layer where windows are pixels, and quantizes each apart; else an image.</summary>
    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    internal void XnnpackQuantizesPixelsApart(int window, int stride, int scales)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1, 4, 4, 2]), side = 4 / stride;
        int w = model.Constant("w", new sbyte[window * window * 6], [3, window, window, 2], TfLiteModelBuilder.Quantized(0.01f));
        model.Output(model.Operator(BuiltinOperator.CONV_2D, [x, w], "y", TensorType.FLOAT32, [1, side, side, 3], options: new Conv2DOptionsT { StrideH = stride, StrideW = stride }));
        var quantize = Import(model, TfLiteNumerics.Xnnpack).Nodes.Single(n => n.Operator is DynamicQuantize);
        Assert.Equal(scales, quantize.Outputs[1].Type.Shape.ElementCount);
    }

    /// <summary>XNNPACK's delegate takes dense layers of four bits whose rows are whole bytes, and no convolutions.</summary>
    [Theory]
    [InlineData(BuiltinOperator.FULLY_CONNECTED, 4, true)]
    [InlineData(BuiltinOperator.FULLY_CONNECTED, 3, false)]
    [InlineData(BuiltinOperator.BATCH_MATMUL, 4, true)]
    [InlineData(BuiltinOperator.CONV_2D, 4, false)]
    internal void XnnpackTakesFewBitsOfDenseLayers(BuiltinOperator code, int inputs, bool isTaken)
    {
        var model = new TfLiteModelBuilder();
        bool dense = code != BuiltinOperator.CONV_2D;
        int[] pixel = dense ? [1] : [1, 1, 1];
        int x = model.Input("x", TensorType.FLOAT32, [.. pixel, inputs]);
        int w = model.Constant("w", TensorType.INT4, new byte[inputs], dense ? [2, inputs] : [2, 1, 1, inputs], TfLiteModelBuilder.Quantized(0.01f));
        model.Output(model.Operator(code, [x, w], "y", TensorType.FLOAT32, [.. pixel, 2], options: code switch
        {
            BuiltinOperator.FULLY_CONNECTED => new FullyConnectedOptionsT(),
            BuiltinOperator.BATCH_MATMUL => new BatchMatMulOptionsT { AdjY = true },
            _ => new Conv2DOptionsT { StrideH = 1, StrideW = 1 },
        }));
        Assert.Equal(isTaken, Operator<DynamicQuantize>(model, TfLiteNumerics.Xnnpack).Xnnpack);
    }

    /// <summary>XNNPACK interpolates from a neighbour towards the other, so that an even image stays as it is.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void XnnpackInterpolatesLineByLine(bool alignCorners, bool halfPixelCenters)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1, 2, 3, 1]), size = model.Constant("size", [7, 5], [2]);
        model.Output(model.Operator(BuiltinOperator.RESIZE_BILINEAR, [x, size], "y", TensorType.FLOAT32, [1, 7, 5, 1], options: new ResizeBilinearOptionsT { AlignCorners = alignCorners, HalfPixelCenters = halfPixelCenters }));
        var graph = Import(model, TfLiteNumerics.Xnnpack);
        Assert.All(Evaluator.Run(graph, [Tensor.Of<float>(graph.Inputs[0].Type.Shape, Enumerable.Repeat(0.1f, 6).ToArray())])[0].Span<float>().ToArray(), value => Assert.Equal(0.1f, value));
        float[] rising = Evaluator.Run(graph, [Tensor.Of<float>(graph.Inputs[0].Type.Shape, [0, 1, 2, 3, 4, 5])])[0].Span<float>().ToArray();
        Assert.All(rising.Chunk(5), line => Assert.Equal(line.Order(), line));
        Assert.Equal(0, rising[0]);
    }

    /// <summary>The optimised kernel divides in double precision: so near a half, float would round up.</summary>
    [Theory]
    [InlineData(TfLiteNumerics.Builtin, -20001)]
    [InlineData(TfLiteNumerics.Xnnpack, -20001)]
    [InlineData(TfLiteNumerics.Reference, -20002)]
    internal void QuantizeDividesInDoublePrecision(TfLiteNumerics numerics, int expected)
    {
        const float scale = 6.594352e-5f;
        const float number = -1.3189692497253418f;
        Assert.Equal(-20001.5f, number / scale);
        Assert.True(number / (double)scale > -20001.4999);
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1]);
        model.Output(model.Operator(BuiltinOperator.QUANTIZE, [x], "y", TensorType.INT16, [1], TfLiteModelBuilder.Quantized(scale)));
        var graph = Import(model, numerics);
        Assert.Equal([expected], Evaluator.Run(graph, [Tensor.Of<float>(graph.Inputs[0].Type.Shape, [number])])[0].ToInt32());
    }

    /// <summary>A tie goes to the even number once the result's zero point is added.</summary>
    [Theory]
    [InlineData(BuiltinOperator.SUM, new sbyte[] { -100, -62 }, 0.25f, 127, 86)]
    [InlineData(BuiltinOperator.SUM, new sbyte[] { -100, -50 }, 0.25f, 127, 90)]
    [InlineData(BuiltinOperator.SUM, new sbyte[] { 100, 6 }, 0.25f, 60, 86)]
    [InlineData(BuiltinOperator.MEAN, new sbyte[] { -100, -117 }, 1, 127, 18)]
    [InlineData(BuiltinOperator.MEAN, new sbyte[] { 3, 0 }, 1, 0, 2)]
    internal void XnnpackRoundsTiesOfReductionsWithTheZeroPoint(BuiltinOperator code, sbyte[] data, float factor, int zeroPoint, int expected)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.INT8, [2], TfLiteModelBuilder.Quantized(factor));
        int axis = model.Constant("axis", [0], [1]);
        model.Output(model.Operator(code, [x, axis], "y", TensorType.INT8, [1], TfLiteModelBuilder.Quantized(1, zeroPoint), new ReducerOptionsT { KeepDims = true }));
        var graph = Import(model, TfLiteNumerics.Xnnpack);
        Assert.Equal([expected], Evaluator.Run(graph, [new Tensor(graph.Inputs[0].Type, System.Runtime.InteropServices.MemoryMarshal.AsBytes<sbyte>(data).ToArray())])[0].ToInt32());
    }

    /// <summary>XNNPACK's narrow tiles take layers whose outputs do not fill wide ones: those of pixels as dense layers, of a single channel to a single one as depthwise ones.</summary>
    [Theory]
    [InlineData(BuiltinOperator.CONV_2D, 1, 2, 8, FloatSum.RoundedFromBias)]
    [InlineData(BuiltinOperator.CONV_2D, 1, 2, 12, FloatSum.RoundedLanes)]
    [InlineData(BuiltinOperator.CONV_2D, 2, 2, 12, FloatSum.RoundedFromBias)]
    [InlineData(BuiltinOperator.CONV_2D, 2, 2, 7, FloatSum.RoundedLanes)]
    [InlineData(BuiltinOperator.CONV_2D, 2, 1, 1, FloatSum.RoundedByColumns)]
    [InlineData(BuiltinOperator.TRANSPOSE_CONV, 2, 2, 7, FloatSum.RoundedLanes)]
    [InlineData(BuiltinOperator.TRANSPOSE_CONV, 2, 2, 8, FloatSum.RoundedFromBias)]
    internal void XnnpackAddsNarrowLayersInLanes(BuiltinOperator code, int window, int channels, int outputs, FloatSum sum)
    {
        var model = new TfLiteModelBuilder();
        bool transposed = code == BuiltinOperator.TRANSPOSE_CONV;
        int size = transposed ? 3 + window : 5 - window;
        int x = model.Input("x", TensorType.FLOAT32, [1, 4, 4, channels]);
        int w = model.Constant("w", new float[outputs * window * window * channels], [outputs, window, window, channels]), b = model.Constant("b", new float[outputs], [outputs]);
        int[] inputs = transposed ? [model.Constant("shape", [1, size, size, outputs], [4]), w, x, b] : [x, w, b];
        object options = transposed ? new TransposeConvOptionsT { Padding = Padding.VALID, StrideH = 1, StrideW = 1 } : new Conv2DOptionsT { Padding = Padding.VALID, StrideH = 1, StrideW = 1 };
        model.Output(model.Operator(code, inputs, "y", TensorType.FLOAT32, [1, size, size, outputs], options: options));
        var op = Import(model, TfLiteNumerics.Xnnpack).Nodes.Select(n => n.Operator).Single(o => o is Conv2D or DepthwiseConv2D or Conv2DTranspose);
        Assert.Equal(sum, op switch { Conv2D c => c.Sum, DepthwiseConv2D d => d.Sum, Conv2DTranspose t => t.Sum, _ => throw new InvalidOperationException() });
    }

    /// <summary>Transposed convolutions of the optimised kernel multiply matrices first, pixel by pixel: sums of eight channels pair even and odd ones.</summary>
    [Theory]
    [InlineData(TfLiteNumerics.Builtin, 1 << 24, (1 << 24) + 4)]
    [InlineData(TfLiteNumerics.Reference, 1 << 24, 1 << 24)]
    internal void TransposedConvolutionsPairProducts(TfLiteNumerics numerics, float first, float expected)
    {
        var model = new TfLiteModelBuilder();
        int shape = model.Constant("shape", [1, 2, 2, 2], [4]), x = model.Input("x", TensorType.FLOAT32, [1, 2, 2, 8]);
        int w = model.Constant("w", Enumerable.Repeat(1f, 16).ToArray(), [2, 1, 1, 8]);
        model.Output(model.Operator(BuiltinOperator.TRANSPOSE_CONV, [shape, w, x], "y", TensorType.FLOAT32, [1, 2, 2, 2], options: new TransposeConvOptionsT { Padding = Padding.VALID, StrideH = 1, StrideW = 1 }));
        var graph = Import(model, numerics);
        float[] pixel = [first, 1, 0, 1, 0, 1, 0, 1];
        float[] results = Evaluator.Run(graph, [Tensor.Of<float>(graph.Inputs[0].Type.Shape, [.. pixel, .. pixel, .. pixel, .. pixel])])[0].Span<float>().ToArray();
        Assert.All(results, result => Assert.Equal(expected, result));
    }

    /// <summary>XNNPACK's mean is the sum times the reciprocal of the count, which is not the quotient.</summary>
    [Theory]
    [InlineData(TfLiteNumerics.Builtin, 41)]
    [InlineData(TfLiteNumerics.Xnnpack, 41)]
    internal void XnnpackMultipliesMeansByTheReciprocal(TfLiteNumerics numerics, int count)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1, count, 1, 1]), axes = model.Constant("axes", [1, 2], [2]);
        model.Output(model.Operator(BuiltinOperator.MEAN, [x, axes], "y", TensorType.FLOAT32, [1, 1], options: new ReducerOptionsT()));
        var graph = Import(model, numerics);
        float[] data = new float[count];
        data[0] = count;
        Assert.NotEqual(1, count * (1f / count));
        Assert.Equal(numerics == TfLiteNumerics.Xnnpack ? count * (1f / count) : 1, Evaluator.Run(graph, [Tensor.Of<float>(graph.Inputs[0].Type.Shape, data)])[0].Span<float>()[0]);
    }

    /// <summary>Functions of floats as LiteRT 2.5.3 answers, without its delegate and with it.</summary>
    [Theory]
    [InlineData(BuiltinOperator.ELU, false, new[] { -0.412961572f, -2.50759888f, -0.798110902f, -0.56916362f }, new[] { -0.338312298f, -0.918536425f, -0.549821377f, -0.434001386f }, new[] { -0.338312268f, -0.918536365f, -0.549821377f, -0.434001386f })]
    [InlineData(BuiltinOperator.HARD_SWISH, false, new[] { 3.95162416f, -2.40084505f, -1.20099366f, 6.05835056f }, new[] { 3.95162439f, -0.239746377f, -0.360099196f, 6.05835104f }, new[] { 3.95162416f, -0.239746347f, -0.360099167f, 6.05835056f })]
    [InlineData(BuiltinOperator.TANH, false, new[] { -0.412961572f, 2.18991995f, -0.964302838f, 6.05835056f }, new[] { -0.390984416f, 0.975255311f, -0.746190071f, 0.999989033f }, new[] { -0.390984446f, 0.975255251f, -0.746190012f, 0.999988854f })]
    [InlineData(BuiltinOperator.COS, false, new[] { -0.412961572f, 2.99830103f, 9.23898792f, 2.33709478f }, new[] { 0.915936291f, -0.989751339f, -0.982790649f, -0.693473101f }, new[] { 0.915936351f, -0.989751279f, -0.982790649f, -0.693473041f })]
    [InlineData(BuiltinOperator.EXP, false, new[] { 3.95162416f, -0.835512638f, 8.16803932f, 2.33709478f }, new[] { 52.0197868f, 0.433652133f, 3526.4231f, 10.3511209f }, new[] { 52.0197754f, 0.433652103f, 3526.42334f, 10.35112f })]
    [InlineData(BuiltinOperator.SIN, false, new[] { -0.412961572f, 2.91549325f, -0.835676849f, 2.33709478f }, new[] { -0.401323706f, 0.224177927f, -0.741750598f, 0.720482528f }, new[] { -0.401323676f, 0.224178016f, -0.741750598f, 0.720482588f })]
    [InlineData(BuiltinOperator.LOG, false, new[] { 3.95162416f, 0.509098589f, 1.1475296f, 0.565042734f }, new[] { 1.37412667f, -0.675113559f, 0.137611464f, -0.570853889f }, new[] { 1.37412679f, -0.675113618f, 0.137611449f, -0.570853829f })]
    [InlineData(BuiltinOperator.LOGISTIC, false, new[] { -15.0755005f, -1.49881709f, 0.256008506f, 16.8943748f }, new[] { 2.83656817e-07f, 0.182602018f, 0.56365478f, 1 }, new[] { 2.83656789e-07f, 0.182602003f, 0.56365478f, 0.99999994f })]
    [InlineData(BuiltinOperator.GELU, true, new[] { -0.412961572f, 3.95162416f, -1.27991247f, -3.91424799f }, new[] { -0.14034f, 3.9515357f, -0.128587887f, -0.000105338273f }, new[] { -0.140340015f, 3.9515357f, -0.128587857f, -0.000105221618f })]
    [InlineData(BuiltinOperator.GELU, false, new[] { -0.412961572f, 0.120980747f, -1.9789902f, -2.07851386f }, new[] { -0.140331522f, 0.0663152114f, -0.0473148078f, -0.0391405597f }, new[] { -0.140331537f, 0.0663152114f, -0.0473147966f, -0.0391405262f })]
    internal void FunctionsOfFloatsFollowTheKernelSet(BuiltinOperator code, bool approximate, float[] data, float[] builtin, float[] xnnpack)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [data.Length]);
        model.Output(model.Operator(code, [x], "y", TensorType.FLOAT32, [data.Length], options: code == BuiltinOperator.GELU ? new GeluOptionsT { Approximate = approximate } : null));
        foreach (var (numerics, expected) in new[] { (TfLiteNumerics.Builtin, builtin), (TfLiteNumerics.Xnnpack, xnnpack) })
        {
            var graph = Import(model, numerics);
            Assert.Equal(expected, Evaluator.Run(graph, [Tensor.Of<float>(graph.Inputs[0].Type.Shape, data)])[0].Span<float>().ToArray());
        }
    }

    /// <summary>Halfway between two numbers the kernels' tables go away from zero, XNNPACK's to the even number, the zero point added.</summary>
    [Theory]
    [InlineData(BuiltinOperator.TANH, TensorType.INT8, 0.011667804f, -96, 0.0078125f, 0, 124, 127, 126)]
    [InlineData(BuiltinOperator.TANH, TensorType.UINT8, 0.031037835f, 93, 0.0078125f, 128, 83, 89, 90)]
    [InlineData(BuiltinOperator.LOGISTIC, TensorType.INT8, 0.15951279f, 16, 0.00390625f, -128, 21, 49, 48)]
    [InlineData(BuiltinOperator.LOGISTIC, TensorType.UINT8, 0.008737628f, 212, 0.00390625f, 0, 65, 56, 55)]
    [InlineData(BuiltinOperator.ELU, TensorType.INT8, 0.052935295f, -5, 0.0078125f, 0, 167, -127, -126)]
    internal void TablesRoundTiesByTheKernelSet(BuiltinOperator code, TensorType type, float scale, int zeroPoint, float resultScale, int resultZeroPoint, byte data, int builtin, int xnnpack)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", type, [1], TfLiteModelBuilder.Quantized(scale, zeroPoint));
        model.Output(model.Operator(code, [x], "y", type, [1], TfLiteModelBuilder.Quantized(resultScale, resultZeroPoint)));
        foreach (var (numerics, expected) in new[] { (TfLiteNumerics.Builtin, builtin), (TfLiteNumerics.Xnnpack, xnnpack) })
        {
            var graph = Import(model, numerics);
            Assert.Equal([expected], Evaluator.Run(graph, [new Tensor(graph.Inputs[0].Type, new[] { data })])[0].ToInt32());
        }
    }

    /// <summary>The optimised kernel adds 1 to the floor: what is between -1/2 and 0 becomes 0 without a sign.</summary>
    [Theory]
    [InlineData(TfLiteNumerics.Builtin, false)]
    [InlineData(TfLiteNumerics.Xnnpack, true)]
    internal void RoundingLosesTheSignInTheOptimisedKernel(TfLiteNumerics numerics, bool isNegative)
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [4]);
        model.Output(model.Operator(BuiltinOperator.ROUND, [x], "y", TensorType.FLOAT32, [4]));
        var graph = Import(model, numerics);
        float[] results = Evaluator.Run(graph, [Tensor.Of<float>(graph.Inputs[0].Type.Shape, [-0.25f, -1.5f, 2.5f, 3.5f])])[0].Span<float>().ToArray();
        Assert.Equal([0, -2, 2, 4], results);
        Assert.Equal(isNegative, float.IsNegative(results[0]));
    }

    private static T Operator<T>(TfLiteModelBuilder model, TfLiteNumerics numerics) where T : Ir.Operator => Assert.Single(Import(model, numerics).Nodes.Select(n => n.Operator).OfType<T>());

    private static Graph Import(TfLiteModelBuilder model, TfLiteNumerics numerics) => TfLiteImporter.Import(TfLiteFile.Open(model.Build()), numerics, "test");
}
