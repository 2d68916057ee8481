using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Convolution.Winograd;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// Makes the machine code of a convolution or dense step: a <see cref="TileKernel"/> for each group of up to 64 output channels, an <see cref="AmxTileKernel"/> for each group of its own size, and their data.
/// </summary>
internal static unsafe class ConvolutionCode
{
    private const int GroupVectors = 4;

    // Weights that leave the first-level cache are used for more rows, by fewer channels, each time they are loaded.
    private const int HeavyGroupVectors = 2, LightWeightBytes = 32 * 1024;

    // Layers of so many bytes of weights fetch them while those of other channels are multiplied: a network's weights leave the second-level cache from one call to the next.
    private const int PrefetchedBytes = 32 * 1024;

    private const int MaxSegments = 64;
    private const int MaxRowUnit = 48;

    // Beside vpdpbusd, so much that what the estimate is off does not matter.
    private const double MostWinogradCost = 0.9;

    /// <summary>Adds the step's code; gives its entries, <see cref="TileStep"/>s, or none where the step stays on intrinsics.</summary>
    public static StepEntries Add(CodeSection section, in ConvolutionDescription d, AmxUse amxUse)
    {
        var g = d.Geometry;
        // Rows of activations are read a little beyond their end, for which constants have no room.
        if (g.Pixels == 0 || d.Input.IsConstant) return StepEntries.None;
        var epilogue = new EpilogueData(d.Epilogue, d.Output.Type == ElementType.S8, d.InputZeroPoint);
        if (!epilogue.IsSupported) return StepEntries.None;
        var window = TileWindow.Create(g);
        if (window.Lines * window.Taps > MaxSegments) return StepEntries.None;

        var layers = new Layer[g.Groups];
        for (int group = 0; group < g.Groups; group++)
        {
            int[] weights = Unpack(d, group);
            int first = group * g.Blocks * 16;
            var forms = new FloatRequantization[g.Blocks * 16];
            for (int o = 0; o < g.GroupOutputs; o++)
            {
                var (least, greatest) = Range(weights.AsSpan(o * g.Depth, g.Depth), epilogue.Bias(first + o));
                if (epilogue.Form(first + o, least, greatest) is not { } form) return StepEntries.None;
                forms[o] = form;
            }
            for (int o = g.GroupOutputs; o < forms.Length; o++) forms[o] = new FloatRequantization(0, 0, false, []);
            layers[group] = new Layer(section, g, group, window, epilogue, weights, forms);
        }
        var groups = new List<TileGroup>();
        int rowUnit = 1;
        foreach (var one in layers)
        {
            if (one.AddTileGroups(groups) is not { } unit) return StepEntries.None;
            rowUnit = unit;
        }
        var header = new TileStep { Source = (int)window.Source, LinePitch = window.LinePitch, Constants = section.Data<byte>(epilogue.Constants()), RowUnit = rowUnit, CallLines = window.Source == TileSource.Rows ? 0 : 1 };
        int entry = AddStep(section, WithWinograd(header, section, d), groups, layers[0].HasWeights);
        if (g.Groups > 1 || amxUse == AmxUse.Never) return StepEntries.Both(entry);

        bool sums = d.Epilogue.Arithmetic == RequantizeArithmetic.None;
        var (layer, amxWindow, shape) = (layers[0], window, AmxShape.Choose(g, window, sums));
        if (window.Source == TileSource.PaddedLines && TileWindow.CreateOfBlocks(g) is { } blocks && blocks.Lines * blocks.Taps <= MaxSegments)
        {
            var blockShape = AmxShape.Choose(g, blocks, sums);
            if (blockShape.Cycles(g, blocks) < shape.Cycles(g, window)) (layer, amxWindow, shape) = (layer.With(blocks), blocks, blockShape);
        }
        if (amxUse == AmxUse.WhereItPays && !shape.Pays(g, amxWindow, window) || layer.AmxGroups(shape) is not { } amxGroups) return StepEntries.Both(entry);
        var amxHeader = header with
        {
            Source = (int)amxWindow.Source,
            LinePitch = amxWindow.LinePitch,
            RowUnit = shape.AllTiles * shape.Rows,
            CallLines = Math.Sign(header.CallLines) * shape.Lines,
            TileBytes = AmxTileKernel.ScratchBytes,
        };
        return new StepEntries(entry, AddStep(section, amxHeader, amxGroups, layer.HasWeights));
    }

    // Products of two numbers of 16 bits are as many an instruction as half of those of four bytes.
    private static TileStep WithWinograd(TileStep header, CodeSection section, in ConvolutionDescription d)
    {
        int blocks = d.Geometry.Blocks;
        if (blocks < WinogradTiling.MostNativeBlocks || WinogradTransform.NativeCost(d.Geometry) > MostWinogradCost || !WinogradTransform.Suits(d, Vector512<short>.Count)) return header;
        header.WinogradCode = WinogradFunctions(section, d.Geometry, WinogradTiling.MostNativeBlocks);
        if (blocks % WinogradTiling.MostNativeBlocks != 0) header.LastWinogradCode = WinogradFunctions(section, d.Geometry, 1);
        return header;
    }

    private static WinogradCode WinogradFunctions(CodeSection section, ConvolutionGeometry g, int vectors)
    {
        var tiling = WinogradTiling.Create(g);
        var functions = new WinogradCode();
        for (int kind = 0; kind < WinogradItem.Kinds; kind++)
        {
            int[] tiles = [.. Enumerable.Range(0, tiling.Items).Select(item => tiling[item].TilesOf(kind)).Where(n => n > 0)];
            if (tiles.Length > 0) functions[kind] = section.Function(WinogradKernel.Create(tiles, vectors, g.GroupInputs));
        }
        return functions;
    }

    // Rows that are whole tiles of both kinds; where they are too many to matter, whole tiles of the first and at least one of the second: a tile of fewer rows goes back to rows before it.
    private static int JoinUnits(int a, int b)
    {
        int divisor = a;
        for (int rest = b; rest != 0; (divisor, rest) = (rest, divisor % rest)) { }
        int both = a / divisor * b;
        return both <= MaxRowUnit ? both : (b + a - 1) / a * a;
    }

    // The section's offsets become offsets from the entry.
    private static int AddStep(CodeSection section, TileStep header, List<TileGroup> groups, bool hasWeights)
    {
        int entry = section.Next;
        header.Constants -= entry;
        header.GroupCount = groups.Count;
        foreach (ref int function in header.WinogradCode) if (function != 0) function -= entry;
        foreach (ref int function in header.LastWinogradCode) if (function != 0) function -= entry;
        foreach (ref var group in CollectionsMarshal.AsSpan(groups))
        {
            group.Code -= entry;
            group.Epilogue -= entry;
            group.Remainders -= entry;
            if (hasWeights) group.Weights -= entry;
        }
        return section.Append([.. MemoryMarshal.AsBytes(new ReadOnlySpan<TileStep>(in header)), .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(groups))]);
    }

    // A layer, or one group of its channels, and where what all its kernels read is in the section.
    private sealed class Layer(CodeSection section, ConvolutionGeometry g, int group, TileWindow window, EpilogueData epilogue, int[] weights, FloatRequantization[] forms)
    {
        // Packed weights, or null for the step's own.
        private readonly int? _weights = new TileWeights(g, window, weights, 0, g.Blocks).Steps() is { } steps ? section.Data<sbyte>(steps) : null;

        // The group's first block among all.
        private readonly int _first = group * g.Blocks;

        // The same layer, its inputs copied another way.
        public Layer With(TileWindow other) => new(section, g, group, other, epilogue, weights, forms);

        // Whether weights are packed anew.
        public bool HasWeights => _weights is not null;

        private int BlockBytes => window.Lines * window.Taps * window.Steps * 64;

        private OutputLines Output => window.Source == TileSource.Rows ? default : new(g.OutputWidth, window.Step);

        // Adds those for vpdpbusd; gives rows that are whole tiles of all.
        public int? AddTileGroups(List<TileGroup> groups)
        {
            int rowUnit = 1;
            int most = GroupVectors * BlockBytes > LightWeightBytes ? HeavyGroupVectors : GroupVectors;
            for (int block = 0; block < g.Blocks; block += most)
            {
                int vectors = Math.Min(most, g.Blocks - block);
                if (Group(block, vectors, 1) is not var (tiles, tile)) return null;
                bool paired = !tile.Sums && TileKernel.PairingPays(window.Lines * window.Taps * window.Steps, window.CallRows);
                int rows = window.ChooseRows(vectors, paired);
                rowUnit = JoinUnits(rowUnit, rows);
                var kernel = new TileKernel(
                    rows, vectors, window.Lines, window.Taps, window.Offsets, window.Steps, window.RowPitch, ResultPitch(tile),
                    Channels(block, vectors), Output, tiles.RemainderCount > 0, paired, tile);
                groups.Add(tiles with { Code = section.Function(kernel) });
            }
            return rowUnit;
        }

        public List<TileGroup>? AmxGroups(AmxShape shape)
        {
            var groups = new List<TileGroup>();
            // All that a group has is fetched by the sets of the one before; where that is only one set, hardware is as fast alone.
            int sets = shape.Sets(g, window), prefetched = sets == 1 || g.Blocks * BlockBytes < PrefetchedBytes ? 0 : (shape.Vectors * AmxTileKernel.ChunkSteps + sets - 1) / sets;
            for (int block = 0; block < g.Blocks; block += shape.Vectors)
            {
                int vectors = Math.Min(shape.Vectors, g.Blocks - block);
                if (Group(block, vectors, AmxTileKernel.ChunkSteps) is not var (tiles, tile)) return null;
                var kernel = new AmxTileKernel(
                    shape with { Vectors = vectors }, window.Lines, window.Taps, window.Offsets, window.Steps, window.RowPitch,
                    ResultPitch(tile), Channels(block, vectors), Output, tiles.RemainderCount > 0, prefetched, tile);
                groups.Add(tiles with { Code = section.Function(kernel) });
            }
            return groups;
        }

        private int Channels(int block, int vectors) => Math.Min(vectors * 16, g.GroupOutputs - block * 16);

        private int ResultPitch(in TileEpilogue tile) => g.OutputChannels * (tile.Sums ? sizeof(int) : 1);

        // A group but for its code.
        private (TileGroup Group, TileEpilogue Tile)? Group(int block, int vectors, int remainderRun)
        {
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
                for (int n = 0; n < 16; n++) biases[n] = epilogue.Bias(_first * 16 + first + n);
                EpilogueData.Write(numbers.AsSpan(j * tile.VectorBytes, tile.VectorBytes), biases, forms.AsSpan(first, 16));
            }
            var (remainders, remainderCount) = new TileWeights(g, window, weights, block, vectors).Remainders(remainderRun);
            var tiles = new TileGroup
            {
                Epilogue = section.Data<byte>(numbers),
                Weights = _weights + block * BlockBytes ?? 0,
                Remainders = section.Data<byte>(remainders),
                RemainderCount = remainderCount,
                FirstBlock = _first + block,
                Input = group * g.GroupInputs,
                Output = group * g.GroupOutputs + block * 16,
            };
            return (tiles, tile);
        }
    }

    // A group's weights less their zero points, as [outputs][depth].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Unpack(in ConvolutionDescription d, int group)
    {
        var g = d.Geometry;
        int depth = g.Depth;
        var weights = new int[g.GroupOutputs * depth];
        for (int block = 0; block < g.Blocks; block++)
        {
            var packed = d.Weights.Block(g, group, block);
            var of = weights.AsSpan(block * 16 * depth, Math.Min(16, g.GroupOutputs - block * 16) * depth);
            for (int step = 0; step < packed.StepCount; step++) Add(of, depth, packed.Steps + step * 64, step);
            for (int r = 0; r < packed.RemainderCount; r++) Add(of, depth, packed.Remainders + r * 64, packed.RemainderPlaces[r]);
        }
        return weights;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Span<int> weights, int depth, sbyte* from, int step)
    {
        int inputs = Math.Min(4, depth - step * 4);
        for (int at = step * 4; at < weights.Length; at += depth, from += 4)
            for (int k = 0; k < inputs; k++) weights[at + k] += from[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (long Least, long Greatest) Range(ReadOnlySpan<int> weights, int bias)
    {
        // No weight has more than nine bits, so sums of depths that fit in memory stay in 32.
        Vector<int> negatives = default, positives = default;
        for (; weights.Length >= Vector<int>.Count; weights = weights[Vector<int>.Count..])
        {
            var some = new Vector<int>(weights);
            negatives += Vector.Min(some, Vector<int>.Zero);
            positives += Vector.Max(some, Vector<int>.Zero);
        }
        long negative = Vector.Sum(negatives), positive = Vector.Sum(positives);
        foreach (int weight in weights)
        {
            negative += Math.Min(weight, 0);
            positive += Math.Max(weight, 0);
        }
        return (bias + negative * byte.MaxValue, bias + positive * byte.MaxValue);
    }
}
