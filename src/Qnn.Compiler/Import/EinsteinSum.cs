using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import;

/// <summary>Sums of products over named indices (einsum): operands two by two as matrix products, indices of one of them alone added up before.</summary>
/// <param name="emit">Adds an operator.</param>
/// <param name="permute">Puts axes into another order.</param>
/// <param name="reshape">Gives a tensor other extents.</param>
/// <param name="product">The framework's product of matrices, one to each index of the first axis.</param>
internal sealed class EinsteinSum(Func<Operator, Value[], Value> emit, Func<Value, int[], Value> permute, Func<Value, int[], Value> reshape, Func<Value, Value, Value> product)
{
    private const string Dots = "...";

    /// <summary>The result of an equation, such as <c>bij,bjk->bik</c>; without an arrow the indices that occur once, in alphabetical order.</summary>
    /// <exception cref="FormatException">The equation is malformed, does not fit the operands, or takes a diagonal.</exception>
    public Value Of(string equation, IReadOnlyList<Value> operands)
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != operands.Count) throw Fault(equation);
        string result = sides.Length == 2 ? sides[1] : (sides[0].Contains(Dots, StringComparison.Ordinal) ? Dots : "") + new string([.. terms.SelectMany(t => t.Replace(Dots, "", StringComparison.Ordinal)).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order()]);
        (terms, result) = WithoutDots(equation, terms, result, operands);
        if (terms.Any(t => t.Distinct().Count() != t.Length)) throw Fault(equation);
        if (result.Distinct().Count() != result.Length || result.Any(c => !terms.Any(t => t.Contains(c, StringComparison.Ordinal)))) throw Fault(equation);
        var (value, labels) = (operands[0], terms[0]);
        for (int i = 1; i < terms.Length; i++) (value, labels) = Pair(equation, value, labels, operands[i], terms[i], result + string.Concat(terms[(i + 1)..]));
        (value, labels) = Summed(value, labels, result);
        return Ordered(value, labels, result);
    }

    // Dots stand for the axes that are not named, the last ones of which are the same of all operands.
    private static (string[] Terms, string Result) WithoutDots(string equation, string[] terms, string result, IReadOnlyList<Value> operands)
    {
        const char FirstOfDots = '0';
        int most = 0;
        var named = new string[terms.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            int rank = operands[i].Type.Shape.Rank, dotted = rank - terms[i].Replace(Dots, "", StringComparison.Ordinal).Length;
            bool has = terms[i].Contains(Dots, StringComparison.Ordinal);
            if (dotted < 0 || dotted > 9 || !has && dotted != 0 || terms[i].Replace(Dots, "", StringComparison.Ordinal).Contains('.', StringComparison.Ordinal)) throw Fault(equation);
            most = Math.Max(most, dotted);
            named[i] = terms[i].Replace(Dots, Axes(dotted), StringComparison.Ordinal);
        }
        return (named, result.Replace(Dots, Axes(most), StringComparison.Ordinal));

        // From the last axis on, so that operands of fewer of them share the last ones.
        static string Axes(int count) => new([.. Enumerable.Range(0, count).Select(i => (char)(FirstOfDots + count - 1 - i))]);
    }

    private (Value Value, string Labels) Pair(string equation, Value a, string la, Value b, string lb, string needed)
    {
        (a, la) = Summed(a, la, needed + lb);
        (b, lb) = Summed(b, lb, needed + la);
        string both = string.Concat(la.Where(c => lb.Contains(c, StringComparison.Ordinal)));
        string batch = string.Concat(both.Where(c => needed.Contains(c, StringComparison.Ordinal))), inner = string.Concat(both.Except(batch));
        string left = string.Concat(la.Except(both)), right = string.Concat(lb.Except(both));
        if (both.Any(c => Extent(a, la, c) != Extent(b, lb, c))) throw Fault(equation);
        int[] extents = [.. batch.Concat(left).Select(c => Extent(a, la, c)), .. right.Select(c => Extent(b, lb, c))];
        var (m, k, n, batches) = (All(a, la, left), All(a, la, inner), All(b, lb, right), All(a, la, batch));
        var x = reshape(Ordered(a, la, batch + left + inner), [batches, m, k]);
        var y = reshape(Ordered(b, lb, batch + inner + right), [batches, k, n]);
        return (reshape(product(x, y), extents), batch + left + right);
    }

    private static int Extent(Value value, string labels, char label) => value.Type.Shape[labels.IndexOf(label, StringComparison.Ordinal)];

    private static int All(Value value, string labels, string of) => of.Aggregate(1, (n, c) => n * Extent(value, labels, c));

    // Indices that nothing else needs are added up.
    private (Value Value, string Labels) Summed(Value value, string labels, string needed)
    {
        int[] axes = [.. Enumerable.Range(0, labels.Length).Where(i => !needed.Contains(labels[i], StringComparison.Ordinal))];
        return axes.Length == 0 ? (value, labels) : (emit(new Reduce(ReduceKind.Sum, new Ints(axes), false), [value]), string.Concat(labels.Where(c => needed.Contains(c, StringComparison.Ordinal))));
    }

    private Value Ordered(Value value, string labels, string order) => labels == order ? value : permute(value, [.. order.Select(c => labels.IndexOf(c, StringComparison.Ordinal))]);

    private static FormatException Fault(string equation) => new($"its equation is '{equation}'");
}
