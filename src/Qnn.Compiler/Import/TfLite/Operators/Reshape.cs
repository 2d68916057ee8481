using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>RESHAPE: the new shape is the second operand, else the option; one extent may be -1.</summary>
internal static class Reshape
{
    [TfLiteOperator(BuiltinOperator.RESHAPE)]
    public static void Import(TfLiteNode node)
    {
        var data = node.Input(0);
        int[] wanted = node.OptionalInput(1) is null
            ? node.Options<ReshapeOptions>().GetNewShapeArray() ?? [.. node.Output().Shape]
            : node.Constant(1, "the new shape").ToInt32();
        int open = Array.IndexOf(wanted, -1);
        if (open >= 0)
        {
            long known = wanted.Where((_, i) => i != open).Aggregate(1L, (p, e) => p * e);
            if (known == 0 || data.Type.Shape.ElementCount % known != 0) throw node.Malformed($"cannot give {data.Type.Shape} the shape {string.Join('x', wanted)}");
            wanted[open] = (int)(data.Type.Shape.ElementCount / known);
        }
        node.EmitResult(new Ir.Operators.Reshape(new Shape(wanted)), data);
    }
}
