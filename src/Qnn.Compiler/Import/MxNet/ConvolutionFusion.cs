namespace Qnn.Compiler.Import.MxNet;

/// <summary>
/// What MXNet does to a float symbol before it runs it (its subgraph backend, on by default): a convolution, the batch normalization, the sum and the activation behind it become one <c>_sg_mkldnn_conv</c>.
/// Symbols that are quantized are left alone: their convolutions are fused in the file, or were meant not to be.
/// </summary>
internal static class ConvolutionFusion
{
    /// <summary>The symbol that is run.</summary>
    public static Symbol Apply(Symbol symbol)
    {
        if (symbol.Nodes.Any(n => n.Op is { } op && (op.StartsWith("_contrib_quantize", StringComparison.Ordinal) || op.StartsWith("_sg_mkldnn", StringComparison.Ordinal)))) return symbol;
        var chains = Chains(symbol);
        return chains.Count == 0 ? symbol : Rewritten(symbol, chains);
    }

    // Chains of nodes, each but the first the only use of the one before, under the index of the last.
    private static Dictionary<int, List<SymbolNode>> Chains(Symbol symbol)
    {
        var uses = symbol.Nodes.Select(_ => new List<int>()).ToArray();
        foreach (var node in symbol.Nodes)
        {
            foreach (var input in node.Inputs) uses[input.Node].Add(node.Index);
        }
        foreach (var head in symbol.Heads) uses[head.Node].Add(-1);
        var taken = new HashSet<int>();
        var chains = new Dictionary<int, List<SymbolNode>>();
        foreach (var first in symbol.Nodes.Where(IsConvolution))
        {
            var chain = new List<SymbolNode> { first };
            bool norm = false, sum = false;
            while (uses[chain[^1].Index] is [var next] && next >= 0 && !taken.Contains(next))
            {
                var (node, last) = (symbol.Nodes[next], chain[^1].Index);
                if (node.Op == "BatchNorm" && !norm && !sum && node.Inputs.Count == 5 && node.Inputs[0].Node == last && node.Attributes.Int("axis", 1) == 1) norm = true;
                else if (node.Op == "elemwise_add" && !sum && node.Inputs.Count == 2 && node.Inputs.All(i => symbol.Nodes[i.Node].Op is not null)) sum = true;
                else if (!IsActivation(node) || node.Inputs[0].Node != last) break;
                chain.Add(node);
                if (IsActivation(node)) break;
            }
            if (chain.Count == 1) continue;
            chains.Add(chain[^1].Index, chain);
            taken.UnionWith(chain.Select(n => n.Index));
        }
        return chains;
    }

    private static bool IsConvolution(SymbolNode node) => node.Op == "Convolution" && node.Inputs.Count >= 2 && node.Attributes.Tuple("kernel") is { Length: 2 };

    private static bool IsActivation(SymbolNode node) => node.Inputs.Count > 0 && node.Op switch
    {
        "Activation" => node.Attributes.Text("act_type") is "relu" or "sigmoid" or "softrelu" or "tanh",
        "LeakyReLU" => node.Attributes.Text("act_type", "leaky") is "leaky" or "gelu",
        "clip" => node.Attributes.Float("a_min") == 0,
        _ => false,
    };

    private static Symbol Rewritten(Symbol symbol, Dictionary<int, List<SymbolNode>> chains)
    {
        var dropped = chains.Values.SelectMany(c => c.SkipLast(1)).Select(n => n.Index).ToHashSet();
        var places = new int[symbol.Nodes.Count];
        var nodes = new List<SymbolNode>();
        SymbolEntry Moved(SymbolEntry entry) => entry with { Node = places[entry.Node] };
        foreach (var node in symbol.Nodes)
        {
            places[node.Index] = nodes.Count;
            if (dropped.Contains(node.Index)) continue;
            var made = chains.TryGetValue(node.Index, out var chain) ? Fused(chain) : node;
            nodes.Add(made with { Index = nodes.Count, Inputs = [.. made.Inputs.Select(Moved)] });
        }
        return symbol with { Nodes = nodes, Heads = [.. symbol.Heads.Select(Moved)] };
    }

    // Operands of the parts in order, the sum's last; parts of the subgraph are looked up by their operators only.
    private static SymbolNode Fused(List<SymbolNode> chain)
    {
        var values = new Dictionary<string, string>();
        var inputs = chain[0].Inputs.ToList();
        for (int i = 1; i < chain.Count; i++)
        {
            switch (chain[i].Op)
            {
                case "BatchNorm":
                    values["with_bn"] = "true";
                    inputs.AddRange(chain[i].Inputs.Skip(1));
                    break;
                case "elemwise_add":
                    values["with_sum"] = "true";
                    inputs.Add(chain[i].Inputs.First(e => e.Node != chain[i - 1].Index));
                    break;
                default:
                    values[values.ContainsKey("with_sum") ? "with_postsum_act" : "with_act"] = "true";
                    break;
            }
        }
        var last = chain[^1];
        return new SymbolNode(last.Index, "_sg_mkldnn_conv", last.Name, new MxNetAttributes(values, $"_sg_mkldnn_conv '{last.Name}'"), inputs, [new Symbol(chain, [], 0)]);
    }
}
