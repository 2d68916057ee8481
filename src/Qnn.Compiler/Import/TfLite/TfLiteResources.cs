using Qnn.Compiler.Ir;
using Tensor = Qnn.Compiler.Ir.Tensor;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>
/// The resource variables of a model. A handle is an int32 constant: the variable's place in the list, so that handles pass through calls as any other value.
/// </summary>
internal sealed class TfLiteResources
{
    private readonly List<Resource> _resources = [];

    /// <summary>Whether what is imported runs once, before the model's first call: CALL_ONCE. What it assigns are the variables' first contents.</summary>
    public bool IsInitializing { get; set; }

    /// <summary>The handle of the variable of a name, which is made when first asked for.</summary>
    public int Handle(string container, string name)
    {
        int index = _resources.FindIndex(r => r.Container == container && r.Name == name);
        if (index >= 0) return index;
        _resources.Add(new Resource(container, name));
        return _resources.Count - 1;
    }

    /// <summary>The variable of a handle; null where it is none.</summary>
    public Resource? Of(int handle) => (uint)handle < (uint)_resources.Count ? _resources[handle] : null;
}

/// <summary>A resource variable: what READ_VARIABLE and ASSIGN_VARIABLE read and write.</summary>
/// <param name="Container">The first part of its name; mostly empty.</param>
/// <param name="Name">Its name.</param>
internal sealed record Resource(string Container, string Name)
{
    private Tensor? _initial;

    /// <summary>The variable of the graph; null until an operator of the model's reads or writes it.</summary>
    public Value? Variable { get; private set; }

    /// <summary>What it holds before the first call; null for zeros.</summary>
    public Tensor? Initial
    {
        get => _initial;
        set => _initial = Variable is null ? value : throw new InvalidOperationException("The variable is in use.");
    }

    /// <summary>The variable of the graph, of a type where nothing has given it one before.</summary>
    public Value VariableOf(TensorType type) => Variable ??= Value.Variable(Name.Length > 0 ? Name : "variable", _initial?.Type ?? type, _initial);
}
