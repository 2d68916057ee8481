using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Convolutions whose taps are moved at run time.</summary>
internal static class DeformedConvolutions
{
    /// <summary>
    /// Taps read between pixels, 0 outside, perhaps times a mask, then a product of matrices, the bias last (<c>deform_conv.cc</c>). Operands: images, weights, offsets (y and x of each tap, for groups of channels), bias, masks.
    /// </summary>
    [OnnxOperator("DeformConv")]
    public static void DeformConv(OnnxNode node)
    {
        var (x, weights, offsets) = (node.Input(0), node.Input(1), node.Input(2));
        var (s, w) = (x.Type.Shape, weights.Type.Shape);
        if (s.Rank != 4 || w.Rank != 4) throw node.Unsupported($"its images are {x.Type}");
        var windows = Windows.Of(node, s, [w[2], w[3]]);
        int group = node.Int("group", 1), parts = node.Int("offset_group", 1), taps = w[2] * w[3], height = s[2], width = s[3];
        int[] outputs = windows.Counts([windows.Before[0] + height + windows.After[0], windows.Before[1] + width + windows.After[1]]);
        int places = outputs[0] * outputs[1];
        if (group < 1 || parts < 1 || s[1] % parts != 0 || s[1] != w[1] * group || w[0] % group != 0 || offsets.Type.Shape.ElementCount != (long)s[0] * parts * taps * 2 * places) throw node.Malformed($"has images {x.Type}, weights {weights.Type} and offsets {offsets.Type}");
        Value Op(BinaryKind kind, Value left, Value right) => node.Emit(new Binary(kind), left, right);

        // [N, parts, taps, places]: where each tap lies.
        var split = node.Reshape(offsets, s[0], parts, taps, 2, places);
        Value Place(int axis)
        {
            int kernel = axis == 0 ? w[2] : w[3];
            float[] bases = [.. Enumerable.Range(0, taps * places).Select(i =>
            {
                var (tap, place) = Math.DivRem(i, places);
                var (at, along) = axis == 0 ? (tap / w[3], place / outputs[1]) : (tap % w[3], place % outputs[1]);
                return (float)(along * windows.Strides[axis]) + (-windows.Before[axis] + (float)at * windows.Dilations[axis]);
            })];
            var own = node.Reshape(node.Emit(StridedSlice.OfAxis(split.Type.Shape, 3, axis, 1), split), s[0], parts, taps, places);
            return Op(BinaryKind.Add, Value.Of("taps", Tensor.Of<float>(new Shape(1, 1, taps, places), bases)), own);
        }

        var (y, z) = (Place(0), Place(1));
        Value Within(Value v, float above, float below) => Op(BinaryKind.LogicalAnd, node.Emit(new Compare(CompareKind.Greater), v, OnnxNode.Scalar(above)), node.Emit(new Compare(CompareKind.Less), v, OnnxNode.Scalar(below)));
        var inside = Op(BinaryKind.LogicalAnd, Within(y, -1, height), Within(z, -1, width));
        Value Floor(Value v) => node.Emit(new Unary(UnaryKind.Floor), v);
        // Images of each part with their channels last: [N * parts * pixels, channels].
        int channels = s[1] / parts;
        var pixels = node.Reshape(Channels.Permute(node.Importer.Builder, node.Reshape(x, s[0] * parts, channels, height * width), [0, 2, 1], node.Location), s[0] * parts * height * width, channels);
        var images = node.Reshape(Op(BinaryKind.Multiply, OnnxNode.Iota(1, 0, s[0] * parts), OnnxNode.Scalar((long)height * width)), s[0], parts, 1, 1);
        var (low, left) = (Floor(y), Floor(z));
        var (below, right) = (Op(BinaryKind.Subtract, y, low), Op(BinaryKind.Subtract, z, left));
        Value Rest(Value part) => Op(BinaryKind.Subtract, OnnxNode.Scalar(1f), part);
        Value Corner(int down, int across)
        {
            var (row, column) = (Op(BinaryKind.Add, low, OnnxNode.Scalar((float)down)), Op(BinaryKind.Add, left, OnnxNode.Scalar((float)across)));
            var share = Op(BinaryKind.Multiply, down == 0 ? Rest(below) : below, across == 0 ? Rest(right) : right);
            var seen = Op(BinaryKind.LogicalAnd, inside, Op(BinaryKind.LogicalAnd, Within(row, -1, height), Within(column, -1, width)));
            share = node.Emit(new Select(), seen, share, OnnxNode.Scalar(0f));
            Value Index(Value v, int extent) => node.Emit(new Cast(ElementType.S64), node.Emit(Unary.Clamp(0, extent - 1), v));
            var place = Op(BinaryKind.Add, images, Op(BinaryKind.Add, Op(BinaryKind.Multiply, Index(row, height), OnnxNode.Scalar((long)width)), Index(column, width)));
            return Op(BinaryKind.Multiply, node.Reshape(share, [.. share.Type.Shape.Span, 1]), node.Emit(new Gather(0), pixels, place));
        }

        var values = Op(BinaryKind.Add, Op(BinaryKind.Add, Op(BinaryKind.Add, Corner(0, 0), Corner(0, 1)), Corner(1, 0)), Corner(1, 1));
        if (node.OptionalInput(4) is { } mask) values = Op(BinaryKind.Multiply, values, node.Reshape(mask, s[0], parts, taps, places, 1));
        // [N, parts, taps, places, channels] to [N, group, K, places]
        var columns = node.Reshape(Channels.Permute(node.Importer.Builder, values, [0, 1, 4, 2, 3], node.Location), s[0], group, w[1] * taps, places);
        var rows = node.Reshape(weights, 1, group, w[0] / group, w[1] * taps);
        var result = node.Reshape(MatrixProducts.Real(node, node.Emit(new BroadcastTo(new Shape(s[0], group, w[0] / group, w[1] * taps)), rows), columns), s[0], w[0], outputs[0], outputs[1]);
        node.Result(node.OptionalInput(3) is { } bias ? Op(BinaryKind.Add, result, node.Reshape(bias, 1, w[0], 1, 1)) : result);
    }
}
