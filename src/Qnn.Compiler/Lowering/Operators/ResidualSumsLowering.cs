using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class ResidualSumsLowering : OperatorLowering<ResidualSums>
{
    protected override void Lower(ResidualSums op, Node node, LoweringContext context)
    {
        var y = node.Output.Type;
        var (min, max) = IntegerRange.Of(y.Element);
        var parameters = new ResidualSumsParameters { Origin = op.Origin, Scale = 1f / y.Scale, ZeroPoint = y.ZeroPoint, Min = min, Max = max };
        context.Step(OpCode.ResidualSums, node.Location.Node, [.. node.Inputs.Select(context.Tensor)], [context.Tensor(node.Output)], parameters);
    }
}
