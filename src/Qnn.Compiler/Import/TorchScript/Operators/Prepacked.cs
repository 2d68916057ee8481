using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// XNNPACK's layers on floats with their bounds, which torch.utils.mobile_optimizer puts in the place of PyTorch's: products join the sum, which begins with the bias, with one rounding, tap by tap, channel by channel;
/// linear layers and transposed convolutions of fewer than 32 outputs in four lanes of channels, everything rounded (xnnpack/Convolution.cpp, xnnpack/Linear.cpp; XNNPACK's gemm-config.c).
/// </summary>
internal static class Prepacked
{
    private const int WideTile = 32;

    /// <summary>(weight, bias, stride, padding, dilation, groups, output_min, output_max)</summary>
    [TorchOperator("prepacked::conv2d_clamp_prepack")]
    public static object? PackConvolution(TorchCall call) => Made("Conv2dOpContext", call, 8);

    /// <summary>(weight, bias, stride, padding, output_padding, dilation, groups, output_min, output_max)</summary>
    [TorchOperator("prepacked::conv2d_transpose_clamp_prepack")]
    public static object? PackTransposed(TorchCall call) => Made("TransposeConv2dOpContext", call, 9);

    /// <summary>(weight, bias, output_min, output_max)</summary>
    [TorchOperator("prepacked::linear_clamp_prepack")]
    public static object? PackLinear(TorchCall call) => Made("LinearOpContext", call, 4);

    /// <summary>(data, context)</summary>
    [TorchOperator("prepacked::conv2d_clamp_run")]
    public static object? Convolve(TorchCall call)
    {
        var packed = Context(call, "Conv2dOpContext", 8);
        if (call.Argument(0) is not Value { Type.Shape.Rank: 4 } data || packed[0] is not Value { Type.Shape: { Rank: 4 } kernel } weights) throw call.Malformed("does not take its operands");
        // Depthwise ones go through the window column by column: row by row of what is turned.
        bool isDepthwise = kernel[0] == data.Type.Shape[1] && kernel[1] == 1 && packed[5] is long groups && groups == kernel[0];
        Value Turned(Value value) => isDepthwise ? call.Permute(value, 0, 1, 3, 2) : value;
        object? Ints(int index) => isDepthwise && packed[index] is TorchList { Items.Count: 2 } pair ? new TorchList(pair.Items.AsEnumerable().Reverse()) : packed[index];
        var layer = call.With(Turned(data), Turned(weights), packed[1], Ints(2), Ints(3), Ints(4), packed[5]);
        return Clamped(call, Turned(FloatConvolutions.Direct(layer, FloatSum.FusedFromBias)), packed[6], packed[7]);
    }

    /// <summary>(data, context)</summary>
    [TorchOperator("prepacked::conv2d_transpose_clamp_run")]
    public static object? ConvolveTransposed(TorchCall call)
    {
        var packed = Context(call, "TransposeConv2dOpContext", 9);
        var layer = call.With(call.Argument(0), packed[0], packed[1], packed[2], packed[3], packed[4], packed[6], packed[5]);
        if (packed[0] is not Value { Type.Shape: { Rank: 4 } kernel }) throw call.Malformed("does not take its operands");
        return Clamped(call, FloatConvolutions.DirectTransposed(layer, SumOf(kernel[1])), packed[7], packed[8]);
    }

    /// <summary>(data, context): rows by the weights' transpose, as a convolution of one tap.</summary>
    [TorchOperator("prepacked::linear_clamp_run")]
    public static object? Linear(TorchCall call)
    {
        var packed = Context(call, "LinearOpContext", 4);
        var data = call.Tensor(0);
        var shape = data.Type.Shape;
        if (packed[0] is not Value { Type: { Element: ElementType.F32, Shape.Rank: 2 } } weights || data.Type.Element != ElementType.F32 || shape.Rank == 0 || shape[-1] != weights.Type.Shape[1] || shape[-1] == 0) throw call.Malformed($"has data {data.Type}");
        int depth = shape[-1], outputs = weights.Type.Shape[0];
        var rows = call.Reshape(data, 1, shape.ElementCount / depth, 1, depth);
        var sums = call.Emit(new Conv2D(new Window2D(1, 1), Sum: SumOf(outputs)), rows, call.Reshape(weights, outputs, 1, 1, depth), packed[1] as Value, null);
        return Clamped(call, call.Reshape(sums, [.. shape.Span[..^1], outputs]), packed[2], packed[3]);
    }

    // Fewer outputs than a tile of AVX-512 has go to narrow tiles.
    private static FloatSum SumOf(int outputs) => outputs < WideTile ? FloatSum.RoundedLanes : FloatSum.FusedFromBias;

    private static Value Clamped(TorchCall call, Value value, object? least, object? greatest)
    {
        if (least is null && greatest is null) return value;
        return call.Emit(Unary.Clamp(Bound(least, float.NegativeInfinity), Bound(greatest, float.PositiveInfinity)), value);

        static float Bound(object? bound, float otherwise) => bound switch { double real => (float)real, long whole => whole, _ => otherwise };
    }

    private static TorchObject Made(string kind, TorchCall call, int count) => new($"__torch__.torch.classes.xnnpack.{kind}") { State = Enumerable.Range(0, count).Select(i => call.Argument(i)).ToArray() };

    private static object?[] Context(TorchCall call, string kind, int count) =>
        call.Argument(1) is TorchObject { State: object?[] state } context && state.Length == count && context.ClassName.EndsWith($".xnnpack.{kind}", StringComparison.Ordinal) ? state : throw call.Unsupported("its packed parameters are of a version that is not known");
}
