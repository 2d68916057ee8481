using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Einsum: operands two by two as matrix products, indices of one of them alone added up before.</summary>
internal static class Einsums
{
    private const string Ellipsis = "...";

    [OnnxOperator("Einsum")]
    public static void Einsum(OnnxNode node)
    {
        string equation = node.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        if (equation.Contains(Ellipsis, StringComparison.Ordinal)) equation = Spelled(node, equation);
        string[] sides = equation.Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != node.InputCount || sides.Any(s => s.Contains('.', StringComparison.Ordinal)) || terms.Any(t => t.Distinct().Count() != t.Length)) throw node.Unsupported($"its equation is '{node.Text("equation", "")}'");
        string result = sides.Length == 2 ? sides[1] : new string([.. terms.SelectMany(t => t).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order()]);
        if (result.Distinct().Count() != result.Length || result.Any(c => !terms.Any(t => t.Contains(c, StringComparison.Ordinal)))) throw node.Malformed($"has the equation '{node.Text("equation", "")}'");
        var (value, labels) = (node.Input(0), terms[0]);
        for (int i = 0; i < terms.Length; i++)
        {
            if (node.Input(i).Type.Shape.Rank != terms[i].Length) throw node.Malformed($"has '{terms[i]}' for {node.Input(i).Type}");
        }
        for (int i = 1; i < terms.Length; i++)
        {
            string needed = result + string.Concat(terms[(i + 1)..]);
            (value, labels) = Pair(node, value, labels, node.Input(i), terms[i], needed);
        }
        (value, labels) = Summed(node, value, labels, result);
        node.Result(Ordered(node, value, labels, result));
    }

    // The axes that an ellipsis stands for by labels of their own, counted from the last; where nothing is said of the result they come first.
    private static string Spelled(OnnxNode node, string equation)
    {
        string[] sides = equation.Split("->"), terms = sides[0].Split(',');
        if (terms.Length != node.InputCount) throw node.Malformed($"has the equation '{equation}'");
        string free = new([.. Enumerable.Range('A', 26).Concat(Enumerable.Range('a', 26)).Select(c => (char)c).Where(c => !equation.Contains(c, StringComparison.Ordinal))]);
        int most = 0;
        string Of(string term, int axes) => axes >= 0 && axes <= free.Length ? term.Replace(Ellipsis, free[..axes], StringComparison.Ordinal) : throw node.Malformed($"has '{term}' for {axes} axes");
        for (int i = 0; i < terms.Length; i++)
        {
            if (!terms[i].Contains(Ellipsis, StringComparison.Ordinal)) continue;
            int axes = node.Input(i).Type.Shape.Rank - (terms[i].Length - Ellipsis.Length);
            if (most > 0 && axes != most) throw node.Unsupported("its operands have different numbers of axes for an ellipsis");
            most = axes;
            terms[i] = Of(terms[i], axes);
        }
        string result = sides.Length > 1 ? Of(sides[1], most)
            : free[..most] + new string([.. terms.SelectMany(t => t).Where(c => !free.Contains(c, StringComparison.Ordinal)).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order()]);
        return string.Join(',', terms) + "->" + result;
    }

    private static (Value Value, string Labels) Pair(OnnxNode node, Value a, string la, Value b, string lb, string needed)
    {
        (a, la) = Summed(node, a, la, needed + lb);
        (b, lb) = Summed(node, b, lb, needed + la);
        string both = string.Concat(la.Where(c => lb.Contains(c, StringComparison.Ordinal)));
        string batch = string.Concat(both.Where(c => needed.Contains(c, StringComparison.Ordinal))), inner = string.Concat(both.Except(batch));
        string left = string.Concat(la.Except(both)), right = string.Concat(lb.Except(both));
        int Extent(string labels, Value v, string of) => labels.Aggregate(1, (n, c) => n * v.Type.Shape[of.IndexOf(c, StringComparison.Ordinal)]);
        int[] extents = [.. batch.Select(c => a.Type.Shape[la.IndexOf(c, StringComparison.Ordinal)]), .. left.Select(c => a.Type.Shape[la.IndexOf(c, StringComparison.Ordinal)]), .. right.Select(c => b.Type.Shape[lb.IndexOf(c, StringComparison.Ordinal)])];
        var (m, k, n, batches) = (Extent(left, a, la), Extent(inner, a, la), Extent(right, b, lb), Extent(batch, a, la));
        if (k != Extent(inner, b, lb) || batches != Extent(batch, b, lb)) throw node.Malformed($"has operands {a.Type} and {b.Type} that do not fit");
        var x = node.Reshape(Ordered(node, a, la, batch + left + inner), batches, m, k);
        var y = node.Reshape(Ordered(node, b, lb, batch + inner + right), batches, k, n);
        if (x.Type.Element != ElementType.F32) throw node.Unsupported($"it multiplies {x.Type.Element.Name()}");
        return (node.Reshape(node.Emit(new BatchMatMul(MatrixProducts.Run(k, n)), x, y), extents), batch + left + right);
    }

    // Indices that nothing else needs are added up.
    private static (Value Value, string Labels) Summed(OnnxNode node, Value value, string labels, string needed)
    {
        int[] axes = [.. Enumerable.Range(0, labels.Length).Where(i => !needed.Contains(labels[i], StringComparison.Ordinal))];
        return axes.Length == 0 ? (value, labels) : (node.Emit(new Reduce(ReduceKind.Sum, new Ints(axes), false), value), string.Concat(labels.Where(c => needed.Contains(c, StringComparison.Ordinal))));
    }

    private static Value Ordered(OnnxNode node, Value value, string labels, string order) =>
        labels == order ? value : Channels.Permute(node.Importer.Builder, value, [.. order.Select(c => labels.IndexOf(c, StringComparison.Ordinal))], node.Location);
}
