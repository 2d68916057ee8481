using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One scale for the whole tensor.</summary>
internal sealed class QuantizeLowering : OperatorLowering<Quantize>
{
    protected override void Lower(Quantize op, Node node, LoweringContext context)
    {
        var y = node.Output.Type;
        var (min, max) = IntegerRange.Of(y.Element);
        context.Step(OpCode.Quantize, node, new QuantizeParameters
        {
            Arithmetic = op.Arithmetic,
            Scale = op.Arithmetic == QuantizeArithmetic.MultiplyEven ? op.Factor ?? 1f / y.Scale : y.Scale,
            ZeroPoint = y.ZeroPoint,
            Min = min,
            Max = max,
        });
    }
}
