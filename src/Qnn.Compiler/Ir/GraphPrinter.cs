using System.Text;
using Qnn.Runtime;

namespace Qnn.Compiler.Ir;

/// <summary>The text form of a graph: a line a node, names as in the source model. Deterministic, so that dumps can be compared.</summary>
public static class GraphPrinter
{
    /// <summary>Prints a graph.</summary>
    public static string Print(Graph graph)
    {
        var text = new StringBuilder();
        text.Append("graph @").Append(graph.Name).Append('(').AppendJoin(", ", graph.Inputs).Append(") {\n");
        foreach (var node in graph.Nodes)
        {
            text.Append("  ").AppendJoin(", ", node.Outputs).Append(" = ").Append(node.Operator.Mnemonic).Append('(');
            text.AppendJoin(", ", node.Inputs.Select(Operand)).Append(')');
            text.Append(Attributes(node.Operator));
            if (node.Location != SourceLocation.None) text.Append("  // ").Append(node.Location);
            text.Append('\n');
        }
        return text.Append("  return ").AppendJoin(", ", graph.Outputs.Select(Operand)).Append("\n}\n").ToString();
    }

    private static string Operand(Value? value) => value switch
    {
        null => "none",
        { IsConstant: true } => value.Type.Shape.ElementCount == 1 && value.Constant!.Type.Element.Size() <= 8 && IsInteger(value)
            ? $"const {value.Constant.ToInt64()[0]}: {value.Type}"
            : $"const %{value.Name}: {value.Type}",
        { Kind: ValueKind.Variable } => $"var %{value.Name}: {value.Type}",
        _ => $"%{value.Name}",
    };

    private static bool IsInteger(Value value) => value.Type.Element is not (ElementType.F16 or ElementType.F32 or ElementType.F64);

    // A record prints as "Name { A = 1, B = 2 }"; the mnemonic stands before it already.
    private static string Attributes(Operator op)
    {
        string record = op.ToString();
        int brace = record.IndexOf('{', StringComparison.Ordinal);
        string body = brace < 0 ? "" : record[(brace + 1)..^1].Trim();
        return body.Length == 0 ? "" : $" {{{body}}}";
    }
}
