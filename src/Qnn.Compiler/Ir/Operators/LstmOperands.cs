using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>The operands of TensorFlow Lite's LSTM, by their places. Those of gates stand in the order input, forget, cell, output.</summary>
internal static class LstmOperands
{
    public const int Data = 0, InputWeights = 1, RecurrentWeights = 5, Peepholes = 9, Biases = 12, Projection = 16, ProjectionBias = 17, OutputState = 18, CellState = 19, Norms = 20, Count = 24;

    /// <summary>The place of a gate's peephole, which the cell's gate lacks.</summary>
    public static int Peephole(int gate) => Peepholes + (gate == 3 ? 2 : gate);

    /// <summary>Checks shapes and element types; gives the result's shape.</summary>
    public static Shape Check(string mnemonic, IReadOnlyList<TensorType?> inputs, ElementType data, ReadOnlySpan<ElementType> weights, ElementType peephole, ElementType cell, ElementType bias, ElementType norm)
    {
        void Require(bool condition, string what)
        {
            if (!condition) throw new TypeException($"{mnemonic}: {what}.");
        }
        TensorType? At(int index) => index < inputs.Count ? inputs[index] : null;
        TensorType Needed(int index) => At(index) ?? throw new TypeException($"{mnemonic} lacks operand {index}.");

        var (x, state, memory) = (Needed(Data), Needed(OutputState), Needed(CellState));
        Require(x.Element == data && x.Shape.Rank == 3, $"does not take {x}");
        int features = x.Shape[2], cells = memory.Shape[-1], outputs = state.Shape[-1];
        Require(state.Element == data && state.Shape.Rank == 2 && memory.Element == cell && memory.Shape.Rank == 2 && memory.Shape[0] == state.Shape[0], $"does not keep {state} and {memory}");
        Require(state.Shape[0] == x.Shape[0] || state.Shape[0] == x.Shape[1], $"does not keep {state} for {x}");
        bool coupled = At(InputWeights) is null;
        var kinds = weights.ToArray();
        void Matrix(int index, int rows, int columns)
        {
            var type = Needed(index);
            Require(kinds.Contains(type.Element) && type.Shape.Equals(new Shape(rows, columns)), $"does not take weights {type} as operand {index}");
        }
        void Vector(int index, ElementType element, int count)
        {
            if (At(index) is { } type) Require((type.Element == element || element == peephole && kinds.Contains(type.Element) && index < Biases) && type.Shape.ElementCount == count, $"does not take {type} as operand {index}");
        }
        for (int gate = coupled ? 1 : 0; gate < 4; gate++)
        {
            Matrix(InputWeights + gate, cells, features);
            Matrix(RecurrentWeights + gate, cells, outputs);
            Require(At(Biases + gate) is not null, $"lacks operand {Biases + gate}");
            Vector(Biases + gate, bias, cells);
            Vector(Norms + gate, norm, cells);
            Require(At(Norms + gate) is null == (At(Norms + 1) is null), "normalises some gates only");
        }
        for (int i = 0; i < 3; i++) Vector(Peepholes + i, peephole, cells);
        if (At(Projection) is null) Require(outputs == cells, $"makes {outputs} outputs of {cells} cells without a projection");
        else Matrix(Projection, outputs, cells);
        Vector(ProjectionBias, bias, outputs);
        return new Shape(x.Shape[0], x.Shape[1], outputs);
    }

    /// <summary>Multiply-adds of the whole sequence.</summary>
    public static long MultiplyAdds(IReadOnlyList<TensorType?> inputs)
    {
        long perStep = 0;
        for (int i = InputWeights; i < Peepholes; i++) perStep += inputs[i]?.Shape.ElementCount ?? 0;
        perStep += inputs[Projection]?.Shape.ElementCount ?? 0;
        return perStep * inputs[Data]!.Shape[0] * inputs[Data]!.Shape[1];
    }
}
