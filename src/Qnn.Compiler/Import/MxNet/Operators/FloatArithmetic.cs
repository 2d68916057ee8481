using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.MxNet.Operators;

/// <summary>Element by element arithmetic, and shapes.</summary>
internal static class FloatArithmetic
{
    [MxNetOperator("elemwise_add"), MxNetOperator("_plus"), MxNetOperator("_Plus"), MxNetOperator("_add"), MxNetOperator("broadcast_add"), MxNetOperator("broadcast_plus")]
    private static void Add(MxNetNode node) => node.Output(0, node.Sum(node.Input(0), node.Input(1)));

    [MxNetOperator("elemwise_sub"), MxNetOperator("_minus"), MxNetOperator("_Minus"), MxNetOperator("_sub"), MxNetOperator("broadcast_sub"), MxNetOperator("broadcast_minus")]
    private static void Subtract(MxNetNode node) => node.Output(0, node.Binary(BinaryKind.Subtract, node.Input(0), node.Input(1)));

    [MxNetOperator("elemwise_mul"), MxNetOperator("_mul"), MxNetOperator("_Mul"), MxNetOperator("broadcast_mul")]
    private static void Multiply(MxNetNode node) => node.Output(0, node.Multiply(node.Input(0), node.Input(1)));

    [MxNetOperator("elemwise_div"), MxNetOperator("_div"), MxNetOperator("_Div"), MxNetOperator("broadcast_div")]
    private static void Divide(MxNetNode node) => node.Output(0, node.Binary(BinaryKind.Divide, node.Input(0), node.Input(1)));

    [MxNetOperator("_plus_scalar"), MxNetOperator("_PlusScalar")]
    private static void AddScalar(MxNetNode node) => node.Output(0, node.Sum(node.Input(0), Scalar(node)));

    [MxNetOperator("_minus_scalar"), MxNetOperator("_MinusScalar")]
    private static void SubtractScalar(MxNetNode node) => node.Output(0, node.Binary(BinaryKind.Subtract, node.Input(0), Scalar(node)));

    [MxNetOperator("_rminus_scalar"), MxNetOperator("_RMinusScalar")]
    private static void SubtractFromScalar(MxNetNode node) => node.Output(0, node.Binary(BinaryKind.Subtract, Scalar(node), node.Input(0)));

    [MxNetOperator("_mul_scalar"), MxNetOperator("_MulScalar")]
    private static void MultiplyScalar(MxNetNode node) => node.Output(0, node.Multiply(node.Input(0), Scalar(node)));

    [MxNetOperator("_div_scalar"), MxNetOperator("_DivScalar")]
    private static void DivideScalar(MxNetNode node) => node.Output(0, node.Binary(BinaryKind.Divide, node.Input(0), Scalar(node)));

    [MxNetOperator("Dropout"), MxNetOperator("_copy"), MxNetOperator("identity"), MxNetOperator("BlockGrad")]
    private static void Pass(MxNetNode node) => node.Output(0, node.Input(0));

    [MxNetOperator("Flatten"), MxNetOperator("flatten")]
    private static void Flatten(MxNetNode node) => node.Output(0, QuantizedLayers.Flatten(node, node.Input(0), true));

    [MxNetOperator("Concat"), MxNetOperator("concat")]
    private static void Concatenate(MxNetNode node)
    {
        var operands = Enumerable.Range(0, node.InputCount).Select(node.Input).ToArray();
        node.Output(0, node.Add(new Concat(Axis(node, node.Attributes.Int("dim", 1), node.Input(0).Type.Shape)), operands));
    }

    [MxNetOperator("Reshape"), MxNetOperator("reshape")]
    private static void Reshape(MxNetNode node)
    {
        var data = node.Input(0);
        var wish = node.Attributes.Tuple("shape") ?? throw node.Inconsistent("no shape");
        if (node.Attributes.Flag("reverse") || wish.Any(e => e is null or < -1)) throw node.Unsupported($"shape {node.Attributes.Text("shape")}");
        var extents = new int[wish.Length];
        long known = 1;
        for (int i = 0; i < wish.Length; i++)
        {
            extents[i] = wish[i] == 0 ? i < data.Type.Shape.Rank ? data.Type.Shape[i] : throw node.Inconsistent("a 0 of the shape has no axis") : wish[i]!.Value;
            if (extents[i] > 0) known *= extents[i];
        }
        int open = Array.IndexOf(extents, -1);
        if (open >= 0) extents[open] = known > 0 && known <= int.MaxValue ? (int)(data.Type.Shape.ElementCount / known) : 0;
        node.Output(0, node.Add(new Reshape(new Shape(extents)), data));
    }

    [MxNetOperator("transpose")]
    private static void Transpose(MxNetNode node)
    {
        int rank = node.Input(0).Type.Shape.Rank;
        var axes = node.Attributes.Tuple("axes") is { Length: > 0 } stated ? stated.Select(a => a ?? 0).ToArray() : [.. Enumerable.Range(0, rank).Reverse()];
        node.Output(0, node.Add(new Transpose(new Ints(axes)), node.Input(0)));
    }

    [MxNetOperator("slice"), MxNetOperator("crop")]
    private static void Slice(MxNetNode node)
    {
        var shape = node.Input(0).Type.Shape;
        var (begin, end, step) = (node.Attributes.Tuple("begin") ?? [], node.Attributes.Tuple("end") ?? [], node.Attributes.Tuple("step") ?? []);
        if (step.Any(s => s is not (null or 1)) || begin.Length > shape.Rank || end.Length > shape.Rank) throw node.Unsupported("this form of slice");
        var (starts, extents) = (new int[shape.Rank], shape.ToArray());
        for (int axis = 0; axis < shape.Rank; axis++) (starts[axis], extents[axis]) = Part(begin.ElementAtOrDefault(axis), end.ElementAtOrDefault(axis), shape[axis]);
        node.Output(0, node.Add(StridedSlice.Contiguous(starts, new Shape(extents)), node.Input(0)));
    }

    [MxNetOperator("slice_axis")]
    private static void SliceAxis(MxNetNode node)
    {
        var shape = node.Input(0).Type.Shape;
        int axis = Axis(node, node.Attributes.Int("axis", 0), shape);
        var (start, length) = Part(node.Attributes.Int("begin", 0), node.Attributes.Text("end") is null ? null : node.Attributes.Int("end", 0), shape[axis]);
        node.Output(0, node.Add(StridedSlice.OfAxis(shape, axis, start, length), node.Input(0)));
    }

    [MxNetOperator("mean")]
    private static void Mean(MxNetNode node)
    {
        int rank = node.Input(0).Type.Shape.Rank;
        if (node.Attributes.Flag("exclude")) throw node.Unsupported("exclude");
        var axes = node.Attributes.Tuple("axis") is { Length: > 0 } stated ? stated.Select(a => a ?? 0).ToArray() : [.. Enumerable.Range(0, rank)];
        node.Output(0, node.Add(new Reduce(ReduceKind.Mean, new Ints(axes), node.Attributes.Flag("keepdims")), node.Input(0)));
    }

    [MxNetOperator("Pad"), MxNetOperator("pad")]
    private static void Pad(MxNetNode node)
    {
        var widths = node.Attributes.Tuple("pad_width") ?? [];
        int[] before = [.. widths.Where((_, i) => i % 2 == 0).Select(w => w ?? 0)], after = [.. widths.Where((_, i) => i % 2 == 1).Select(w => w ?? 0)];
        node.Output(0, node.Attributes.Text("mode") switch
        {
            "constant" => node.Add(new Pad(new Ints(before), new Ints(after), node.Attributes.Float("constant_value") ?? 0), node.Input(0)),
            "reflect" => node.Add(new MirrorPad(new Ints(before), new Ints(after), true), node.Input(0)),
            var mode => throw node.Unsupported($"mode {mode}"),
        });
    }

    [MxNetOperator("UpSampling")]
    private static void UpSampling(MxNetNode node)
    {
        if (node.Attributes.Text("sample_type") != "nearest" || node.InputCount != 1) throw node.Unsupported("another upsampling than nearest of one operand");
        var image = Channels.ToLast(node.Builder, node.Input(0), node.Location);
        int scale = node.Attributes.Int("scale", 1);
        if (image.Type.Shape.Rank != 4 || scale is < 1 or > 64) throw node.Unsupported($"scale {scale} of {image.Type.Shape}");
        var resized = node.Add(new Resize2D(BilinearOrder.None, image.Type.Shape[1] * scale, image.Type.Shape[2] * scale, false, false), image);
        node.Output(0, Channels.ToSecond(node.Builder, resized, node.Location));
    }

    private static Value Scalar(MxNetNode node) => node.Constant(node.Attributes.Float("scalar") ?? throw node.Inconsistent("no scalar"));

    private static (int Start, int Length) Part(int? begin, int? end, int extent)
    {
        int Bound(int value) => Math.Clamp(value < 0 ? value + extent : value, 0, extent);
        int start = Bound(begin ?? 0);
        return (start, Math.Max(Bound(end ?? extent) - start, 0));
    }

    private static int Axis(MxNetNode node, int axis, Shape shape)
    {
        int from0 = axis < 0 ? axis + shape.Rank : axis;
        return (uint)from0 < (uint)shape.Rank ? from0 : throw node.Inconsistent($"axis {axis} is none of {shape}");
    }
}
