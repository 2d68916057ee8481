using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qnn.Runtime.Execution;

/// <summary>One step of a loaded program, as its kernel's factory sees it. The helpers check what the artifact claims and throw <see cref="QnnFormatException"/>.</summary>
internal sealed unsafe class StepInfo
{
    public required int Index { get; init; }
    public required OpCode OpCode { get; init; }
    public required string Name { get; init; }
    public required TensorInfo?[] Inputs { get; init; }
    public required TensorInfo[] Outputs { get; init; }
    public required byte[] Parameters { get; init; }
    public required long MultiplyAdds { get; init; }

    /// <summary>What a byte written counts for in <see cref="Work"/>.</summary>
    public const int ByteWork = 16;

    // Products of floats are a quarter as many an instruction as those of bytes, and most layers reach no more of their limit.
    private const int FloatWork = 4;

    /// <summary>Bytes of all outputs.</summary>
    public long OutputBytes { get; init; }

    /// <summary>
    /// The step's work, roughly, in multiply-adds of a quantized convolution: one of floats counts for four, a byte written counts for sixteen (requantization, the windows of a depthwise convolution), a byte of constants for eight
    /// (weights come from memory, which bounds the product of a matrix and a vector), another byte read for two.
    /// </summary>
    public long Work
    {
        get
        {
            long work = (Outputs is [{ Type: ElementType.F32 }, ..] ? FloatWork : 1) * MultiplyAdds + ByteWork * OutputBytes;
            foreach (var input in Inputs)
            {
                if (input is not null) work += (input.IsConstant ? 8 : 2) * (long)input.ByteLength;
            }
            return work;
        }
    }

    /// <summary>The kernels to choose from.</summary>
    public required KernelTier Tier { get; init; }

    /// <summary>Assembled code for this step, or null where the tier is not <see cref="KernelTier.Native"/> or the artifact has none.</summary>
    public void* MachineCode { get; init; }

    /// <summary>The parameter structure. Its size must be that of <typeparamref name="T"/>.</summary>
    public T ReadParameters<T>() where T : unmanaged
    {
        if (Parameters.Length != sizeof(T)) throw Fault($"has {Parameters.Length} bytes of parameters, expected {sizeof(T)}");
        return Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetArrayDataReference(Parameters));
    }

    /// <summary>The input at a place, which must be there.</summary>
    public TensorInfo Input(int index) =>
        index < Inputs.Length && Inputs[index] is { } tensor ? tensor : throw Fault($"lacks input {index}");

    /// <summary>The input at a place, or null.</summary>
    public TensorInfo? OptionalInput(int index) => index < Inputs.Length ? Inputs[index] : null;

    /// <summary>The output at a place, which must be there.</summary>
    public TensorInfo Output(int index) => index < Outputs.Length ? Outputs[index] : throw Fault($"lacks output {index}");

    /// <summary>An input that must be a constant of a type and element count.</summary>
    public TensorInfo ConstantInput(int index, ElementType type, long count)
    {
        var tensor = Input(index);
        Require(tensor.IsConstant, $"input {index} must be a constant");
        Require(tensor.Type == type && tensor.Count == count, $"input {index} must be {count} x {type.Name()}");
        return tensor;
    }

    /// <summary>Rejects the artifact unless a condition holds. Kernels check everything that they would otherwise read or write out of bounds by.</summary>
    public void Require(bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition) throw Fault($"is inconsistent: {what}");
    }

    /// <summary>The exception for a faulty step.</summary>
    public QnnFormatException Fault(string what) => new($"Step {Index} ({OpCode}, '{Name}') of the compiled model {what}.");
}
