using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// Operators that run other subgraphs, which take their place: IF, WHILE, STABLEHLO_COMPOSITE, CALL. Loops are unrolled; how often they run must follow from constants.
/// </summary>
internal static class Calls
{
    [TfLiteOperator(BuiltinOperator.CALL)]
    public static void Call(TfLiteNode node) => BindResults(node, node.Call((int)Math.Min(node.Options<CallOptions>().Subgraph, int.MaxValue), Arguments(node, 0)));

    /// <summary>An operator that a delegate may know by its name, and what it means in others.</summary>
    [TfLiteOperator(BuiltinOperator.STABLEHLO_COMPOSITE)]
    public static void Composite(TfLiteNode node) => BindResults(node, node.Call(node.Options<StableHLOCompositeOptions>().DecompositionSubgraphIndex, Arguments(node, 0)));

    /// <summary>Where the condition is computed at run time, both branches are, and each result is chosen; so they must not write variables.</summary>
    [TfLiteOperator(BuiltinOperator.IF)]
    public static void If(TfLiteNode node)
    {
        var options = node.Options<IfOptions>();
        var arguments = Arguments(node, 1);
        var condition = node.Input(0);
        if (condition.IsConstant)
        {
            BindResults(node, node.Call(IsTrue(node, condition) ? options.ThenSubgraphIndex : options.ElseSubgraphIndex, arguments));
            return;
        }
        CheckCondition(node, condition);
        int before = node.Builder.VariableWrites;
        var (then, otherwise) = (node.Call(options.ThenSubgraphIndex, arguments), node.Call(options.ElseSubgraphIndex, arguments));
        if (node.Builder.VariableWrites != before) throw node.Unsupported("its condition is computed at run time, and its branches write variables");
        if (then.Count < node.OutputCount || otherwise.Count < node.OutputCount) throw node.Malformed("calls subgraphs with too few outputs");
        for (int i = 0; i < node.OutputCount; i++)
        {
            if (!then[i].Type.Shape.Equals(otherwise[i].Type.Shape)) throw node.Unsupported($"its result {i} is {then[i].Type} or {otherwise[i].Type}");
            node.EmitResultAt(i, new Select(), node.Reshape(condition), then[i], otherwise[i]);
        }
    }

    [TfLiteOperator(BuiltinOperator.WHILE)]
    public static void While(TfLiteNode node)
    {
        var options = node.Options<WhileOptions>();
        Unroll(node, options.CondSubgraphIndex, options.BodySubgraphIndex);
    }

    [TfLiteOperator(BuiltinOperator.STABLEHLO_WHILE)]
    public static void StablehloWhile(TfLiteNode node)
    {
        var options = node.Options<StablehloWhileOptions>();
        Unroll(node, options.CondSubgraphIndex, options.BodySubgraphIndex);
    }

    private static void Unroll(TfLiteNode node, int conditionSubgraph, int bodySubgraph)
    {
        var values = Arguments(node, 0);
        while (true)
        {
            var condition = node.Call(conditionSubgraph, values);
            if (condition.Count != 1) throw node.Malformed($"has a condition with {condition.Count} outputs");
            if (!condition[0].IsConstant) throw node.Unsupported("how often it runs is decided at run time; it is supported where that follows from constants");
            if (!IsTrue(node, condition[0])) break;
            int count = values.Count;
            values = node.Call(bodySubgraph, values);
            if (values.Count != count) throw node.Malformed($"has a body that makes {values.Count} results of {count}");
        }
        BindResults(node, values);
    }

    private static IReadOnlyList<Value> Arguments(TfLiteNode node, int first) => [.. Enumerable.Range(first, Math.Max(0, node.Inputs.Count - first)).Select(node.Input)];

    private static void BindResults(TfLiteNode node, IReadOnlyList<Value> results)
    {
        if (results.Count < node.OutputCount) throw node.Malformed($"has {node.OutputCount} outputs, but its subgraph {results.Count}");
        for (int i = 0; i < node.OutputCount; i++)
        {
            if (node.Source.Outputs[i] is not null) node.BindAsStated(i, results[i]);
        }
    }

    private static bool IsTrue(TfLiteNode node, Value condition)
    {
        CheckCondition(node, condition);
        return condition.Constant!.Bytes.Span[0] != 0;
    }

    private static void CheckCondition(TfLiteNode node, Value condition)
    {
        if (condition.Type.Element != ElementType.Bool || condition.Type.Shape.ElementCount != 1) throw node.Malformed($"has the condition {condition.Type}");
    }
}
