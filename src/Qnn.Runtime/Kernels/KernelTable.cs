using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Counted;
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

/// <summary>The one place that ties operators to kernels: a line each, in the order of <see cref="OpCode"/>.</summary>
internal static class KernelTable
{
    /// <summary>Makes a step's kernel: verifies the operands, chooses by <see cref="StepInfo.Tier"/>.</summary>
    /// <exception cref="QnnFormatException">The operator is unknown, or the step's operands do not fit it.</exception>
    public static Kernel Create(StepInfo step) => step.OpCode switch
    {
        OpCode.QuantizedConv2D => ConvolutionKernels.CreateConv2D(step),
        OpCode.QuantizedDepthwiseConv2D => DepthwiseKernels.Create(step),
        OpCode.SaturatingDepthwiseConv2D => DepthwiseKernels.CreateSaturating(step),
        OpCode.QuantizedDense => ConvolutionKernels.CreateDense(step),
        OpCode.QuantizedConv2DTranspose => WideConv2DTransposeKernel.Create(step),
        OpCode.QuantizedBatchMatMul => WideBatchMatMulKernel.Create(step),
        OpCode.QuantizedConv2D16 => WideConv2DKernel.Create(step),
        OpCode.QuantizedDepthwiseConv2D16 => WideDepthwiseKernel.Create(step),
        OpCode.Conv2D => FloatConv2DKernel.Create(step),
        OpCode.DepthwiseConv2D => FloatDepthwiseConv2DKernel.Create(step),
        OpCode.Conv2DTranspose => FloatConv2DTransposeKernel.Create(step),
        OpCode.BatchMatMul => FloatBatchMatMulKernel.Create(step),
        OpCode.HybridConv2D => HybridConv2DKernel.Create(step),
        OpCode.QuantizedPool2D => QuantizedPool2DKernel.Create(step),
        OpCode.Pool2D => FloatPool2DKernel.Create(step),
        OpCode.QuantizedMean => QuantizedMeanKernel.Create(step),
        OpCode.Reduce => ReduceKernel.Create(step),
        OpCode.ArgReduce => ArgReduceKernel.Create(step),
        OpCode.CumulativeSum => CumulativeSumKernel.Create(step),
        OpCode.CascadeSum => CascadeSumKernel.Create(step),
        OpCode.RowNorm => RowNormKernel.Create(step),
        OpCode.TopK => TopKKernel.Create(step),
        OpCode.Quantize => QuantizeKernel.Create(step),
        OpCode.Dequantize => DequantizeKernel.Create(step),
        OpCode.Requantize => RequantizeKernel.Create(step),
        OpCode.FlipSign => FlipSignKernel.Create(step),
        OpCode.Cast => CastKernel.Create(step),
        OpCode.DynamicQuantize => DynamicQuantizeKernel.Create(step),
        OpCode.RequantizeFloatSum => new FloatSumRequantizeKernel(step),
        OpCode.QuantizedAdd => QuantizedAddKernel.Create(step),
        OpCode.QuantizedMul => QuantizedMulKernel.Create(step),
        OpCode.QuantizedCompare => QuantizedCompareKernel.Create(step),
        OpCode.LookupTable => LookupTableKernel.Create(step),
        OpCode.QuantizedPRelu => QuantizedPReluKernel.Create(step),
        OpCode.Unary => UnaryKernel.Create(step),
        OpCode.Binary => BinaryKernel.Create(step),
        OpCode.Compare => CompareKernel.Create(step),
        OpCode.Select => SelectKernel.Create(step),
        OpCode.QuantizedPiecewise => QuantizedPiecewiseKernel.Create(step),
        OpCode.LookupTable16 => LookupTable16Kernel.Create(step),
        OpCode.QuantizedSquaredDifference => QuantizedSquaredDifferenceKernel.Create(step),
        OpCode.QuantizedMinMax => QuantizedMinMaxKernel.Create(step),
        OpCode.QuantizedSoftmax => QuantizedSoftmaxKernel.Create(step),
        OpCode.Softmax => RowNormalizationKernel.Create(step),
        OpCode.LogSoftmax => RowNormalizationKernel.Create(step),
        OpCode.L2Normalize => RowNormalizationKernel.Create(step),
        OpCode.LocalResponseNormalization => RowNormalizationKernel.Create(step),
        OpCode.Copy => CopyKernel.Create(step),
        OpCode.Pad => PadKernel.Create(step),
        OpCode.MirrorPad => MirrorPadKernel.Create(step),
        OpCode.StridedCopy => StridedCopyKernel.Create(step),
        OpCode.Concat => ConcatKernel.Create(step),
        OpCode.Gather => GatherKernel.Create(step),
        OpCode.GatherNd => GatherNdKernel.Create(step),
        OpCode.ReverseSequence => ReverseSequenceKernel.Create(step),
        OpCode.Resize => ResizeKernel.Create(step),
        OpCode.QuantizedResizeBilinear => QuantizedResizeBilinearKernel.Create(step),
        OpCode.ScatterNd => ScatterNdKernel.Create(step),
        OpCode.Lstm => LstmKernel.Create(step),
        OpCode.QuantizedLstm => QuantizedLstmKernel.Create(step),
        OpCode.Svdf => SvdfKernel.Create(step),
        OpCode.QuantizedSvdf => QuantizedSvdfKernel.Create(step),
        OpCode.DetectionPostProcess => DetectionPostProcessKernel.Create(step),
        OpCode.NonMaxSuppression => NonMaxSuppressionKernel.Create(step),
        OpCode.GridSample => GridSampleKernel.Create(step),
        OpCode.RoiAlign => RoiAlignKernel.Create(step),
        OpCode.CountedResize => CountedResizeKernel.Create(step),
        OpCode.NonZero => NonZeroKernel.Create(step),
        OpCode.JoinCounted => JoinCountedKernel.Create(step),
        OpCode.PackCounted => PackCountedKernel.Create(step),
        OpCode.BoxSelection => BoxSelectionKernel.Create(step),
        OpCode.RowChain => RowChainKernel.Create(step),
        OpCode.RowSum => RowSumKernel.Create(step),
        OpCode.OnnxRecurrent => OnnxRecurrentKernel.Create(step),
        OpCode.DynamicRecurrent => DynamicRecurrentKernel.Create(step),
        OpCode.RowBag => RowBagKernel.Create(step),
        OpCode.TriangularSolve => TriangularSolveKernel.Create(step),
        OpCode.GroupedMatMul => GroupedMatMulKernel.Create(step),
        OpCode.RowMoments => RowMomentsKernel.Create(step),
        OpCode.QuantizedRowMoments => QuantizedRowMomentsKernel.Create(step),
        OpCode.FlashExponentials => FlashExponentialsKernel.Create(step),
        OpCode.SampleAxis => SampleAxisKernel.Create(step),
        OpCode.FloatRecurrent => FloatRecurrentKernel.Create(step),
        OpCode.EmbeddingBag => EmbeddingBagKernel.Create(step),
        OpCode.MultiplyAdd => MultiplyAddKernel.Create(step),
        OpCode.Interpolate => InterpolateKernel.Create(step),
        OpCode.QuantizedMatMul => QuantizedMatMulKernel.Create(step),
        OpCode.BlockedMatMul => BlockedMatMulKernel.Create(step),
        OpCode.DynamicQuantizeLinear => DynamicQuantizeLinearKernel.Create(step),
        OpCode.ScaledSums => ScaledSumsKernel.Create(step),
        OpCode.ResidualSums => ResidualSumsKernel.Create(step),
        OpCode.LayerNormalization => LayerNormalizationKernel.Create(step),
        OpCode.QuantizedL2Normalize => QuantizedL2NormalizeKernel.Create(step),
        OpCode.QuantizedLogSoftmax => QuantizedLogSoftmaxKernel.Create(step),
        OpCode.QuantizedDiv => QuantizedDivKernel.Create(step),
        OpCode.QuantizedProduct => QuantizedProductKernel.Create(step),
        OpCode.Rnn => RnnKernel.Create(step),
        _ => throw step.Fault("needs an operator that this runtime does not have"),
    };
}
