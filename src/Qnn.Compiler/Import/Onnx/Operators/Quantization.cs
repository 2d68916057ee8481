using System.Collections.Immutable;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Quantization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>QuantizeLinear, DequantizeLinear, DynamicQuantizeLinear, and how values come by their scales.</summary>
internal static class Quantization
{
    /// <summary>A value with the scale and zero point that a node states for it: itself where it has them, an alias where it has none or others.</summary>
    public static Value WithQuantization(this OnnxNode node, Value value, Ir.Quantization quantization)
    {
        if (Equals(value.Type.Quantization, quantization)) return value;
        var type = value.Type with { Quantization = quantization };
        return value.IsConstant ? Value.Of(value.Name, new Tensor(type, value.Constant!.Bytes)) : node.EmitQuantized(new Reshape(value.Type.Shape), quantization, value);
    }

    /// <summary>A value quantized by the constant operands <paramref name="scale"/> and <paramref name="zeroPoint"/>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value.</param>
    /// <param name="scale">The operand that holds its scales.</param>
    /// <param name="zeroPoint">The operand that holds its zero points.</param>
    /// <param name="axis">The axis of several scales.</param>
    public static Value WithScales(this OnnxNode node, Value value, int scale, int zeroPoint, int axis = 0) =>
        node.WithQuantization(value, node.Scales(scale, zeroPoint, axis));

    /// <summary>The scale and zero point that two constant operands hold, or those of each index of an axis.</summary>
    public static Ir.Quantization Scales(this OnnxNode node, int scale, int zeroPoint, int axis = 0)
    {
        var scales = node.Constant(scale, "scale");
        if (scales.Type.Element != ElementType.F32 || scales.Type.Shape.ElementCount == 0) throw node.Malformed($"has the scale {scales.Type}");
        int[] zeros = node.OptionalInput(zeroPoint) is null ? new int[scales.Type.Shape.ElementCount] : node.Constant(zeroPoint, "zero point").ToInt32();
        if (zeros.Length == 1 && scales.Type.Shape.ElementCount > 1) zeros = [.. Enumerable.Repeat(zeros[0], scales.Type.Shape.ElementCount)];
        if (zeros.Length != scales.Type.Shape.ElementCount) throw node.Malformed($"has {scales.Type.Shape.ElementCount} scales and {zeros.Length} zero points");
        return zeros.Length == 1 ? new Ir.Quantization(scales.Span<float>()[0], zeros[0]) : new Ir.Quantization(ImmutableArray.Create(scales.Span<float>()), ImmutableArray.Create(zeros), axis);
    }

    /// <summary>y = clamp(round(x / scale) + zero point), halves to even.</summary>
    [OnnxOperator("QuantizeLinear", Varying = VaryingOperands.Taken)]
    [OnnxOperator("QuantizeLinear", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void QuantizeLinear(OnnxNode node)
    {
        var x = node.Input(0);
        bool fourBits = node.InputCount > 2 && node.Importer.IsFourBit(node.Proto.Input[2]) || OnnxTensors.IsFourBit(node.Int("output_dtype", 0));
        var element = node.OptionalInput(2)?.Type.Element ?? (node.Int("output_dtype", 0) is > 0 and var type ? OnnxTensors.TypeOf(type) ?? throw node.Unsupported("the type of its result is not supported") : ElementType.U8);
        if (x.Type.Element != ElementType.F32) x = node.Emit(new Cast(ElementType.F32), x);
        if (!fourBits && node.Input(1) is { IsConstant: true, Type.Shape.ElementCount: 1, Type.Element: ElementType.F32 } && element is ElementType.U8 or ElementType.S8 or ElementType.S16 or ElementType.U16 && node.OptionalInput(2) is null or { IsConstant: true })
        {
            var scales = node.Scales(1, 2);
            // What was made real of the same numbers is them again.
            var known = node.Importer.QuantizedForm(x);
            node.Result(known is not null && known.Type.Element == element && Equals(known.Type.Quantization, scales) ? known : node.EmitQuantized(new Quantize(element, QuantizeArithmetic.DivideEven), scales, x));
            return;
        }
        var (low, high) = Range(node, element, fourBits);
        var steps = node.Emit(Unary.Clamp(low - 70000, high + 70000), node.Emit(new Unary(UnaryKind.Round), node.Emit(new Binary(BinaryKind.Divide), x, Spread(node, node.Input(1), x.Type.Shape))));
        if (node.OptionalInput(2) is { } zero) steps = node.Emit(new Binary(BinaryKind.Add), steps, Spread(node, node.Emit(new Cast(ElementType.F32), zero), x.Type.Shape));
        node.Result(node.Emit(new Cast(element), node.Emit(Unary.Clamp(low, high), steps)));
    }

    /// <summary>y = (x - zero point) * scale.</summary>
    [OnnxOperator("DequantizeLinear", Varying = VaryingOperands.Taken)]
    [OnnxOperator("DequantizeLinear", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void DequantizeLinear(OnnxNode node)
    {
        var x = node.Input(0);
        var scale = node.Input(1);
        // Rows of a matrix that are one block have scales of its columns.
        bool isBlocked = node.Int("block_size", 0) != 0, isOne = isBlocked && x.Type.Shape.Rank == 2 && scale.Type.Shape is { Rank: 2 } s && s[0] == 1 && s[1] == x.Type.Shape[1];
        bool known = scale is { IsConstant: true, Type.Element: ElementType.F32 } && node.OptionalInput(2) is null or { IsConstant: true } && (!isBlocked || isOne);
        bool list = scale.Type.Shape.ElementCount > 1;
        Value? quantized = null;
        if (known && x.Type.Element is ElementType.U8 or ElementType.S8 or ElementType.S32 && (!list || x.IsConstant))
        {
            int axis = isOne ? 1 : list ? node.Axis(node.Int("axis", 1), x.Type.Shape.Rank) : 0;
            quantized = node.WithScales(x, 1, 2, axis);
        }
        Value real;
        if (quantized is not null && !list)
        {
            real = node.Emit(new Dequantize(), quantized);
        }
        else if (known && !list && x.Type.Element is ElementType.S16 or ElementType.U16)
        {
            // Operators on 16-bit numbers are always computed in float.
            real = node.Emit(new Dequantize(), node.WithScales(x, 1, 2));
        }
        else
        {
            real = node.Emit(new Cast(ElementType.F32), x);
            if (node.OptionalInput(2) is { } zero) real = node.Emit(new Binary(BinaryKind.Subtract), real, Spread(node, node.Emit(new Cast(ElementType.F32), zero), x.Type.Shape));
            real = node.Emit(new Binary(BinaryKind.Multiply), real, Spread(node, scale, x.Type.Shape));
        }
        if (quantized is not null) node.Importer.RememberQuantized(real, quantized);
        node.Result(real);
    }

    /// <summary>Scale and zero point of x, spread over its range widened to hold 0: scale = (max - min) / 255, zero point = clamp(round(-min / scale)).</summary>
    [OnnxOperator("DynamicQuantizeLinear", Varying = VaryingOperands.Taken)]
    public static void DynamicQuantizeLinear(OnnxNode node)
    {
        var (y, scale, zero) = Dynamic(node, node.Input(0));
        node.Result(y);
        node.Result(scale, 1);
        node.Result(zero, 2);
    }

    /// <summary>A value quantized to uint8 at run time, its scale and its zero point.</summary>
    public static (Value Quantized, Value Scale, Value ZeroPoint) Dynamic(OnnxNode node, Value x)
    {
        // The range holds 0, so that entries that are not there do not change it where they are 0.
        var results = node.EmitAll(new DynamicQuantizeLinear(), node.Varying.Filled(node, x, OnnxNode.Scalar(0f)));
        return (node.Varying.Of(x) is { } varying ? node.Varying.Vary(node, results[0], varying.Axis, new Extent(0, varying.Count)) : results[0], results[1], results[2]);
    }

    private static (float Low, float High) Range(OnnxNode node, ElementType element, bool fourBits) => (element, fourBits) switch
    {
        (ElementType.U8, true) => (0, 15),
        (ElementType.S8, true) => (-8, 7),
        (ElementType.U8, _) => (0, 255),
        (ElementType.S8, _) => (-128, 127),
        (ElementType.U16, _) => (0, 65535),
        (ElementType.S16, _) => (-32768, 32767),
        _ => throw node.Unsupported($"it quantizes to {element.Name()}"),
    };

    // Scales or zero points as they broadcast to the data: one, one an index of the axis, or one a block of it.
    private static Value Spread(OnnxNode node, Value numbers, Shape data)
    {
        int block = node.Int("block_size", 0);
        if (numbers.Type.Shape.ElementCount == 1) return node.Reshape(numbers, []);
        int axis = node.Axis(node.Int("axis", 1), data.Rank);
        if (block == 0)
        {
            var extents = Enumerable.Repeat(1, data.Rank).ToArray();
            extents[axis] = numbers.Type.Shape.ElementCount;
            return node.Reshape(numbers, extents);
        }
        // [.., blocks, ..] to [.., blocks, 1, ..], repeated to [.., blocks, block, ..], cut to the data's extent.
        var shape = numbers.Type.Shape;
        if (shape.Rank != data.Rank || shape[axis] != (data[axis] + block - 1) / block) throw node.Malformed($"has scales {shape} for blocks of {block} of {data}");
        int[] apart = [.. shape.Span[..(axis + 1)], 1, .. shape.Span[(axis + 1)..]];
        var multiples = Enumerable.Repeat(1, apart.Length).ToArray();
        multiples[axis + 1] = block;
        var repeated = node.Emit(new Tile(new Ints(multiples)), node.Reshape(numbers, apart));
        var whole = shape.ToArray();
        whole[axis] *= block;
        return node.Emit(StridedSlice.OfAxis(new Shape(whole), axis, 0, data[axis]), node.Reshape(repeated, whole));
    }
}
