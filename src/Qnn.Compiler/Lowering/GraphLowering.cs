using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering;

/// <summary>Graph to program: each node by its <see cref="OperatorLowering{TOperator}"/>, then <see cref="RowChains"/>, then the memory plan.</summary>
internal static class GraphLowering
{
    private static readonly Lazy<Dictionary<Type, OperatorLowering>> s_lowerings =
        new(() => OperatorHandlers.Discover<OperatorLowering>(typeof(OperatorLowering<>)));

    /// <summary>Whether an operator has a lowering.</summary>
    public static bool Supports(Type operatorType) => s_lowerings.Value.ContainsKey(operatorType);

    /// <summary>Lowers a graph.</summary>
    public static LoweredProgram Lower(Graph graph, CancellationToken cancellation = default)
    {
        var context = new LoweringContext();
        var inputs = graph.Inputs.Select(i => new LoweredPort(i.Name, context.Tensor(i))).ToArray();
        foreach (var node in graph.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            // Nothing is to be computed.
            if (node.Outputs.All(o => o.Type.Shape.ElementCount == 0)) continue;
            if (!s_lowerings.Value.TryGetValue(node.Operator.GetType(), out var lowering))
            {
                throw new InvalidOperationException($"{node.Operator.Mnemonic} from {node.Location} has no lowering.");
            }
            lowering.Lower(node, context);
        }
        var outputs = graph.Outputs.Select(Output).ToArray();
        var program = new LoweredProgram { Name = graph.Name, Tensors = context.Tensors, Steps = context.Steps, Inputs = inputs, Outputs = outputs };
        program = RowChains.Join(program);
        MemoryPlanner.Plan(program);
        return program;

        LoweredPort Output(Value value, int i) => graph.Producer(value) is { Operator: PackCounted pack } node
            ? new LoweredPort(value.Name, context.Tensor(value), context.Tensor(node.Inputs[1]), pack.Axis)
            : new LoweredPort(value.Name, OutputTensor(value, i));

        // An output lives in the arena, even one that is a constant.
        int OutputTensor(Value output, int i)
        {
            int index = context.Tensor(output);
            if (output.Kind != ValueKind.Constant) return index;
            int copy = context.Temporary(output.Type, output.Name);
            context.Step(OpCode.Copy, output.Name, [index], [copy]);
            return copy;
        }
    }
}
