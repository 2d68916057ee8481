using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Passes;

/// <summary>
/// <c>qnn.quantize(f(qnn.dequantize(x))) => qnn.lookup(x, table)</c> for x and results of 8 bits and any f made of elementwise operators and single numbers:
/// all 256 answers are worked out by the same operators. A table that changes nothing goes.
/// </summary>
public sealed class FuseLookupTables : NodeRewritePass
{
    // What is gained is gained from the first operator on; longer chains than these are not written by people.
    private const int MostNodes = 64;

    /// <inheritdoc/>
    public override string Name => "fuse-lookup-tables";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        var result = node.Outputs[0];
        if (node.Outputs.Count != 1 || !IsEnd(node.Operator) || result.Type is not { Element: ElementType.U8 or ElementType.S8, Quantization: not { IsPerChannel: true } }) return null;
        var region = new List<Node>();
        Value? source = null;
        if (!Collect(node, context.Builder, result.Type.Shape, region, ref source) || source is null || region.Count == 1 && node.Operator is not Quantize) return null;

        if (Tabulate(region, source) is not { } table) return null;
        bool unchanged = source.Type.Element == result.Type.Element && Equals(source.Type.Quantization, result.Type.Quantization)
            && table.Bytes.Span.SequenceEqual(AllBytes().AsSpan());
        if (unchanged) return [source];
        var constant = Value.Of($"{result.Name}/table", table);
        return [context.Builder.Add(new LookupTable(), [source, constant], node.Location, result.Type.Quantization, result.Name)];
    }

    private static bool IsEnd(Operator op) => op is Quantize or Requantize or LookupTable;

    // The nodes between the end and the one 8-bit value that it depends on, operands first.
    private static bool Collect(Node node, GraphBuilder builder, Shape shape, List<Node> region, ref Value? source)
    {
        if (region.Contains(node)) return true;
        if (region.Count >= MostNodes || !node.Operator.IsElementwise || node.Outputs.Count != 1 || !node.Output.Type.Shape.Equals(shape)) return false;
        int operands = Math.Min(node.Inputs.Count, node.Operator.DataOperands);
        for (int i = 0; i < operands; i++)
        {
            if (node.Inputs[i] is not { } input) continue;
            if (input.IsConstant)
            {
                if (input.Type.Shape.ElementCount != 1 || input.Type.Quantization is { IsPerChannel: true }) return false;
                continue;
            }
            if (input.Type.Quantization is { IsPerChannel: true }) return false;
            // An 8-bit value is as far as a table reaches; the source that all chains share is sought there.
            if (input.Type.Element is ElementType.U8 or ElementType.S8)
            {
                if (source is not null && source != input || !input.Type.Shape.Equals(shape)) return false;
                source = input;
                continue;
            }
            if (builder.Producer(input) is not { } producer || !Collect(producer, builder, shape, region, ref source)) return false;
        }
        region.Add(node);
        return true;
    }

    private static Tensor? Tabulate(List<Node> region, Value source)
    {
        var builder = new GraphBuilder("table");
        var known = new Dictionary<Value, Value>
        {
            [source] = Value.Of("all", new Tensor(source.Type with { Shape = new Shape(256) }, AllBytes())),
        };
        foreach (var node in region)
        {
            var inputs = node.Inputs.Select(i => i is null ? null : known.TryGetValue(i, out var value) ? value : Scalar(i)).ToArray();
            if (inputs.Any(i => i is { IsConstant: false })) return null;
            known[node.Output] = builder.Add(node.Operator, inputs, node.Location, node.Output.Type.Quantization);
        }
        return known[region[^1].Output].Constant;
    }

    // A constant of one element, whatever its rank, so that it broadcasts to a list.
    private static Value Scalar(Value value) => value.IsConstant && value.Type.Shape.ElementCount == 1
        ? Value.Of(value.Name, new Tensor(value.Type with { Shape = Shape.Scalar }, value.Constant!.Bytes.ToArray()))
        : value;

    private static byte[] AllBytes() => [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
}
