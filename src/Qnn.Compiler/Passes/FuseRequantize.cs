using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Passes;

/// <summary><c>qnn.requantize(qnn.conv2d(...)) => qnn.conv2d{epilogue}(...)</c>, and the same for depthwise convolutions and dense layers: accumulators never reach memory.</summary>
public sealed class FuseRequantize : NodeRewritePass
{
    /// <inheritdoc/>
    public override string Name => "fuse-requantize";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        if (node.Operator is not Requantize { Output: Qnn.Runtime.ElementType.S8 or Qnn.Runtime.ElementType.U8 } epilogue || context.SoleProducer(0) is not { } producer) return null;
        Operator? fused = producer.Operator switch
        {
            QnnConv2D { Epilogue: null } op => op with { Epilogue = epilogue },
            QnnDepthwiseConv2D { Epilogue: null } op => op with { Epilogue = epilogue },
            QnnDense { Epilogue: null } op => op with { Epilogue = epilogue },
            _ => null,
        };
        return fused is null ? null : [context.Builder.Add(fused, producer.Inputs, node.Location, node.Output.Type.Quantization, node.Output.Name)];
    }
}
