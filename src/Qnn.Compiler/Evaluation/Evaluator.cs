using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Evaluation;

/// <summary>Evaluates operators and graphs on the compiler's side: folds constants and judges passes and kernels. Slow on purpose.</summary>
public static class Evaluator
{
    private static readonly Lazy<Dictionary<Type, OperatorEvaluator>> s_evaluators =
        new(() => OperatorHandlers.Discover<OperatorEvaluator>(typeof(OperatorEvaluator<>)));

    /// <summary>Evaluates one operator.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="inputs">Operands; null for absent optional ones.</param>
    /// <param name="outputTypes">Types of the results, with their quantization.</param>
    public static IReadOnlyList<Tensor> Evaluate(Operator op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<TensorType> outputTypes)
    {
        ArgumentNullException.ThrowIfNull(op);
        if (s_evaluators.Value.TryGetValue(op.GetType(), out var evaluator))
        {
            var outputs = outputTypes.Select(t => new Tensor(t)).ToArray();
            evaluator.Evaluate(op, inputs, outputs);
            return outputs;
        }
        return EvaluateByKernel(op, inputs, outputTypes);
    }

    /// <summary>Evaluates a graph without variables, node by node.</summary>
    public static IReadOnlyList<Tensor> Run(Graph graph, IReadOnlyList<Tensor> inputs) => Trace(graph, inputs, out _);

    /// <summary>Evaluates a graph and hands out every value on the way, for comparisons layer by layer.</summary>
    public static IReadOnlyList<Tensor> Trace(Graph graph, IReadOnlyList<Tensor> inputs, out IReadOnlyDictionary<Value, Tensor> values)
    {
        var known = new Dictionary<Value, Tensor>();
        for (int i = 0; i < graph.Inputs.Count; i++) known[graph.Inputs[i]] = inputs[i];
        Tensor? Get(Value? value)
        {
            if (value is null) return null;
            if (known.TryGetValue(value, out var tensor)) return tensor;
            if (value.Kind == ValueKind.Constant) return value.Constant;
            if (value.Kind == ValueKind.Variable) return known[value] = InitialState(value);
            throw new InvalidOperationException($"{value} was not computed.");
        }
        foreach (var node in graph.Nodes)
        {
            var results = Evaluate(node.Operator, [.. node.Inputs.Select(Get)], [.. node.Outputs.Select(o => o.Type)]);
            for (int i = 0; i < results.Count; i++) known[node.Outputs[i]] = results[i];
        }
        values = known;
        return [.. graph.Outputs.Select(o => Get(o)!)];
    }

    /// <summary>A variable's first contents.</summary>
    private static Tensor InitialState(Value value)
    {
        var tensor = new Tensor(value.Type);
        if (value.Constant is { } initial) initial.Bytes.Span.CopyTo(tensor.MutableSpan<byte>());
        else if (value.Type.Element is ElementType.S8 or ElementType.U8) tensor.MutableSpan<byte>().Fill((byte)value.Type.ZeroPoint);
        return tensor;
    }

    // A graph of one node, run by the runtime's scalar kernels. Constants become inputs only where the kernel allows it, so they stay constants,
    // and one operand that is no weight is enough to keep the builder from folding the node again.
    private static IReadOnlyList<Tensor> EvaluateByKernel(Operator op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<TensorType> outputTypes)
    {
        var operands = inputs.Select((t, i) => t is null ? null : op.Updates(i) ? Value.Variable($"operand{i}", t.Type, t) : Value.Of($"operand{i}", t)).ToArray();
        var results = outputTypes.Select((t, i) => Value.Result($"result{i}", t)).ToArray();
        var graph = new Graph("evaluation", [], results, [new Node(op, operands, results, SourceLocation.None)]);
        var program = GraphLowering.Lower(graph);
        using var model = QuantizedModel.Load(ArtifactWriter.Write(program, ArtifactMetadata.None));
        using var session = model.CreateSession(new InferenceOptions { Threads = 1, Kernels = KernelTier.Scalar });
        session.Run();
        return [.. outputTypes.Select((t, i) => new Tensor(t, session.Output(i).ToArray()))];
    }
}
