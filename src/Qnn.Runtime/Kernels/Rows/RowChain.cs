using System.Buffers.Binary;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Rows;

/// <summary>A step of a <see cref="RowChain"/>.</summary>
/// <param name="OpCode">One that <see cref="RowChain.CanHold"/>.</param>
/// <param name="Inputs">Tensors of the chain; -1 for an absent one.</param>
/// <param name="Outputs">Tensors of the chain.</param>
/// <param name="Parameters">The operator's parameter structure, as bytes.</param>
internal sealed record RowChainStep(OpCode OpCode, int[] Inputs, int[] Outputs, byte[] Parameters);

/// <summary>
/// Steps that work on rows, each on its own: what the parameters of <see cref="OpCode.RowChain"/> say. A tensor of the chain is one of the step's inputs (numbered first), its outputs, or an intermediate result.
/// All are <see cref="Rows"/> x <see cref="Columns"/> elements, but for inputs that every row takes whole: one element, or one for each column.
/// </summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Elements of a row.</param>
/// <param name="RowInputs">A bit for each input that has rows.</param>
/// <param name="Intermediates">The element types of intermediate results.</param>
/// <param name="Steps">The steps, in order.</param>
internal sealed record RowChain(int Rows, int Columns, uint RowInputs, ElementType[] Intermediates, RowChainStep[] Steps)
{
    /// <summary>The most inputs of a chain.</summary>
    public const int MaxInputs = 32;

    /// <summary>The longest row: blocks of rows are kept in scratch memory.</summary>
    public const int MaxColumns = 1 << 16;

    // More than a compiler makes; so that a faulty artifact cannot ask for memory without end.
    private const int MaxItems = 256;

    /// <summary>Whether an operator may be a step of a chain.</summary>
    public static bool CanHold(OpCode code) =>
        code is OpCode.Quantize or OpCode.Dequantize or OpCode.Unary or OpCode.Binary or OpCode.QuantizedAdd or OpCode.ScaledSums or OpCode.Softmax or OpCode.LayerNormalization;

    /// <summary>Bytes of the intermediate results.</summary>
    public long IntermediateBytes => Intermediates.Sum(type => (long)Rows * Columns * type.Size());

    /// <summary>The parameters: little-endian 32-bit numbers.</summary>
    public byte[] Write()
    {
        var numbers = new List<int> { Rows, Columns, unchecked((int)RowInputs), Intermediates.Length, Steps.Length };
        foreach (var type in Intermediates) numbers.Add((int)type);
        foreach (var step in Steps)
        {
            numbers.AddRange([(int)step.OpCode, step.Inputs.Length, step.Outputs.Length, step.Parameters.Length, .. step.Inputs, .. step.Outputs]);
            for (int i = 0; i < step.Parameters.Length; i += 4)
            {
                Span<byte> four = [0, 0, 0, 0];
                step.Parameters.AsSpan(i, Math.Min(4, step.Parameters.Length - i)).CopyTo(four);
                numbers.Add(BinaryPrimitives.ReadInt32LittleEndian(four));
            }
        }
        var bytes = new byte[numbers.Count * 4];
        for (int i = 0; i < numbers.Count; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), numbers[i]);
        return bytes;
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Its extents and counts have been checked, its steps have not.</summary>
    /// <exception cref="QnnFormatException">The parameters are cut off, or their numbers are out of range.</exception>
    public static RowChain Read(StepInfo step)
    {
        byte[] bytes = step.Parameters;
        int at = 0;
        int rows = Next(), columns = Next();
        uint rowInputs = unchecked((uint)Next());
        int intermediates = Count(), steps = Count();
        var types = new ElementType[intermediates];
        for (int i = 0; i < types.Length; i++) types[i] = (ElementType)Next();
        var chain = new RowChainStep[steps];
        for (int i = 0; i < chain.Length; i++)
        {
            var code = (OpCode)Next();
            int inputs = Count(), outputs = Count(), parameters = Count();
            chain[i] = new RowChainStep(code, Numbers(inputs), Numbers(outputs), Bytes(parameters));
        }
        step.Require(at == bytes.Length, "parameters are left over");
        step.Require(rows > 0 && columns is > 0 and <= MaxColumns && (long)rows * columns <= int.MaxValue && Array.TrueForAll(types, type => type.Size() > 0), "its extents are out of range");
        return new RowChain(rows, columns, rowInputs, types, chain);

        int Next()
        {
            step.Require(at <= bytes.Length - 4, "its parameters are cut off");
            at += 4;
            return BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at - 4));
        }

        int Count()
        {
            int count = Next();
            step.Require(count is >= 0 and <= MaxItems, "a count is out of range");
            return count;
        }

        int[] Numbers(int count)
        {
            var numbers = new int[count];
            for (int i = 0; i < count; i++) numbers[i] = Next();
            return numbers;
        }

        byte[] Bytes(int count)
        {
            int padded = (count + 3) / 4 * 4;
            step.Require(at <= bytes.Length - padded, "its parameters are cut off");
            at += padded;
            return bytes.AsSpan(at - padded, count).ToArray();
        }
    }
}
