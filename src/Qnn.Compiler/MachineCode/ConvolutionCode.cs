using System.Runtime.InteropServices;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// Makes the machine code of a convolution or dense step: a <see cref="TileKernel"/> and an <see cref="AmxTileKernel"/> for each group of up to 64 output channels, and their data, most of which they share.
/// </summary>
internal static unsafe class ConvolutionCode
{
    private const int GroupVectors = 4;
    private const int MaxSegments = 64;
    private const int MaxRowUnit = 48;

    /// <summary>Adds the step's code; gives its entries, <see cref="TileStep"/>s, or none where the step stays on intrinsics.</summary>
    public static StepEntries Add(CodeSection section, in ConvolutionDescription d, AmxUse amxUse)
    {
        var g = d.Geometry;
        // Rows of activations are read a little beyond their end, for which constants have no room.
        if (g.Groups != 1 || g.Pixels == 0 || d.Input.IsConstant) return StepEntries.None;
        var epilogue = new EpilogueData(d.Epilogue, d.Output.Type == ElementType.S8, d.InputZeroPoint);
        if (!epilogue.IsSupported) return StepEntries.None;
        var window = TileWindow.Create(g);
        if (window.Lines * window.Taps > MaxSegments) return StepEntries.None;

        int[] weights = Unpack(d);
        var forms = new FloatRequantization[g.Blocks * 16];
        for (int o = 0; o < g.OutputChannels; o++)
        {
            var (least, greatest) = Range(weights.AsSpan(o * g.Depth, g.Depth), epilogue.Bias(o));
            if (epilogue.Form(o, least, greatest) is not { } form) return StepEntries.None;
            forms[o] = form;
        }
        for (int o = g.OutputChannels; o < forms.Length; o++) forms[o] = new FloatRequantization(0, 0, false, []);

        bool hasAmx = amxUse == AmxUse.Everywhere || amxUse == AmxUse.WhereItPays && AmxTileKernel.Pays(window, Math.Min(GroupVectors, g.Blocks));
        List<TileGroup> vnni = [], amx = [];
        int rowUnit = 1, amxRows = AmxTileKernel.ChooseRows(window.CallRows);
        for (int block = 0; block < g.Blocks; block += GroupVectors)
        {
            if (Group(section, g, window, epilogue, weights, forms, block, hasAmx) is not var (group, amxGroup, rows)) return StepEntries.None;
            rowUnit = JoinUnits(rowUnit, rows);
            vnni.Add(group);
            amx.Add(amxGroup);
        }
        var header = new TileStep { Source = (int)window.Source, LinePitch = window.LinePitch, Constants = section.Data<byte>(epilogue.Constants()), RowUnit = rowUnit };
        int entry = AddStep(section, header, vnni);
        return new StepEntries(entry, hasAmx ? AddStep(section, header with { RowUnit = amxRows, TileBytes = AmxTileKernel.ScratchBytes }, amx) : entry);
    }

    // Rows that are whole tiles of both kinds, unless they are too many to matter.
    private static int JoinUnits(int a, int b)
    {
        int divisor = a;
        for (int rest = b; rest != 0; (divisor, rest) = (rest, divisor % rest)) { }
        int both = a / divisor * b;
        return both <= MaxRowUnit ? both : a;
    }

    // Offsets are counted from the entry.
    private static int AddStep(CodeSection section, TileStep header, List<TileGroup> groups)
    {
        int entry = section.Next;
        header.Constants -= entry;
        header.GroupCount = groups.Count;
        foreach (ref var group in CollectionsMarshal.AsSpan(groups))
        {
            group.Code -= entry;
            group.Epilogue -= entry;
            group.Remainders -= entry;
            if (group.Weights != 0) group.Weights -= entry;
        }
        return section.Data<byte>([.. MemoryMarshal.AsBytes(new ReadOnlySpan<TileStep>(in header)), .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(groups))]);
    }

    private static (TileGroup Vnni, TileGroup Amx, int Rows)? Group(
        CodeSection section, in ConvolutionGeometry g, in TileWindow window, EpilogueData epilogue, int[] weights, FloatRequantization[] forms, int block, bool hasAmx)
    {
        int vectors = Math.Min(GroupVectors, g.Blocks - block);
        Span<VectorEpilogue> codes = stackalloc VectorEpilogue[vectors];
        for (int j = 0; j < vectors; j++)
        {
            if (EpilogueData.Vector(forms.AsSpan((block + j) * 16, 16)) is not { } code) return null;
            codes[j] = code;
        }
        var tile = epilogue.Tile(codes);
        var numbers = new byte[vectors * tile.VectorBytes];
        Span<int> biases = stackalloc int[16];
        for (int j = 0; j < vectors; j++)
        {
            int first = (block + j) * 16;
            for (int n = 0; n < 16; n++) biases[n] = epilogue.Bias(first + n);
            EpilogueData.Write(numbers.AsSpan(j * tile.VectorBytes, tile.VectorBytes), biases, forms.AsSpan(first, 16));
        }

        var packed = new TileWeights(g, window, weights, block, vectors);
        var (remainders, remainderCount) = packed.Remainders(1);
        int channelCount = Math.Min(vectors * 16, g.OutputChannels - block * 16);
        int resultPitch = g.OutputChannels * (tile.Sums ? sizeof(int) : 1);
        bool paired = !tile.Sums && TileKernel.PairingPays(window.Lines * window.Taps * window.Steps, window.CallRows);
        int rows = window.ChooseRows(vectors, paired);
        var kernel = new TileKernel(
            rows, vectors, window.Lines, window.LinePitch * g.DilationHeight, window.Taps, window.TapPitch, window.Steps, window.RowPitch, resultPitch,
            channelCount, remainderCount > 0, paired, tile);
        var group = new TileGroup
        {
            Code = section.Function(kernel),
            Epilogue = section.Data<byte>(numbers),
            Weights = packed.Steps() is { } steps ? section.Data<sbyte>(steps) : 0,
            Remainders = section.Data<byte>(remainders),
            RemainderCount = remainderCount,
            FirstBlock = block,
        };
        if (!hasAmx) return (group, group, rows);
        var amx = new AmxTileKernel(
            AmxTileKernel.ChooseRows(window.CallRows), vectors, window.Lines, window.LinePitch * g.DilationHeight, window.Taps, window.TapPitch, window.Steps, window.RowPitch, resultPitch,
            channelCount, remainderCount > 0, tile);
        var (amxRemainders, amxRemainderCount) = packed.Remainders(AmxTileKernel.ChunkSteps);
        return (group, group with { Code = section.Function(amx), Remainders = section.Data<byte>(amxRemainders), RemainderCount = amxRemainderCount }, rows);
    }

    // Weights less their zero points, as [outputs][depth].
    private static int[] Unpack(in ConvolutionDescription d)
    {
        var g = d.Geometry;
        var weights = new int[g.OutputChannels * g.Depth];
        for (int block = 0; block < g.Blocks; block++)
        {
            var packed = d.Weights.Block(g, 0, block);
            for (int step = 0; step < packed.StepCount; step++) Add(packed.Steps + step * 64, step);
            for (int r = 0; r < packed.RemainderCount; r++) Add(packed.Remainders + r * 64, packed.RemainderPlaces[r]);

            void Add(sbyte* from, int step)
            {
                int outputs = Math.Min(16, g.OutputChannels - block * 16), depth = Math.Min(4, g.Depth - step * 4);
                for (int n = 0; n < outputs; n++)
                    for (int k = 0; k < depth; k++) weights[(block * 16 + n) * g.Depth + step * 4 + k] += from[n * 4 + k];
            }
        }
        return weights;
    }

    private static (long Least, long Greatest) Range(ReadOnlySpan<int> weights, int bias)
    {
        long negative = 0, positive = 0;
        foreach (int weight in weights)
        {
            negative += Math.Min(weight, 0);
            positive += Math.Max(weight, 0);
        }
        return (bias + negative * byte.MaxValue, bias + positive * byte.MaxValue);
    }
}
