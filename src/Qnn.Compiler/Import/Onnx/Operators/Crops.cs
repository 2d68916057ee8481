using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Boxes of images, resized.</summary>
internal static class Crops
{
    /// <summary>Images, boxes (y, x, y, x as parts of an image), the image of each, and the extents of the results (<c>crop_and_resize.cc</c>); a number stands for what lies outside.</summary>
    [OnnxOperator("CropAndResize", OnnxOperatorAttribute.Microsoft)]
    public static void CropAndResize(OnnxNode node)
    {
        var (x, boxes) = (node.Input(0), node.Input(1));
        var s = x.Type.Shape;
        int[] size = node.ConstantInts(3, "size");
        bool isLinear = node.Text("mode", "bilinear") == "bilinear";
        if (s.Rank != 4 || boxes.Type.Shape is not { Rank: 2 } b || b[1] != 4 || size.Length != 2) throw node.Malformed($"has images {x.Type} and boxes {boxes.Type}");
        int count = b[0], height = s[2], width = s[3];
        Value Edge(int column) => node.Emit(StridedSlice.OfAxis(b, 1, column, 1), boxes);
        Value Op(BinaryKind kind, Value left, Value right) => node.Emit(new Binary(kind), left, right);
        // Places along an axis [boxes, extent], from both edges of each box.
        Value Along(int axis)
        {
            int extent = size[axis];
            float last = s[axis + 2] - 1;
            var (start, end) = (Edge(axis), Edge(axis + 2));
            Value Scaled(Value v) => Op(BinaryKind.Multiply, v, OnnxNode.Scalar(last));
            if (extent == 1) return Scaled(Op(BinaryKind.Multiply, OnnxNode.Scalar(0.5f), Op(BinaryKind.Add, start, end)));
            var step = Op(BinaryKind.Divide, Scaled(Op(BinaryKind.Subtract, end, start)), OnnxNode.Scalar((float)(extent - 1)));
            var between = Op(BinaryKind.Add, Scaled(start), Op(BinaryKind.Multiply, Value.Of("steps", Tensor.Of<float>(new Shape(1, extent - 1), [.. Enumerable.Range(0, extent - 1).Select(i => (float)i)])), step));
            var first = Scaled(start);
            var rest = extent > 2 ? node.Emit(StridedSlice.OfAxis(between.Type.Shape, 1, 1, extent - 2), between) : null;
            return rest is null ? node.Emit(new Concat(1), first, Scaled(end)) : node.Emit(new Concat(1), first, rest, Scaled(end));
        }

        var (y, z) = (node.Reshape(Along(0), count, size[0], 1), node.Reshape(Along(1), count, 1, size[1]));
        Value Inside(Value v, int extent) => Op(BinaryKind.LogicalAnd, node.Emit(new Compare(CompareKind.GreaterEqual), v, OnnxNode.Scalar(0f)), node.Emit(new Compare(CompareKind.LessEqual), v, OnnxNode.Scalar((float)(extent - 1))));
        var inside = Op(BinaryKind.LogicalAnd, Inside(y, height), Inside(z, width));
        Value Bounded(Value v, int extent) => node.Emit(Unary.Clamp(0, extent - 1), v);
        (y, z) = (Bounded(y, height), Bounded(z, width));
        Value Index(Value v) => node.Emit(new Cast(ElementType.S64), v);
        var images = node.Reshape(node.Emit(new Cast(ElementType.S64), node.Input(2)), count, 1, 1);
        var pixels = node.Reshape(Channels.ToLast(node.Importer.Builder, x, node.Location), s[0] * height * width, s[1]);
        Value At(Value row, Value column)
        {
            var place = Op(BinaryKind.Add, Op(BinaryKind.Multiply, Op(BinaryKind.Add, Op(BinaryKind.Multiply, images, OnnxNode.Scalar((long)height)), Index(row)), OnnxNode.Scalar((long)width)), Index(column));
            return node.Emit(new Gather(0), pixels, place);
        }

        Value crops;
        if (isLinear)
        {
            Value Floor(Value v) => node.Emit(new Unary(UnaryKind.Floor), v);
            Value Ceiling(Value v) => node.Emit(new Unary(UnaryKind.Ceil), v);
            Value Part(Value v) => node.Reshape(Op(BinaryKind.Subtract, v, Floor(v)), [.. v.Type.Shape.Span, 1]);
            Value Between(Value a, Value b, Value part) => Op(BinaryKind.Add, a, Op(BinaryKind.Multiply, Op(BinaryKind.Subtract, b, a), part));
            Value Row(Value row) => Between(At(row, Floor(z)), At(row, Ceiling(z)), Part(z));
            crops = Between(Row(Floor(y)), Row(Ceiling(y)), Part(y));
        }
        else
        {
            // Halves away from zero: all are positive.
            Value Nearest(Value v) => node.Emit(new Unary(UnaryKind.Floor), Op(BinaryKind.Add, v, node.Emit(new Select(), node.Emit(new Compare(CompareKind.Less), v, OnnxNode.Scalar(0.5f)), OnnxNode.Scalar(0f), OnnxNode.Scalar(0.5f))));
            crops = At(Nearest(y), Nearest(z));
        }
        var known = node.Emit(new Select(), node.Emit(new BroadcastTo(crops.Type.Shape), node.Reshape(inside, [.. inside.Type.Shape.Span, 1])), crops, OnnxNode.Scalar(node.Float("extrapolation_value", 0)));
        node.Result(Channels.ToSecond(node.Importer.Builder, known, node.Location));
    }
}
