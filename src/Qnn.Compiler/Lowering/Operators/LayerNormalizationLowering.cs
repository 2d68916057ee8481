using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class LayerNormalizationLowering : OperatorLowering<LayerNormalization>
{
    protected override void Lower(LayerNormalization op, Node node, LoweringContext context) =>
        context.Step(OpCode.LayerNormalization, node, new LayerNormalizationParameters { Epsilon = op.Epsilon, Kind = (int)op.Kind });
}
