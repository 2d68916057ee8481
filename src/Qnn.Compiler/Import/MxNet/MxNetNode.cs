using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Quantization;
using Qnn.Runtime.Kernels.Reduction;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>
/// A node while it is imported, with MXNet's float32 arithmetic on ranges as graph operators: what is calibrated folds to constants, what is not is computed at run time, by one and the same code.
/// </summary>
internal sealed class MxNetNode(MxNetImporter importer, SymbolNode source, IReadOnlyList<Value?> inputs)
{
    private readonly SourceLocation _location = new(source.Name, source.Op ?? "", source.Index);

    public SymbolNode Source => source;

    /// <summary>How MXNet keeps an operand in memory.</summary>
    public BlockedLayout Layout(int index) => importer.Layouts[source.Inputs[index].Node];

    public MxNetAttributes Attributes => source.Attributes;

    public int InputCount => inputs.Count;

    public GraphBuilder Builder => importer.Builder;

    public SourceLocation Location => _location;

    /// <summary>The operand at a place, which must be there.</summary>
    public Value Input(int index) => index < inputs.Count && inputs[index] is { } value ? value : throw Inconsistent($"operand {index} is missing");

    /// <summary>The operand at a place, which must be a parameter.</summary>
    public Tensor Parameter(int index) => Input(index).Constant ?? throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{_location}: operand {index} is computed at run time; it must be in the params file.");

    /// <summary>A float parameter's elements, converted from other widths.</summary>
    public float[] Floats(int index)
    {
        var tensor = Parameter(index);
        if (tensor.Type.Element != ElementType.F32) throw Unsupported($"operand {index} is {tensor.Type.Element.Name()}, not float32");
        return tensor.Span<float>().ToArray();
    }

    public void Output(int index, Value value) => importer.Bind(new SymbolEntry(source.Index, index), value);

    public void Outputs(params ReadOnlySpan<Value> values)
    {
        for (int i = 0; i < values.Length; i++) Output(i, values[i]);
    }

    public ModelException Inconsistent(string what) => new(DiagnosticCodes.InconsistentModel, $"{_location}: {what}.");

    public ModelException Unsupported(string what) => new(DiagnosticCodes.UnsupportedForm, $"{_location}: {what}, which is not supported.");

    public Value Add(Operator op, params ReadOnlySpan<Value?> operands) => Builder.Add(op, operands.ToArray(), _location);

    public Value Constant(float value) => Value.Of(source.Name, Tensor.Of<float>(new Shape(1), [value]));

    public Value Constant(ReadOnlySpan<float> values) => Value.Of(source.Name, Tensor.Of(new Shape(values.Length), values));

    public Value Binary(BinaryKind kind, Value a, Value b) => Add(new Binary(kind), a, b);

    public Value Multiply(Value a, Value b) => Binary(BinaryKind.Multiply, a, b);

    public Value Divide(Value a, Value b) => Add(new Binary(BinaryKind.Divide, float.MinValue, float.MaxValue), a, b);

    public Value Sum(Value a, Value b) => Binary(BinaryKind.Add, a, b);

    public Value Negate(Value a) => Add(new Unary(UnaryKind.Negate), a);

    public Value MaxAbs(Value low, Value high) => Binary(BinaryKind.Maximum, Add(new Unary(UnaryKind.Abs), low), Add(new Unary(UnaryKind.Abs), high));

    /// <summary>R / maxabs; a finite number for a range of nothing, as all the tensor's elements are then 0.</summary>
    public Value Scale(ElementType element, Value maxAbs) => Divide(Constant(Range(element)), maxAbs);

    /// <summary>The float that the largest magnitude of a range maps to in MXNet's oneDNN operators.</summary>
    public static float Range(ElementType element) => element == ElementType.U8 ? 255.5f : 127.5f;

    /// <summary>The greatest and the least value of a tensor, of shape (1).</summary>
    public (Value Low, Value High) Extremes(Value data)
    {
        var flat = Add(new Reshape(new Shape(data.Type.Shape.ElementCount)), data);
        return (Add(new Reduce(ReduceKind.Min, new Ints(0), true), flat), Add(new Reduce(ReduceKind.Max, new Ints(0), true), flat));
    }

    /// <summary>Integers as the same numbers in float32.</summary>
    public Value ToFloat(Value data) => data.Type.Element == ElementType.F32 ? data : Add(new Cast(ElementType.F32), data);

    /// <summary>sat(RNE(x * scale)).</summary>
    public Value Quantize(Value real, Value scale, ElementType element)
    {
        if (scale.Constant is { } constant && element != ElementType.S32 && constant.Span<float>()[0] is var factor && factor > 0 && float.IsFinite(factor))
        {
            return Inverse(factor) is { } inverse
                ? Builder.Add(new Quantize(element, QuantizeArithmetic.MultiplyEven), [real], _location, new Quantization(inverse, 0))
                : Builder.Add(new Quantize(element, QuantizeArithmetic.MultiplyEven, factor), [real], _location, new Quantization(1, 0));
        }
        return Round(Multiply(real, scale), element);
    }

    /// <summary>sat(RNE(x)).</summary>
    public Value Round(Value real, ElementType element)
    {
        if (element == ElementType.S32) return Add(new Cast(ElementType.S32), Add(new Unary(UnaryKind.Round), real));
        return Builder.Add(new Quantize(element, QuantizeArithmetic.MultiplyEven), [real], _location, new Quantization(1, 0));
    }

    /// <summary>Integers times a float32 factor to integers; one step where the factor is known.</summary>
    public Value Rescale(Value data, Value factor, ElementType element)
    {
        if (factor.Constant is not { Type.Shape.Rank: 1 } constant || element == ElementType.S32) return Round(Multiply(ToFloat(data), factor), element);
        var (low, high) = IntegerRange.Of(element);
        return Builder.Add(new Requantize(RequantizeArithmetic.Float32NearestEven, new Doubles([.. constant.Span<float>().ToArray().Select(f => (double)f)]), element, 0, low, high), [data], _location, new Quantization(1, 0));
    }

    /// <summary>The same elements under another element type's bits or another scale.</summary>
    public Value As(Value data, ElementType element) => data.Type.Element == element ? data : Builder.Add(new Cast(element), [data], _location, new Quantization(1, 0));

    /// <summary>The calibrated range, or null.</summary>
    public (float Low, float High)? Calibrated() => Attributes.Float("min_calib_range") is { } low && Attributes.Float("max_calib_range") is { } high ? (low, high) : null;

    // The scale whose reciprocal in float32 is exactly the factor, which is what the IR's quantization multiplies by.
    private static float? Inverse(float factor)
    {
        float guess = 1f / factor;
        foreach (float candidate in (float[])[guess, MathF.BitIncrement(guess), MathF.BitDecrement(guess)])
        {
            if (candidate > 0 && float.IsFinite(candidate) && 1f / candidate == factor) return candidate;
        }
        return null;
    }
}
