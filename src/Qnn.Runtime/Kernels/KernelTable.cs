using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Detection;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Hybrid;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Quantization;
using Qnn.Runtime.Kernels.Recurrent;
using Qnn.Runtime.Kernels.Reduction;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.Kernels.Rows;
using Qnn.Runtime.Kernels.Sampling;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Runtime.Kernels;

/// <summary>Makes a step's kernel: verifies the operands, chooses by <see cref="StepInfo.Tier"/>.</summary>
internal delegate Kernel KernelFactory(StepInfo step);

/// <summary>The one place that ties operators to kernels: a line each, in the order of <see cref="OpCode"/>.</summary>
internal static class KernelTable
{
    private static readonly Dictionary<OpCode, KernelFactory> s_factories = new()
    {
        [OpCode.QuantizedConv2D] = ConvolutionKernels.CreateConv2D,
        [OpCode.QuantizedDepthwiseConv2D] = DepthwiseKernels.Create,
        [OpCode.SaturatingDepthwiseConv2D] = DepthwiseKernels.CreateSaturating,
        [OpCode.QuantizedDense] = ConvolutionKernels.CreateDense,
        [OpCode.QuantizedConv2DTranspose] = WideConv2DTransposeKernel.Create,
        [OpCode.QuantizedBatchMatMul] = WideBatchMatMulKernel.Create,
        [OpCode.QuantizedConv2D16] = WideConv2DKernel.Create,
        [OpCode.QuantizedDepthwiseConv2D16] = WideDepthwiseKernel.Create,
        [OpCode.Conv2D] = FloatConv2DKernel.Create,
        [OpCode.DepthwiseConv2D] = FloatDepthwiseConv2DKernel.Create,
        [OpCode.Conv2DTranspose] = FloatConv2DTransposeKernel.Create,
        [OpCode.BatchMatMul] = FloatBatchMatMulKernel.Create,
        [OpCode.HybridConv2D] = HybridConv2DKernel.Create,
        [OpCode.QuantizedPool2D] = QuantizedPool2DKernel.Create,
        [OpCode.Pool2D] = FloatPool2DKernel.Create,
        [OpCode.QuantizedMean] = QuantizedMeanKernel.Create,
        [OpCode.Reduce] = ReduceKernel.Create,
        [OpCode.ArgReduce] = ArgReduceKernel.Create,
        [OpCode.CumulativeSum] = CumulativeSumKernel.Create,
        [OpCode.CascadeSum] = CascadeSumKernel.Create,
        [OpCode.TopK] = TopKKernel.Create,
        [OpCode.Quantize] = QuantizeKernel.Create,
        [OpCode.Dequantize] = DequantizeKernel.Create,
        [OpCode.Requantize] = RequantizeKernel.Create,
        [OpCode.FlipSign] = FlipSignKernel.Create,
        [OpCode.Cast] = CastKernel.Create,
        [OpCode.DynamicQuantize] = DynamicQuantizeKernel.Create,
        [OpCode.QuantizedAdd] = QuantizedAddKernel.Create,
        [OpCode.QuantizedMul] = QuantizedMulKernel.Create,
        [OpCode.QuantizedCompare] = QuantizedCompareKernel.Create,
        [OpCode.LookupTable] = LookupTableKernel.Create,
        [OpCode.QuantizedPRelu] = QuantizedPReluKernel.Create,
        [OpCode.Unary] = UnaryKernel.Create,
        [OpCode.Binary] = BinaryKernel.Create,
        [OpCode.Compare] = CompareKernel.Create,
        [OpCode.Select] = SelectKernel.Create,
        [OpCode.QuantizedPiecewise] = QuantizedPiecewiseKernel.Create,
        [OpCode.LookupTable16] = LookupTable16Kernel.Create,
        [OpCode.QuantizedSquaredDifference] = QuantizedSquaredDifferenceKernel.Create,
        [OpCode.QuantizedMinMax] = QuantizedMinMaxKernel.Create,
        [OpCode.QuantizedSoftmax] = QuantizedSoftmaxKernel.Create,
        [OpCode.Softmax] = RowNormalizationKernel.Create,
        [OpCode.LogSoftmax] = RowNormalizationKernel.Create,
        [OpCode.L2Normalize] = RowNormalizationKernel.Create,
        [OpCode.LocalResponseNormalization] = RowNormalizationKernel.Create,
        [OpCode.Copy] = CopyKernel.Create,
        [OpCode.Pad] = PadKernel.Create,
        [OpCode.MirrorPad] = MirrorPadKernel.Create,
        [OpCode.StridedCopy] = StridedCopyKernel.Create,
        [OpCode.Concat] = ConcatKernel.Create,
        [OpCode.Gather] = GatherKernel.Create,
        [OpCode.GatherNd] = GatherNdKernel.Create,
        [OpCode.ReverseSequence] = ReverseSequenceKernel.Create,
        [OpCode.Resize] = ResizeKernel.Create,
        [OpCode.QuantizedResizeBilinear] = QuantizedResizeBilinearKernel.Create,
        [OpCode.ScatterNd] = ScatterNdKernel.Create,
        [OpCode.Lstm] = LstmKernel.Create,
        [OpCode.QuantizedLstm] = QuantizedLstmKernel.Create,
        [OpCode.Svdf] = SvdfKernel.Create,
        [OpCode.QuantizedSvdf] = QuantizedSvdfKernel.Create,
        [OpCode.DetectionPostProcess] = DetectionPostProcessKernel.Create,
        [OpCode.NonMaxSuppression] = NonMaxSuppressionKernel.Create,
        [OpCode.GridSample] = GridSampleKernel.Create,
        [OpCode.RoiAlign] = RoiAlignKernel.Create,
        [OpCode.BoxSelection] = BoxSelectionKernel.Create,
        [OpCode.RowChain] = RowChainKernel.Create,
        [OpCode.RowSum] = RowSumKernel.Create,
        [OpCode.OnnxRecurrent] = OnnxRecurrentKernel.Create,
        [OpCode.DynamicRecurrent] = DynamicRecurrentKernel.Create,
        [OpCode.EmbeddingBag] = EmbeddingBagKernel.Create,
        [OpCode.MultiplyAdd] = MultiplyAddKernel.Create,
        [OpCode.Interpolate] = InterpolateKernel.Create,
        [OpCode.QuantizedMatMul] = QuantizedMatMulKernel.Create,
        [OpCode.DynamicQuantizeLinear] = DynamicQuantizeLinearKernel.Create,
        [OpCode.ScaledSums] = ScaledSumsKernel.Create,
        [OpCode.ResidualSums] = ResidualSumsKernel.Create,
        [OpCode.LayerNormalization] = LayerNormalizationKernel.Create,
        [OpCode.QuantizedL2Normalize] = QuantizedL2NormalizeKernel.Create,
        [OpCode.QuantizedLogSoftmax] = QuantizedLogSoftmaxKernel.Create,
        [OpCode.QuantizedDiv] = QuantizedDivKernel.Create,
        [OpCode.QuantizedProduct] = QuantizedProductKernel.Create,
        [OpCode.Rnn] = RnnKernel.Create,
    };

    /// <summary>Makes the kernel of a step.</summary>
    /// <exception cref="QnnFormatException">The operator is unknown, or the step's operands do not fit it.</exception>
    public static Kernel Create(StepInfo step) =>
        s_factories.TryGetValue(step.OpCode, out var factory) ? factory(step) : throw step.Fault("needs an operator that this runtime does not have");
}
