using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>The table is a constant of the step.</summary>
internal sealed class LookupTableLowering : OperatorLowering<LookupTable>
{
    protected override void Lower(LookupTable op, Node node, LoweringContext context)
    {
        var (data, y) = (node.Input(0).Type, node.Output.Type);
        var opCode = data.Element == ElementType.S16 ? OpCode.LookupTable16 : OpCode.LookupTable;
        context.Step(opCode, node.Location.Node, [context.Tensor(node.Input(0)), context.Tensor(node.Input(1))], [context.Tensor(node.Output)], inPlaceInput: data.Element.Size() == y.Element.Size() ? 0 : -1);
    }
}
