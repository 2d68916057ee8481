namespace Qnn.Compiler.Import.TfLite;

/// <summary>A subgraph: tensors, and operators in the order in which they run.</summary>
internal sealed class TfLiteSubgraph
{
    internal TfLiteSubgraph(TfLiteFile file, int index, Schema.SubGraph source)
    {
        (File, Index) = (file, index);
        Name = TfLiteText.DecodeName(source.GetNameBytes(), file.Budget);
        file.Budget.Charge(source.TensorsLength + (long)source.OperatorsLength + source.InputsLength + source.OutputsLength);

        var tensors = new TfLiteTensor[source.TensorsLength];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = new TfLiteTensor(this, i, source.Tensors(i)!.Value);
        Tensors = tensors;
        Inputs = Resolve(source.GetInputsArray(), "input");
        Outputs = Resolve(source.GetOutputsArray(), "output");
        var operators = new TfLiteOperator[source.OperatorsLength];
        for (int i = 0; i < operators.Length; i++) operators[i] = new TfLiteOperator(this, i, source.Operators(i)!.Value);
        Operators = operators;
        CheckFlow();
    }

    /// <summary>The file.</summary>
    public TfLiteFile File { get; }

    /// <summary>Its place in the file.</summary>
    public int Index { get; }

    /// <summary>Its name; often empty.</summary>
    public string Name { get; }

    /// <summary>All tensors.</summary>
    public IReadOnlyList<TfLiteTensor> Tensors { get; }

    /// <summary>The inputs; no tensor twice.</summary>
    public IReadOnlyList<TfLiteTensor> Inputs { get; }

    /// <summary>The outputs; may be inputs or constants, and one tensor may stand twice.</summary>
    public IReadOnlyList<TfLiteTensor> Outputs { get; }

    /// <summary>The operators, in the order in which they run.</summary>
    public IReadOnlyList<TfLiteOperator> Operators { get; }

    /// <summary>Tensors by their indices in the file. <paramref name="user"/> says who asks, for the error; <paramref name="optional"/> allows -1 for none.</summary>
    internal TfLiteTensor?[] Resolve(int[]? indices, string role, Func<string> user, bool optional)
    {
        if (indices is null) return [];
        var tensors = new TfLiteTensor?[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            int index = indices[i];
            if (optional && index == -1) continue;
            if ((uint)index >= (uint)Tensors.Count) throw TfLiteFault.Inconsistent($"The {role} {i} of {user()} is tensor {index}, but subgraph {Index} has {Tensors.Count}.");
            tensors[i] = Tensors[index];
        }
        return tensors;
    }

    private TfLiteTensor[] Resolve(int[]? indices, string role) => Resolve(indices, role, () => $"subgraph {Index}", optional: false)!;

    /// <summary>Each tensor is set before it is read, and once. In file order, as TFLite runs it; so there can be no cycle.</summary>
    private void CheckFlow()
    {
        foreach (var input in Inputs)
        {
            if (input.IsInput) throw TfLiteFault.Inconsistent($"{input} is twice an input of subgraph {Index}.");
            input.IsInput = true;
        }
        foreach (var op in Operators)
        {
            foreach (var output in op.Outputs)
            {
                if (output is null) continue;
                if (output.Producer is { } other) throw TfLiteFault.Inconsistent($"{output} is written by two operators: {other} and {op}.");
                if (output.IsInput) throw TfLiteFault.Inconsistent($"{output} is written by {op}, but it is an input of subgraph {Index}.");
                if (!output.Data.IsEmpty) throw TfLiteFault.Inconsistent($"{output} is written by {op}, but it is a constant.");
                output.Producer = op;
            }
        }
        foreach (var op in Operators)
        {
            foreach (var input in op.Inputs)
            {
                if (input is null || input.IsVariable) continue;
                if (input.Producer is { } producer ? producer.Index >= op.Index : !input.IsGiven)
                    throw TfLiteFault.Inconsistent($"{op} reads {input}, which nothing has set before.");
            }
        }
        foreach (var output in Outputs)
        {
            if (output.Producer is null && !output.IsGiven) throw TfLiteFault.Inconsistent($"{output} is an output of subgraph {Index}, but nothing sets it.");
        }
    }
}
