using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>What the operators with 64-bit accumulators ask of their operands.</summary>
internal static class WideOperands
{
    /// <summary>Rejects a bias that is not one integer of 16 to 64 bits a channel.</summary>
    public static void CheckBias(string mnemonic, TensorType? bias, int channels)
    {
        if (bias is null || bias.Element is ElementType.S16 or ElementType.S32 or ElementType.S64 && bias.Shape.ElementCount == channels) return;
        throw new TypeException($"{mnemonic}: does not take bias {bias}.");
    }
}
