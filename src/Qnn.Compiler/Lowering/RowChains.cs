using Qnn.Runtime.Kernels.Rows;

namespace Qnn.Compiler.Lowering;

/// <summary>
/// Steps that work on rows and follow each other become one, which runs them on some rows at a time (<see cref="RowChain"/>): what an encoder does between its products,
/// such as dequantize, add a bias, quantize, or add, add, normalize. A step moves up to the one that makes its operand where nothing else keeps it.
/// </summary>
internal static class RowChains
{
    // Intermediate results of fewer bytes stay in the first-level cache as it is.
    private const long LeastBytes = 32 * 1024;

    /// <summary>The program with its chains; the same where there are none.</summary>
    public static LoweredProgram Join(LoweredProgram program)
    {
        var tensors = program.Tensors;
        int[] root = [.. Enumerable.Range(0, tensors.Count).Select(i => Root(tensors, i))];
        var users = new List<int>[tensors.Count];
        var producer = new int[tensors.Count];
        Array.Fill(producer, -1);
        for (int s = 0; s < program.Steps.Count; s++)
        {
            foreach (int input in program.Steps[s].Inputs.Where(i => i >= 0).Select(i => root[i]).Distinct()) (users[input] ??= []).Add(s);
            foreach (int output in program.Steps[s].Outputs) producer[root[output]] = s;
        }
        // An alias of another type is a user that is no step.
        var ports = program.Inputs.Concat(program.Outputs).SelectMany(p => p.Count < 0 ? [root[p.Tensor]] : new[] { root[p.Tensor], root[p.Count] }).Concat(tensors.Where(t => t.AliasOf >= 0 && root[t.Index] == t.Index).Select(t => root[t.AliasOf])).ToHashSet();

        var placed = new bool[program.Steps.Count];
        var steps = new List<LoweredStep>();
        var gone = new HashSet<int>();
        for (int s = 0; s < placed.Length; s++)
        {
            if (placed[s]) continue;
            placed[s] = true;
            var step = program.Steps[s];
            if (Chain(s) is var (chained, members, intermediates))
            {
                step = chained;
                foreach (int member in members) placed[member] = true;
                gone.UnionWith(intermediates);
            }
            steps.Add(step);
        }
        return gone.Count == 0 ? program : Renumber(program, steps, i => !gone.Contains(root[i]));

        // The chain that begins with a step, the steps it is made of, and the tensors that it does without.
        (LoweredStep Step, List<int> Members, int[] Intermediates)? Chain(int first)
        {
            var builder = new RowChainBuilder(tensors, root);
            if (!builder.TryAdd(program.Steps[first])) return null;
            List<int> members = [first];
            while (Next(builder, members) is { } next) members.Add(next);
            if (members.Count == 1) return null;
            bool Keeps(int tensor) => ports.Contains(root[tensor]) || users[root[tensor]] is not { } all || !all.TrueForAll(members.Contains);
            int[] intermediates = [.. builder.Steps.Select(step => step.Outputs[0]).Where(t => !Keeps(t))];
            if (intermediates.Sum(t => tensors[t].Type.ByteLength) < LeastBytes || builder.Build(Keeps) is not { } chain) return null;
            return (chain, members, [.. intermediates.Select(t => root[t])]);
        }

        // A step that takes what the last one made, and whose other operands are there.
        int? Next(RowChainBuilder builder, List<int> members)
        {
            int made = root[builder.Steps[^1].Outputs[0]];
            foreach (int user in users[made] ?? [])
            {
                if (placed[user] || members.Contains(user)) continue;
                bool IsThere(int i) => i < 0 || producer[root[i]] < 0 || placed[producer[root[i]]] || builder.Makes(i);
                if (program.Steps[user].Inputs.All(IsThere) && builder.TryAdd(program.Steps[user])) return user;
            }
            return null;
        }
    }

    // Aliases have the same bytes; here the same elements as well.
    private static int Root(IReadOnlyList<LoweredTensor> tensors, int index)
    {
        while (tensors[index].AliasOf is >= 0 and var of && tensors[of].Type.Element == tensors[index].Type.Element) index = of;
        return index;
    }

    private static LoweredProgram Renumber(LoweredProgram program, List<LoweredStep> steps, Func<int, bool> stays)
    {
        var numbers = new Dictionary<int, int> { [-1] = -1 };
        foreach (int i in Enumerable.Range(0, program.Tensors.Count).Where(stays)) numbers.Add(i, numbers.Count - 1);
        LoweredPort Port(LoweredPort port) => port with { Tensor = numbers[port.Tensor], Count = numbers[port.Count] };
        return new LoweredProgram
        {
            Name = program.Name,
            Tensors = [.. program.Tensors.Where(t => stays(t.Index)).Select(t => new LoweredTensor
            {
                Index = numbers[t.Index], Name = t.Name, Type = t.Type, Storage = t.Storage, Data = t.Data, AliasOf = numbers[t.AliasOf], Initial = numbers[t.Initial],
            })],
            Steps = [.. steps.Select(step => step with { Inputs = [.. step.Inputs.Select(i => numbers[i])], Outputs = [.. step.Outputs.Select(i => numbers[i])] })],
            Inputs = [.. program.Inputs.Select(Port)],
            Outputs = [.. program.Outputs.Select(Port)],
        };
    }
}
