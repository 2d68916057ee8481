namespace Qnn.Compiler.Import.MxNet;

/// <summary>
/// How oneDNN keeps a float tensor in memory, as far as it changes arithmetic: a batch normalization of blocked channels is another kernel than one of plain memory.
/// Convolutions write channels in blocks; what MXNet computes by oneDNN keeps them.
/// </summary>
internal enum BlockedLayout
{
    /// <summary>Plain memory.</summary>
    None,

    /// <summary>Whole blocks of channels.</summary>
    Whole,

    /// <summary>Blocks of which the last is filled up.</summary>
    Padded,
}

/// <summary>Follows layouts through a symbol.</summary>
internal static class BlockedLayouts
{
    /// <summary>The layout of every node's first output; entries point backwards, so one walk does.</summary>
    public static BlockedLayout[] Of(Symbol symbol)
    {
        var layouts = new BlockedLayout[symbol.Nodes.Count];
        foreach (var node in symbol.Nodes)
        {
            layouts[node.Index] = node.Op switch
            {
                "Convolution" => OfConvolution(node),
                "_sg_mkldnn_conv" when node.Subgraphs is [var fused, ..] && fused.Nodes.FirstOrDefault(n => n.Op == "Convolution") is { } convolution => OfConvolution(convolution),
                "Activation" or "LeakyReLU" or "Pooling" or "BatchNorm" or "elemwise_add" or "Dropout" or "_copy" when node.Inputs.Count > 0 => layouts[node.Inputs[0].Node],
                _ => BlockedLayout.None,
            };
        }
        return layouts;
    }

    private static BlockedLayout OfConvolution(SymbolNode node) =>
        node.Attributes.Int("num_filter", 0) % (node.Attributes.Int("num_group", 1) > 1 ? 16 : 8) == 0 ? BlockedLayout.Whole : BlockedLayout.Padded;
}
