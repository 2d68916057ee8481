using Qnn.Compiler.Import.TorchScript.Archive;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>What code asks of a convolution's packed parameters.</summary>
internal static class PackedQuestions
{
    [TorchOperator("quantized::conv2d_stride", "quantized::conv3d_stride", "quantized::conv_transpose2d_stride", "quantized::conv_transpose3d_stride")]
    public static object? Stride(TorchCall call) => List(PackedParameters.ConvolutionOf(call, 0).Stride);

    [TorchOperator("quantized::conv2d_padding", "quantized::conv3d_padding", "quantized::conv_transpose2d_padding", "quantized::conv_transpose3d_padding")]
    public static object? Padding(TorchCall call) => List(PackedParameters.ConvolutionOf(call, 0).Padding);

    [TorchOperator("quantized::conv2d_output_padding", "quantized::conv3d_output_padding", "quantized::conv_transpose2d_output_padding", "quantized::conv_transpose3d_output_padding")]
    public static object? OutputPadding(TorchCall call)
    {
        var packed = PackedParameters.ConvolutionOf(call, 0);
        return List(packed.OutputPadding.Length == 0 ? new int[packed.Stride.Length] : packed.OutputPadding);
    }

    [TorchOperator("quantized::conv2d_dilation", "quantized::conv3d_dilation", "quantized::conv_transpose2d_dilation", "quantized::conv_transpose3d_dilation")]
    public static object? Dilation(TorchCall call) => List(PackedParameters.ConvolutionOf(call, 0).Dilation);

    [TorchOperator("quantized::conv2d_groups", "quantized::conv3d_groups", "quantized::conv_transpose2d_groups", "quantized::conv_transpose3d_groups")]
    public static object? Groups(TorchCall call) => (long)PackedParameters.ConvolutionOf(call, 0).Groups;

    [TorchOperator("quantized::conv2d_transpose", "quantized::conv3d_transpose", "quantized::conv_transpose2d_transpose", "quantized::conv_transpose3d_transpose")]
    public static object? IsTransposed(TorchCall call) => PackedParameters.ConvolutionOf(call, 0).Transposed ? 1L : 0L;

    private static TorchList List(int[] numbers) => new(numbers.Select(n => (object?)(long)n));
}
