using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Passes;

/// <summary>
/// <c>qnn.lookup(qnn.lookup(x, t1), t2) => qnn.lookup(x, t2[t1])</c>, where either may be <c>qnn.flip_sign</c>. A table that changes nothing goes:
/// a model that takes uint8 for int8, as converters write it, runs on the image as it is.
/// </summary>
public sealed class ComposeLookupTables : NodeRewritePass
{
    private const int Values = 256;

    private static readonly byte[] s_flip = [.. Enumerable.Range(0, Values).Select(i => (byte)(i ^ 0x80))];

    /// <inheritdoc/>
    public override string Name => "compose-lookup-tables";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        if (Table(node) is not { } outer || context.Builder.Producer(node.Input(0)) is not { } producer || Table(producer) is not { } inner || producer.Output.Type.Element.Size() != 1) return null;
        var (source, result) = (producer.Input(0), node.Output);
        int size = result.Type.Element.Size();
        byte[] table = new byte[Values * size];
        for (int i = 0; i < Values; i++) outer.AsSpan(inner[i] * size, size).CopyTo(table.AsSpan(i * size));
        bool unchanged = source.Type.Element == result.Type.Element && Equals(source.Type.Quantization, result.Type.Quantization) && Enumerable.Range(0, Values).All(i => table[i] == i);
        if (unchanged) return [source];
        var constant = Value.Of($"{result.Name}/table", new Tensor(new TensorType(result.Type.Element, new Shape(Values)), table));
        return [context.Builder.Add(new LookupTable(), [source, constant], node.Location, result.Type.Quantization, result.Name)];
    }

    // 256 results of one or two bytes each; null where there is no such table.
    private static byte[]? Table(Node node) => node.Operator switch
    {
        FlipSign => s_flip,
        LookupTable when node.Input(1).Constant is { } table && node.Input(0).Type.Element.Size() == 1 => table.Bytes.ToArray(),
        _ => null,
    };
}
