using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>One call of an operator while the code is run: its arguments, and the means to emit what it becomes.</summary>
internal sealed class TorchCall(GraphBuilder builder, TorchNumerics numerics, string name, object?[] arguments, IReadOnlyDictionary<string, object?> named, SourceLocation location, Dictionary<Value, double[]> wideScales, MemoryFormats formats, CombinedConcats joins)
{
    /// <summary>The operator: <c>quantized::conv2d</c>.</summary>
    public string Operator { get; } = name;

    /// <summary>Where the call stands.</summary>
    public SourceLocation Location { get; } = location;

    /// <summary>The engine whose answers to match.</summary>
    public TorchNumerics Numerics { get; } = numerics;

    /// <summary>The graph in the making.</summary>
    public GraphBuilder Builder { get; } = builder;

    /// <summary>Scales of values that are quantized per channel, where floats do not hold them.</summary>
    public Dictionary<Value, double[]> WideScales { get; } = wideScales;

    /// <summary>The order of the tensors' elements in PyTorch's memory.</summary>
    public MemoryFormats Formats { get; } = formats;

    /// <summary>Tensors that are joined of others.</summary>
    public CombinedConcats Joins { get; } = joins;

    /// <summary>How many arguments go by their place.</summary>
    public int Count => arguments.Length;

    /// <summary>The same call of other arguments, all by their places.</summary>
    public TorchCall With(params object?[] operands) => new(Builder, Numerics, Operator, operands, new Dictionary<string, object?>(), Location, WideScales, Formats, Joins);

    /// <summary>An argument by its place or name; null where it is absent or None.</summary>
    public object? Argument(int index, string name = "")
    {
        if (index >= 0 && index < arguments.Length) return arguments[index];
        return named.GetValueOrDefault(name);
    }

    /// <summary>A tensor that must be there.</summary>
    public Value Tensor(int index, string name = "") => OptionalTensor(index, name) ?? throw Malformed($"lacks the tensor {index}");

    /// <summary>A tensor, or null. Numbers become tensors without axes.</summary>
    public Value? OptionalTensor(int index, string name = "") => Argument(index, name) switch
    {
        Value value => value,
        null => null,
        double real => Constant((float)real),
        long whole => Constant(whole),
        bool flag => Value.Of("flag", Ir.Tensor.Of(Shape.Scalar, [flag])),
        _ => throw Malformed($"has no tensor as argument {index}"),
    };

    /// <summary>An integer; a constant tensor of one element will do.</summary>
    public long Long(int index, string name = "", long? otherwise = null) => Argument(index, name) switch
    {
        long whole => whole,
        bool flag => flag ? 1 : 0,
        double real when real == Math.Floor(real) && Math.Abs(real) < 1L << 53 => (long)real,
        Value { Constant: { } constant } when constant.Type.Shape.ElementCount == 1 && constant.Type.Element is not (ElementType.F32 or ElementType.F64 or ElementType.F16) => constant.ToInt64()[0],
        null when otherwise is { } value => value,
        Value => throw Unsupported($"its argument {index} is computed at run time; it must be constant"),
        _ => throw Malformed($"lacks the integer {index}"),
    };

    /// <summary>An integer of 32 bits.</summary>
    public int Int(int index, string name = "", long? otherwise = null)
    {
        long value = Long(index, name, otherwise);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Malformed($"has the number {value}");
    }

    /// <summary>A real number; a constant tensor of one element will do.</summary>
    public double Real(int index, string name = "", double? otherwise = null) => Argument(index, name) switch
    {
        double real => real,
        long whole => whole,
        bool flag => flag ? 1 : 0,
        Value { Constant: not null, Type.Shape.ElementCount: 1 } value => value.Type.Element == ElementType.F64 ? value.Constant!.Span<double>()[0] : Quantizations.Floats(value)[0],
        null when otherwise is { } value => value,
        Value => throw Unsupported($"its argument {index} is computed at run time; it must be constant"),
        _ => throw Malformed($"lacks the number {index}"),
    };

    /// <summary>A flag.</summary>
    public bool Flag(int index, string name = "", bool otherwise = false) => Argument(index, name) switch
    {
        bool flag => flag,
        null => otherwise,
        long whole => whole != 0,
        _ => throw Malformed($"lacks the flag {index}"),
    };

    /// <summary>A text, or null.</summary>
    public string? Text(int index, string name = "") => Argument(index, name) as string;

    /// <summary>A list of integers; one integer stands for a list of one. Null where it is absent.</summary>
    public int[]? OptionalInts(int index, string name = "")
    {
        switch (Argument(index, name))
        {
            case null: return null;
            case long one: return [ToInt(one)];
            case Value { Constant: { } constant } when constant.Type.Element is ElementType.S64 or ElementType.S32: return [.. constant.ToInt64().Select(ToInt)];
            case var list: return [.. Items(list, index).Select(i => i is long whole ? ToInt(whole) : throw Malformed($"has a list {index} that is not all integers"))];
        }

        int ToInt(long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Malformed($"has the number {value}");
    }

    /// <summary>A list of integers.</summary>
    public int[] Ints(int index, string name = "") => OptionalInts(index, name) ?? throw Malformed($"lacks the list {index}");

    /// <summary>A list of integers, one an axis: one stands for all.</summary>
    public int[] Ints(int index, string name, int count, int otherwise)
    {
        int[] list = OptionalInts(index, name) ?? [];
        if (list.Length == count) return list;
        return list.Length switch
        {
            0 => [.. Enumerable.Repeat(otherwise, count)],
            1 => [.. Enumerable.Repeat(list[0], count)],
            _ => throw Malformed($"has {list.Length} numbers for {count} axes"),
        };
    }

    /// <summary>A list of real numbers, or null.</summary>
    public double[]? OptionalReals(int index, string name = "") => Argument(index, name) switch
    {
        null => null,
        double one => [one],
        var list => [.. Items(list, index).Select(i => i switch { double real => real, long whole => whole, _ => throw Malformed($"has a list {index} that is not all numbers") })],
    };

    /// <summary>A list of tensors.</summary>
    public Value[] Tensors(int index, string name = "") =>
        [.. Items(Argument(index, name), index).Select(i => i as Value ?? throw Malformed($"has a list {index} that is not all tensors"))];

    /// <summary>An object of the archive or the importer's making.</summary>
    public T Object<T>(int index) where T : class => Argument(index) as T ?? throw Malformed($"lacks the {typeof(T).Name} {index}");

    /// <summary>An axis, from 0.</summary>
    public int Axis(long axis, int rank)
    {
        long from0 = axis < 0 ? axis + Math.Max(rank, 1) : axis;
        return from0 >= 0 && from0 < Math.Max(rank, 1) ? (int)from0 : throw Malformed($"has axis {axis} of a tensor of rank {rank}");
    }

    /// <summary>Adds an operator.</summary>
    public Value Emit(Operator op, params IReadOnlyList<Value?> inputs) => EmitQuantized(op, null, inputs);

    /// <summary>Adds an operator with a quantized result.</summary>
    public Value EmitQuantized(Operator op, Quantization? quantization, params IReadOnlyList<Value?> inputs) => Guarded(() => Builder.Add(op, inputs, Location, quantization));

    /// <summary>Adds an operator with several results.</summary>
    public IReadOnlyList<Value> EmitSeveral(Operator op, IReadOnlyList<Quantization?> quantizations, params IReadOnlyList<Value?> inputs) =>
        Guarded(() => Builder.Add(op, inputs, Location, [.. quantizations]));

    /// <summary>A tensor of other extents.</summary>
    public Value Reshape(Value value, params ReadOnlySpan<int> extents)
    {
        var shape = ShapeOf(extents);
        return shape.Equals(value.Type.Shape) ? value : EmitQuantized(new Reshape(shape), value.Type.Quantization, value);
    }

    /// <summary>A tensor with its axes in another order.</summary>
    public Value Permute(Value value, params int[] permutation) => permutation.SequenceEqual(Enumerable.Range(0, permutation.Length)) ? value : Guarded(() => Channels.Permute(Builder, value, permutation, Location));

    /// <summary>Channels last.</summary>
    public Value ToLast(Value value) => Channels.ToLast(Builder, value, Location);

    /// <summary>Channels second.</summary>
    public Value ToSecond(Value value) => Channels.ToSecond(Builder, value, Location);

    /// <summary>A shape, or an error where it is none.</summary>
    public Shape ShapeOf(ReadOnlySpan<int> extents)
    {
        try
        {
            return new Shape(extents);
        }
        catch (ArgumentException fault)
        {
            throw Malformed($"has a bad shape: {fault.Message}");
        }
    }

    /// <summary>A float constant without axes.</summary>
    public static Value Constant(float number) => Value.Of("number", Ir.Tensor.Scalar(number));

    /// <summary>An integer constant without axes.</summary>
    public static Value Constant(long number) => Value.Of("number", Ir.Tensor.Scalar(number));

    /// <summary>A constant.</summary>
    public static Value Constant(Tensor tensor) => Value.Of("constant", tensor);

    /// <summary>rint(x * (1 / scale)) + zero point, as all of PyTorch's quantized operators end.</summary>
    public Value Quantize(Value value, Quantization quantization, ElementType element)
    {
        if (element != ElementType.S32) return EmitQuantized(new Quantize(element, QuantizeArithmetic.MultiplyEven), quantization, value);
        var scaled = Emit(new Binary(Qnn.Runtime.Kernels.Elementwise.BinaryKind.Multiply), value, Constant(1f / quantization.Scale));
        var whole = Emit(new Cast(ElementType.S32), Emit(new Unary(Qnn.Runtime.Kernels.Elementwise.UnaryKind.Round), scaled));
        if (quantization.ZeroPoint != 0) whole = Emit(new Binary(Qnn.Runtime.Kernels.Elementwise.BinaryKind.Add), whole, Constant(Ir.Tensor.Scalar(quantization.ZeroPoint)));
        return EmitQuantized(new Reshape(whole.Type.Shape), quantization, whole);
    }

    /// <summary>The quantization that two arguments name.</summary>
    public Quantization Output(int scale, int zeroPoint, ElementType element) => CheckZeroPoint(Quantizations.PerTensor(Real(scale, "scale"), Long(zeroPoint, "zero_point")), element);

    /// <summary>Rejects a zero point that the type does not hold.</summary>
    public Quantization CheckZeroPoint(Quantization quantization, ElementType element)
    {
        var (low, high) = RangeOf(element);
        return quantization.ZeroPoints.All(z => z >= low && z <= high) ? quantization : throw Malformed($"has the zero point {quantization.ZeroPoint} of {element.Name()}");
    }

    /// <summary>The least and the greatest number of an element type.</summary>
    public static (int Low, int High) RangeOf(ElementType element) => IntegerRange.Of(element is ElementType.U8 or ElementType.S8 ? element : ElementType.S32);

    /// <summary>A quantized 8-bit tensor.</summary>
    public Value Quantized(int index)
    {
        var value = Tensor(index);
        if (value.Type.Quantization is null || value.Type.Element is not (ElementType.U8 or ElementType.S8)) throw Unsupported($"it has {value.Type} where 8-bit quantized data should be");
        return value.Type.Quantization.IsPerChannel ? throw Unsupported("its data is quantized per channel") : value;
    }

    /// <summary>An error: the call contradicts itself.</summary>
    public ModelException Malformed(string what) => new(DiagnosticCodes.InconsistentModel, $"{Location} {what}.");

    /// <summary>An error: the form is not supported.</summary>
    public ModelException Unsupported(string why) => new(DiagnosticCodes.UnsupportedForm, $"{Location} is not supported: {why}.");

    /// <summary>An error: the operator is in training mode.</summary>
    public ModelException Trains() => Unsupported("it is in training mode, in which answers are random or depend on the batch; export the model after model.eval()");

    private IEnumerable<object?> Items(object? list, int index) => list switch
    {
        TorchList l => l.Items,
        object?[] t => t,
        _ => throw Malformed($"lacks the list {index}"),
    };

    private T Guarded<T>(Func<T> add)
    {
        try
        {
            return add();
        }
        catch (TypeException fault)
        {
            throw Malformed($"does not fit its operands: {fault.Message.TrimEnd('.')}");
        }
        catch (ArgumentException fault)
        {
            throw Malformed($"does not fit its operands: {fault.Message.TrimEnd('.')}");
        }
    }
}
