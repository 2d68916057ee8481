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
    extension(BlockedLayout)
    {
        /// <summary>The layout of a node's operand.</summary>
        public static BlockedLayout Of(MxNetNode node, int operand)
        {
            int channels = node.Input(operand).Type.Shape[1];
            var nodes = node.Symbol.Nodes;
            // Entries point backwards, so this ends.
            for (var source = nodes[node.Source.Inputs[operand].Node]; source.Op is not null; source = nodes[source.Inputs[0].Node])
            {
                switch (source.Op)
                {
                    case "Convolution":
                        int block = source.Attributes.Int("num_group", 1) > 1 ? 16 : 8;
                        return channels % block == 0 ? BlockedLayout.Whole : BlockedLayout.Padded;
                    case "Activation" or "LeakyReLU" or "Pooling" or "BatchNorm" or "elemwise_add" or "Dropout" or "_copy" when source.Inputs.Count > 0:
                        continue;
                    default:
                        return BlockedLayout.None;
                }
            }
            return BlockedLayout.None;
        }
    }
}
