using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Evaluation;

/// <summary>Helpers for evaluators of elementwise operators on integers.</summary>
internal static class BroadcastEvaluation
{
    /// <summary>Applies a function to the elements of two tensors, broadcast to the result's shape.</summary>
    public static void Apply(Tensor a, Tensor b, Tensor result, Func<int, int, int> function)
    {
        var (x, z) = (a.ToInt32(), b.ToInt32());
        var shape = result.Type.Shape;
        for (int i = 0; i < shape.ElementCount; i++) Set(result, i, function(x[Source(i, shape, a.Type.Shape)], z[Source(i, shape, b.Type.Shape)]));
    }

    /// <summary>Sets an element of an integer or bool tensor.</summary>
    public static void Set(Tensor tensor, int index, int value)
    {
        switch (tensor.Type.Element)
        {
            case ElementType.U8: tensor.MutableSpan<byte>()[index] = checked((byte)value); break;
            case ElementType.S8: tensor.MutableSpan<sbyte>()[index] = checked((sbyte)value); break;
            case ElementType.S16: tensor.MutableSpan<short>()[index] = checked((short)value); break;
            case ElementType.U16: tensor.MutableSpan<ushort>()[index] = checked((ushort)value); break;
            case ElementType.S32: tensor.MutableSpan<int>()[index] = value; break;
            case ElementType.Bool: tensor.MutableSpan<byte>()[index] = (byte)(value != 0 ? 1 : 0); break;
            default: throw new InvalidOperationException($"{tensor.Type} does not hold small integers.");
        }
    }

    /// <summary>The index in an operand of what broadcasts to a place of the result.</summary>
    public static int Source(int index, Shape result, Shape operand)
    {
        int source = 0, stride = 1;
        for (int axis = 1; axis <= result.Rank; axis++)
        {
            int at = index % result[-axis];
            index /= result[-axis];
            if (axis > operand.Rank) continue;
            if (operand[-axis] != 1) source += at * stride;
            stride *= operand[-axis];
        }
        return source;
    }
}
