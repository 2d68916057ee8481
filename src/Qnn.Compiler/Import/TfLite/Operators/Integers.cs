using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>BITCAST, RIGHT_SHIFT, BUCKETIZE and BROADCAST_ARGS.</summary>
internal static class Integers
{
    [TfLiteOperator(BuiltinOperator.BITCAST)]
    public static void Bitcast(TfLiteNode node) => node.EmitResult(new Ir.Operators.Bitcast(node.OutputElement()), node.Input(0));

    /// <summary>floor(x / 2^y), y inside of what the type has bits.</summary>
    [TfLiteOperator(BuiltinOperator.RIGHT_SHIFT)]
    public static void RightShift(TfLiteNode node)
    {
        var (x, y) = (node.Input(0), node.Input(1));
        var element = x.Type.Element;
        if (element is not (ElementType.U8 or ElementType.S8 or ElementType.U16 or ElementType.S16 or ElementType.U32 or ElementType.S32)) throw node.Unsupported($"it shifts {element.Name()}");
        Value Wide(Value value) => node.Emit(new Cast(ElementType.S64), value);
        Value Number(string name, long value) => node.AddConstant(name, Ir.Tensor.Scalar(value));
        var count = node.Emit(new Binary(BinaryKind.Maximum), node.Emit(new Binary(BinaryKind.Minimum), Wide(y), Number("most", 8 * element.Size() - 1)), Number("least", 0));
        var factor = node.Emit(new Binary(BinaryKind.Power), Number("two", 2), count);
        node.EmitResult(new Cast(element), node.Emit(new Binary(BinaryKind.FloorDivide), Wide(x), factor));
    }

    /// <summary>How many of the boundaries, which ascend, are not above x; all of them where x is no number. Integers are compared as float32, as C++ does.</summary>
    [TfLiteOperator(BuiltinOperator.BUCKETIZE)]
    public static void Bucketize(TfLiteNode node)
    {
        float[] boundaries = node.Options<BucketizeOptions>().GetBoundariesArray() ?? [];
        for (int i = 1; i < boundaries.Length; i++)
        {
            if (!(boundaries[i - 1] <= boundaries[i])) throw node.Malformed("has boundaries that do not ascend");
        }
        var x = node.Input(0);
        if (x.Type.Element is not (ElementType.F32 or ElementType.S32 or ElementType.S64)) throw node.Unsupported($"it takes {x.Type.Element.Name()}");
        if (x.Type.Element != ElementType.F32) x = node.Emit(new Cast(ElementType.F32), x);
        var shape = x.Type.Shape;
        var below = node.Emit(new Compare(CompareKind.Less), node.Reshape(x, [.. shape.Span, 1]), node.AddConstant("boundaries", Ir.Tensor.Of<float>(new Shape(boundaries.Length), boundaries)));
        var reached = node.Emit(new Cast(ElementType.S32), node.Emit(new Unary(UnaryKind.LogicalNot), below));
        node.EmitResult(new Reduce(ReduceKind.Sum, new Ints(shape.Rank), false), reached);
    }

    /// <summary>The shape to which two shapes broadcast.</summary>
    [TfLiteOperator(BuiltinOperator.BROADCAST_ARGS)]
    public static void BroadcastArgs(TfLiteNode node)
    {
        int[] a = node.ConstantInts(0, "the first shape"), b = node.ConstantInts(1, "the second shape");
        if (a.Concat(b).Any(e => e < 0) || Shape.Broadcast(new Shape(a), new Shape(b)) is not { } shape) throw node.Malformed($"has shapes [{string.Join(", ", a)}] and [{string.Join(", ", b)}], which do not broadcast");
        node.Bind(0, node.AddConstant("value", node.OutputElement() switch
        {
            ElementType.S32 => Ir.Tensor.Of<int>(new Shape(shape.Rank), shape.Span),
            ElementType.S64 => Ir.Tensor.Of<long>(new Shape(shape.Rank), [.. shape.Select(e => (long)e)]),
            var other => throw node.Unsupported($"its result has element type {other.Name()}"),
        }));
    }
}
