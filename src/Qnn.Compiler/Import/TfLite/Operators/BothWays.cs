using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Recurrent layers that read a sequence forwards and backwards.</summary>
internal static class BothWays
{
    /// <summary>Emits two layers, the second on the sequence turned around and its result turned back; joined along the features, or as two outputs.</summary>
    public static void Emit(TfLiteNode node, bool timeMajor, bool merge, Func<Value, (Operator Op, Value?[] Operands)> forwards, Func<Value, (Operator Op, Value?[] Operands)> backwards)
    {
        Operator reverse = new Ir.Operators.Reverse(new Ints(timeMajor ? 0 : 1));
        var data = node.Input(0);
        var (first, firstOperands) = forwards(data);
        var (second, secondOperands) = backwards(node.Move(reverse, data));
        if (merge)
        {
            var turned = node.Emit(reverse, node.Emit(second, secondOperands));
            node.EmitResult(new Ir.Operators.Concat(2), node.Emit(first, firstOperands), turned);
            return;
        }
        node.EmitResult(first, firstOperands);
        node.EmitResultAt(1, reverse, node.Emit(second, secondOperands));
    }
}
