using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Passes;

/// <summary><c>qnn.conv2d(pad(x)) => qnn.conv2d{wider padding}(x)</c>, and the same for depthwise convolutions, where only rows and columns are padded, with the zero point.</summary>
public sealed class FoldPadding : NodeRewritePass
{
    /// <inheritdoc/>
    public override string Name => "fold-padding";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        var window = node.Operator switch
        {
            QnnConv2D op => op.Window,
            QnnDepthwiseConv2D op => op.Window,
            _ => null,
        };
        if (window is null || context.Builder.Producer(node.Input(0)) is not { Operator: Pad pad } padding) return null;
        var type = padding.Input(0).Type;
        bool imageOnly = pad.Before.Count == 4 && pad.Before[0] == 0 && pad.After[0] == 0 && pad.Before[3] == 0 && pad.After[3] == 0;
        if (!imageOnly || pad.Value != type.ZeroPoint || !Equals(type.Quantization, padding.Output.Type.Quantization)) return null;
        window = window with
        {
            PadTop = window.PadTop + pad.Before[1],
            PadBottom = window.PadBottom + pad.After[1],
            PadLeft = window.PadLeft + pad.Before[2],
            PadRight = window.PadRight + pad.After[2],
        };
        Operator wider = node.Operator switch
        {
            QnnConv2D op => op with { Window = window },
            QnnDepthwiseConv2D op => op with { Window = window },
            _ => throw new InvalidOperationException(),
        };
        return [context.Builder.Add(wider, [padding.Input(0), .. node.Inputs.Skip(1)], node.Location, node.Output.Type.Quantization, node.Output.Name)];
    }
}
