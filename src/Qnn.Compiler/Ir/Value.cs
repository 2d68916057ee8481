namespace Qnn.Compiler.Ir;

/// <summary>What a <see cref="Value"/> comes from.</summary>
public enum ValueKind
{
    /// <summary>The output of a node.</summary>
    Result,
    /// <summary>An input of the graph.</summary>
    Input,
    /// <summary>Known at compile time.</summary>
    Constant,
    /// <summary>A variable tensor, kept between calls; the recurrent operators that take it update it in place.</summary>
    Variable,
}

/// <summary>A value of the graph (SSA: made once, never changed, variables aside). Compared by reference.</summary>
public sealed class Value
{
    private Value(string name, TensorType type, ValueKind kind, Tensor? constant) => (Name, Type, Kind, Constant) = (name, type, kind, constant);

    /// <summary>The name in the source model.</summary>
    public string Name { get; }

    /// <summary>The type.</summary>
    public TensorType Type { get; }

    /// <summary>Where it comes from.</summary>
    public ValueKind Kind { get; }

    /// <summary>The contents of a constant, or a variable's first contents (null: its zero point).</summary>
    public Tensor? Constant { get; }

    /// <summary>Whether it is a constant.</summary>
    public bool IsConstant => Kind == ValueKind.Constant;

    /// <summary>An output of a node.</summary>
    public static Value Result(string name, TensorType type) => new(name, type, ValueKind.Result, null);

    /// <summary>An input of a graph.</summary>
    public static Value Input(string name, TensorType type) => new(name, type, ValueKind.Input, null);

    /// <summary>A constant.</summary>
    public static Value Of(string name, Tensor tensor) => new(name, tensor.Type, ValueKind.Constant, tensor);

    /// <summary>A variable tensor.</summary>
    public static Value Variable(string name, TensorType type, Tensor? initial = null) => new(name, type, ValueKind.Variable, initial);

    /// <inheritdoc/>
    public override string ToString() => $"%{Name}: {Type}";
}
