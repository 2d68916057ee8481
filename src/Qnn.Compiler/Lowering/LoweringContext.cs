using System.Runtime.InteropServices;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Storage = Qnn.Runtime.Artifact.Format.Storage;

namespace Qnn.Compiler.Lowering;

/// <summary>A program in the making.</summary>
internal sealed class LoweringContext
{
    private readonly List<LoweredTensor> _tensors = [];
    private readonly List<LoweredStep> _steps = [];
    private readonly Dictionary<Value, int> _values = [];
    private readonly Dictionary<(string, string), List<int>> _constants = [];

    public IReadOnlyList<LoweredTensor> Tensors => _tensors;
    public IReadOnlyList<LoweredStep> Steps => _steps;

    /// <summary>The tensor of a value; constants and variables get theirs when first asked for. -1 for null.</summary>
    public int Tensor(Value? value)
    {
        if (value is null) return -1;
        if (_values.TryGetValue(value, out int index)) return index;
        index = value.Kind switch
        {
            ValueKind.Constant => Constant(value.Constant!, value.Name),
            ValueKind.Variable => State(value),
            _ => Add(value.Name, value.Type, Storage.Arena),
        };
        return _values[value] = index;
    }

    /// <summary>A constant made by the lowering (packed weights, folded biases). Equal constants are stored once.</summary>
    public int Constant(Tensor tensor, string name)
    {
        var bytes = tensor.Bytes;
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes.Span));
        var key = (hash, tensor.Type.ToString());
        if (!_constants.TryGetValue(key, out var same)) _constants[key] = same = [];
        // The text of a per-channel quantization is abridged, so types are compared in full.
        foreach (int candidate in same)
        {
            if (_tensors[candidate].Type.Equals(tensor.Type)) return candidate;
        }
        int index = Add(name, tensor.Type, Storage.Constant, bytes);
        same.Add(index);
        return index;
    }

    /// <summary>A constant of given elements.</summary>
    public int Constant<T>(ReadOnlySpan<T> elements, string name, params ReadOnlySpan<int> shape) where T : unmanaged =>
        Constant(Ir.Tensor.Of(shape.Length == 0 ? new Shape(elements.Length) : new Shape(shape), elements), name);

    /// <summary>A tensor of the arena that no value of the graph stands for, between two steps of one node.</summary>
    public int Temporary(TensorType type, string name) => Add(name, type, Storage.Arena);

    /// <summary>Lets a value share the memory of another: same bytes under another type.</summary>
    public void Alias(Value value, Value of)
    {
        int target = Tensor(of);
        if (_tensors[target].Storage == Storage.Constant) Step(OpCode.Copy, value.Name, [target], [Tensor(value)]);
        else _values[value] = Add(value.Name, value.Type, _tensors[target].Storage, aliasOf: target);
    }

    /// <summary>Adds a step without parameters.</summary>
    public void Step(OpCode opCode, string name, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, long multiplyAdds = 0, int inPlaceInput = -1) =>
        _steps.Add(new LoweredStep(opCode, name, inputs, outputs, [], multiplyAdds, inPlaceInput));

    /// <summary>Adds a step with the parameter structure of its kernel.</summary>
    public void Step<T>(OpCode opCode, string name, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, T parameters, long multiplyAdds = 0, int inPlaceInput = -1) where T : unmanaged =>
        _steps.Add(new LoweredStep(opCode, name, inputs, outputs, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in parameters)).ToArray(), multiplyAdds, inPlaceInput));

    /// <summary>Adds one step for a node: its operands in, its results out.</summary>
    public void Step<T>(OpCode opCode, Node node, T parameters, int inPlaceInput = -1) where T : unmanaged =>
        Step(opCode, node.Location.Node, [.. node.Inputs.Select(Tensor)], [.. node.Outputs.Select(o => Tensor(o))], parameters, MultiplyAdds(node), inPlaceInput);

    /// <summary>The node's multiply-adds.</summary>
    public static long MultiplyAdds(Node node) => node.Operator.MultiplyAdds([.. node.Inputs.Select(i => i?.Type)], [.. node.Outputs.Select(o => o.Type)]);

    private int State(Value value)
    {
        int initial = value.Constant is { } tensor ? Constant(tensor, value.Name + "/initial") : -1;
        return Add(value.Name, value.Type, Storage.State, initial: initial);
    }

    private int Add(string name, TensorType type, Storage storage, ReadOnlyMemory<byte>? data = null, int aliasOf = -1, int initial = -1)
    {
        _tensors.Add(new LoweredTensor { Index = _tensors.Count, Name = name, Type = type, Storage = storage, Data = data, AliasOf = aliasOf, Initial = initial });
        return _tensors.Count - 1;
    }
}
