using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// BATCH_MATMUL: operands a and b, each transposed where the options say so. TensorFlow Lite has one multiplier for the whole product, and takes it as 0
/// where an operand has a scale for each channel: such a product is all zeros there, and so it is here.
/// </summary>
internal static class BatchMatMul
{
    [TfLiteOperator(BuiltinOperator.BATCH_MATMUL)]
    public static void Import(TfLiteNode node)
    {
        var options = node.Options<BatchMatMulOptions>();
        var (a, b) = (node.Input(0), node.Input(1));
        if (a.Type.Shape.Rank < 2 || b.Type.Shape.Rank < 2) throw node.Malformed($"multiplies {a.Type.Shape} by {b.Type.Shape}");
        if (a.Type.Element == ElementType.F32 && b.Type.Element == ElementType.F32)
        {
            node.EmitResult(new Ir.Operators.BatchMatMul(), options.AdjX ? Transposed(node, a) : a, options.AdjY ? Transposed(node, b) : b);
            return;
        }
        if (HybridConvolutions.Matches(node))
        {
            HybridConvolutions.BatchMatMul(node);
            return;
        }
        if (!a.Type.IsQuantized() || !b.Type.IsQuantized()) throw node.Unsupported($"it multiplies {a.Type} by {b.Type}");
        if (a.Type.Quantization is null || b.Type.Quantization is null || node.OutputQuantization() is not { IsPerChannel: false } output) throw node.Malformed("has operands without scales");
        bool perChannel = a.Type.Quantization.IsPerChannel || b.Type.Quantization.IsPerChannel;
        double multiplier = perChannel ? 0 : (double)(a.Type.Scale * b.Type.Scale) / output.Scale;
        var (minimum, maximum) = IntegerRange.Of(node.OutputElement());
        // The delegate takes bytes whose second matrix is symmetric.
        bool xnnpack = node.Numerics == TfLiteNumerics.Xnnpack && !perChannel && a.Type.Element == ElementType.S8 && b.Type.ZeroPoint == 0;
        if (xnnpack) multiplier = a.Type.Scale * b.Type.Scale / output.Scale;
        var arithmetic = a.Type.Element == ElementType.S16 ? RequantizeArithmetic.FixedPointWide : xnnpack ? RequantizeArithmetic.Float32NearestEven : RequantizeArithmetic.FixedPointDouble;
        var epilogue = new Requantize(arithmetic, new Doubles(multiplier), node.OutputElement(), output.ZeroPoint, minimum, maximum);
        (a, b) = (Plain(node, a), Plain(node, b));
        node.EmitResult(new QnnBatchMatMul(epilogue), options.AdjX ? Transposed(node, a) : a, options.AdjY ? b : Transposed(node, b));
    }

    /// <summary>FULLY_CONNECTED by 8-bit weights that are computed at run time: a product of matrices, without a bias.</summary>
    public static void FullyConnected(TfLiteNode node)
    {
        var (data, weights) = (Operators.FullyConnected.Rows(node), node.Input(1));
        if (node.OptionalInput(2) is not null) throw node.Unsupported("its weights are computed at run time, and it has a bias");
        if (weights.Type.Element != data.Type.Element || data.Type.Quantization is not { IsPerChannel: false } input || node.OutputQuantization() is not { IsPerChannel: false } output) throw node.Unsupported($"it multiplies {data.Type} by {weights.Type}");
        var (minimum, maximum) = node.QuantizedRange(node.Options<FullyConnectedOptions>().FusedActivationFunction);
        bool twice = data.Type.Element == ElementType.U8 && node.Numerics == TfLiteNumerics.Builtin;
        var epilogue = new Requantize(twice ? RequantizeArithmetic.FixedPointDouble : RequantizeArithmetic.FixedPointSingle, new Doubles((double)(input.Scale * weights.Type.Scale) / output.Scale), node.OutputElement(), output.ZeroPoint, minimum, maximum);
        var rows = node.Reshape(data, data.Type.Shape.ElementCount / weights.Type.Shape[1], weights.Type.Shape[1]);
        var result = node.EmitQuantized(new QnnBatchMatMul(epilogue), output, rows, weights);
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. data.Type.Shape.Span[..^1], weights.Type.Shape[0]])), result);
    }

    // Channels' scales do not follow a transposition, and are not used.
    private static Value Plain(TfLiteNode node, Value value) => value.Type.Quantization is { IsPerChannel: true }
        ? node.Emit(new Ir.Operators.Reshape(value.Type.Shape), value)
        : value;

    private static Value Transposed(TfLiteNode node, Value value)
    {
        int rank = value.Type.Shape.Rank;
        int[] order = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
        return node.Move(new Ir.Operators.Transpose(new Ints(order)), value);
    }
}
