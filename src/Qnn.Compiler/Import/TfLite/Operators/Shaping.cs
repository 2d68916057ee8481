using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>SQUEEZE, EXPAND_DIMS, SHAPE, RANK, and DENSIFY, whose sparse constant the importer has expanded: shapes are known when a model is compiled, so these cost nothing.</summary>
internal static class Shaping
{
    [TfLiteOperator(BuiltinOperator.SQUEEZE)]
    public static void Squeeze(TfLiteNode node)
    {
        var data = node.Input(0);
        var shape = data.Type.Shape;
        var squeezed = new bool[shape.Rank];
        foreach (int axis in node.Options<SqueezeOptions>().GetSqueezeDimsArray() ?? [])
        {
            int from0 = node.Axis(axis, shape.Rank);
            if (shape[from0] != 1) throw node.Malformed($"squeezes axis {axis} of {shape}");
            squeezed[from0] = true;
        }
        bool all = !squeezed.Contains(true);
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. shape.Where((extent, axis) => all ? extent != 1 : !squeezed[axis])])), data);
    }

    [TfLiteOperator(BuiltinOperator.EXPAND_DIMS)]
    public static void ExpandDims(TfLiteNode node)
    {
        var data = node.Input(0);
        int axis = node.Axis(node.ConstantScalar(1, "the axis"), data.Type.Shape.Rank + 1);
        List<int> extents = [.. data.Type.Shape];
        extents.Insert(axis, 1);
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. extents])), data);
    }

    [TfLiteOperator(BuiltinOperator.DENSIFY)]
    public static void Densify(TfLiteNode node) => node.EmitResult(new Ir.Operators.Reshape(node.Input(0).Type.Shape), node.Input(0));

    [TfLiteOperator(BuiltinOperator.SHAPE)]
    public static void ShapeOf(TfLiteNode node) => BindIntegers(node, [.. node.Input(0).Type.Shape.Select(e => (long)e)], new Shape(node.Input(0).Type.Shape.Rank));

    [TfLiteOperator(BuiltinOperator.RANK)]
    public static void Rank(TfLiteNode node) => BindIntegers(node, [node.Input(0).Type.Shape.Rank], Shape.Scalar);

    private static void BindIntegers(TfLiteNode node, long[] elements, Shape shape)
    {
        var tensor = node.OutputElement() switch
        {
            ElementType.S32 => Ir.Tensor.Of<int>(shape, [.. elements.Select(e => (int)e)]),
            ElementType.S64 => Ir.Tensor.Of<long>(shape, elements),
            var other => throw node.Unsupported($"its result has element type {other.Name()}"),
        };
        node.Bind(0, node.AddConstant("value", tensor));
    }
}
