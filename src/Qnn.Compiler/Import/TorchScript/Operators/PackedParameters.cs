using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>A convolution's weights (O x I x K..., for a transposed one I x O x K...) and geometry.</summary>
internal sealed record PackedConvolution(Value Weights, Value? Bias, int[] Stride, int[] Padding, int[] Dilation, int[] OutputPadding, int Groups, bool Transposed);

/// <summary>A linear layer's weights, O x I: int8, or float32 where the layer computes with halves.</summary>
internal sealed record PackedLinear(Value Weights, Value? Bias);

/// <summary>Packed parameters: made by prepack operators, or read from the states that PyTorch's classes pickle.</summary>
internal static class PackedParameters
{
    [TorchOperator("quantized::conv_prepack", "quantized::conv1d_prepack", "quantized::conv2d_prepack", "quantized::conv3d_prepack")]
    public static object? Convolution(TorchCall call) => Check(call, new PackedConvolution(
        call.Tensor(0), call.OptionalTensor(1), call.Ints(2), Padding(call), call.Ints(4), [], call.Int(5), false));

    [TorchOperator("quantized::conv_transpose1d_prepack", "quantized::conv_transpose2d_prepack", "quantized::conv_transpose3d_prepack")]
    public static object? Transposed(TorchCall call) => Check(call, new PackedConvolution(
        call.Tensor(0), call.OptionalTensor(1), call.Ints(2), call.Ints(3), call.Ints(5), call.Ints(4), call.Int(6), true));

    [TorchOperator("quantized::linear_prepack", "quantized::linear_prepack_fp16")]
    public static object? Linear(TorchCall call) => new PackedLinear(call.Tensor(0), call.OptionalTensor(1));

    [TorchOperator("quantized::linear_unpack", "quantized::linear_unpack_fp16")]
    public static object? UnpackLinear(TorchCall call)
    {
        var packed = LinearOf(call, 0);
        return new object?[] { packed.Weights, packed.Bias };
    }

    [TorchOperator("quantized::conv_unpack", "quantized::conv1d_unpack", "quantized::conv2d_unpack", "quantized::conv3d_unpack", "quantized::conv_transpose1d_unpack", "quantized::conv_transpose2d_unpack", "quantized::conv_transpose3d_unpack", "aten::unpack")]
    public static object? UnpackConvolution(TorchCall call)
    {
        var packed = ConvolutionOf(call, 0);
        return new object?[] { packed.Weights, packed.Bias };
    }

    /// <summary>An argument that is a convolution's packed parameters.</summary>
    public static PackedConvolution ConvolutionOf(TorchCall call, int index)
    {
        switch (call.Argument(index))
        {
            case PackedConvolution packed:
                return packed;
            case TorchObject { State: object?[] { Length: 3 } and [string or long, TorchList tensors, TorchList biases] } when tensors.Items is [Value numbers, Value weights] && numbers.Constant is { } constant:
                return FromNumbers(call, constant.ToInt32(), weights, biases.Items.FirstOrDefault() as Value);
            case TorchObject { State: object?[] { Length: 3 } and [string or long, TorchList numbers, TorchList tensors] } when tensors.Items.Count >= 2 && numbers.Items.TrueForAll(n => n is long):
                var values = tensors.Items.Skip(tensors.Items.Count - 2).ToArray();
                return FromNumbers(call, [.. numbers.Items.Select(n => (int)Math.Clamp((long)n!, int.MinValue, int.MaxValue))], values[0] as Value ?? throw call.Malformed("lacks its weights"), values[1] as Value);
            case TorchObject { State: object?[] { Length: 6 } and [Value weights, var bias, TorchList stride, TorchList padding, TorchList dilation, Value groups] }:
                return Check(call, new PackedConvolution(weights, bias as Value, Numbers(call, stride), Numbers(call, padding), Numbers(call, dilation), [], Numbers(call, new TorchList([groups]))[0], false));
            default:
                throw call.Unsupported("its packed parameters are of a version that is not known");
        }
    }

    /// <summary>An argument that is a linear layer's packed parameters.</summary>
    public static PackedLinear LinearOf(TorchCall call, int index) => LinearOf(call, call.Argument(index));

    /// <summary>A linear layer's packed parameters.</summary>
    public static PackedLinear LinearOf(TorchCall call, object? value)
    {
        var packed = value switch
        {
            PackedLinear made => made,
            TorchObject { State: object?[] { Length: 2 } state } when state[0] is Value weights => new PackedLinear(weights, state[1] as Value),
            _ => throw call.Unsupported("its packed parameters are of a version that is not known"),
        };
        if (packed.Weights.Type.Shape.Rank != 2 || packed.Bias is { } bias && (bias.Type.Element != ElementType.F32 || bias.Type.Shape.ElementCount != packed.Weights.Type.Shape[0])) throw call.Malformed($"has weights {packed.Weights.Type} and bias {packed.Bias?.Type}");
        return packed;
    }

    // PyTorch's modules give conv1d the paddings of two axes where they pad themselves; it takes the first.
    private static int[] Padding(TorchCall call) => call.Operator == "quantized::conv1d_prepack" ? [.. call.Ints(3).Take(1)] : call.Ints(3);

    // [axes, strides, paddings, dilations, output paddings, groups, whether transposed]
    private static PackedConvolution FromNumbers(TorchCall call, int[] numbers, Value weights, Value? bias)
    {
        int axes = numbers.Length > 0 ? numbers[0] : 0;
        if (axes is < 1 or > 3 || numbers.Length < 4 * axes + 3) throw call.Malformed("has packed parameters that are damaged");
        int[] Part(int i) => numbers.AsSpan(1 + i * axes, axes).ToArray();
        return Check(call, new PackedConvolution(weights, bias, Part(0), Part(1), Part(2), Part(3), numbers[4 * axes + 1], (numbers[4 * axes + 2] & 1) != 0));
    }

    private static int[] Numbers(TorchCall call, TorchList list) =>
        [.. list.Items.Select(i => i switch { long whole => (int)whole, Value { Constant: { } c } when c.Type.Shape.ElementCount == 1 => c.ToInt32()[0], _ => throw call.Malformed("has packed parameters that are damaged") })];

    private static PackedConvolution Check(TorchCall call, PackedConvolution packed)
    {
        var type = packed.Weights.Type;
        int axes = packed.Stride.Length;
        // A 1-d convolution may be kept as a 2-d one.
        bool valid = axes is >= 1 and <= 3 && packed.Padding.Length == axes && packed.Dilation.Length == axes && (packed.OutputPadding.Length == 0 || packed.OutputPadding.Length == axes)
            && packed.Groups > 0 && type.Shape.Rank == axes + 2 && packed.Stride.All(s => s is > 0 and < 1 << 20) && packed.Dilation.All(d => d is > 0 and < 1 << 20)
            && packed.Padding.All(p => p is >= 0 and < 1 << 20) && packed.OutputPadding.All(p => p is >= 0 and < 1 << 20);
        if (!valid || type.Shape.Any(e => e == 0)) throw call.Malformed($"has weights {type} and a geometry that do not fit");
        if (type.Element != ElementType.S8 || type.Quantization is null || packed.Weights.Constant is null) throw call.Unsupported($"its weights are {type}");
        int outputs = packed.Transposed ? type.Shape[1] * packed.Groups : type.Shape[0];
        if (packed.Bias is { } bias && (bias.Type.Element != ElementType.F32 || bias.Type.Shape.ElementCount != outputs || bias.Constant is null)) throw call.Malformed($"has bias {bias.Type} for {outputs} channels");
        return packed;
    }
}
