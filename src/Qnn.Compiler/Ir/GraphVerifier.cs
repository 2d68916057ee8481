namespace Qnn.Compiler.Ir;

/// <summary>Checks that a graph is well formed: every operand is made before its use, exactly once, and every type is what the operator infers.</summary>
public static class GraphVerifier
{
    /// <summary>Checks a graph.</summary>
    /// <exception cref="InvalidOperationException">It is not well formed: the last pass, or the importer, is at fault.</exception>
    public static void Verify(Graph graph)
    {
        var known = new HashSet<Value>(graph.Inputs);
        bool IsKnown(Value value) => value.Kind is ValueKind.Constant or ValueKind.Variable || known.Contains(value);
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs)
            {
                if (input is not null && !IsKnown(input)) throw Fault(node, $"takes {input} before it is made");
            }
            IReadOnlyList<TensorType> types;
            try
            {
                types = node.Operator.InferTypes([.. node.Inputs.Select(i => i?.Type)]);
            }
            catch (TypeException fault)
            {
                throw Fault(node, fault.Message);
            }
            if (types.Count != node.Outputs.Count) throw Fault(node, $"has {node.Outputs.Count} results, its operator {types.Count}");
            for (int i = 0; i < types.Count; i++)
            {
                var type = node.Outputs[i].Type;
                if (type.Element != types[i].Element || !type.Shape.Equals(types[i].Shape)) throw Fault(node, $"result {i} is {type}, its operator infers {types[i]}");
                if (!type.FitsQuantization) throw Fault(node, $"result {i} has {type.Quantization!.Scales.Length} scales for {type}");
                if (!known.Add(node.Outputs[i])) throw Fault(node, $"makes {node.Outputs[i]} again");
            }
        }
        foreach (var output in graph.Outputs)
        {
            if (!IsKnown(output)) throw new InvalidOperationException($"Output {output} is made by no node.");
        }
    }

    private static InvalidOperationException Fault(Node node, string what) => new($"{node.Operator.Mnemonic} from {node.Location} {what}.");
}
