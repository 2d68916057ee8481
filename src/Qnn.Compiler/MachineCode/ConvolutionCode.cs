using System.Runtime.InteropServices;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>Makes the machine code of a convolution or dense step: a <see cref="TileKernel"/> for each group of up to 64 output channels, and its data.</summary>
internal static unsafe class ConvolutionCode
{
    private const int GroupVectors = 4;
    private const int MaxSegments = 64;

    /// <summary>Adds the step's code; gives its entry, a <see cref="TileStep"/>, or -1 where the step stays on intrinsics.</summary>
    public static int Add(CodeSection section, in ConvolutionDescription d)
    {
        var g = d.Geometry;
        // Rows of activations are read a little beyond their end, for which constants have no room.
        if (g.Groups != 1 || g.Pixels == 0 || d.Input.IsConstant) return -1;
        var epilogue = new EpilogueData(d.Epilogue, d.Output.Type == ElementType.S8, d.InputZeroPoint);
        if (!epilogue.IsSupported) return -1;
        var window = TileWindow.Create(g);
        if (window.Lines * window.Taps > MaxSegments) return -1;

        int[] weights = Unpack(d);
        var forms = new FloatRequantization[g.Blocks * 16];
        for (int o = 0; o < g.OutputChannels; o++)
        {
            var (least, greatest) = Range(weights.AsSpan(o * g.Depth, g.Depth), epilogue.Bias(o));
            if (epilogue.Form(o, least, greatest) is not { } form) return -1;
            forms[o] = form;
        }
        for (int o = g.OutputChannels; o < forms.Length; o++) forms[o] = new FloatRequantization(0, 0, false, []);

        var groups = new List<TileGroup>();
        for (int block = 0; block < g.Blocks; block += GroupVectors)
        {
            if (Group(section, g, window, epilogue, weights, forms, block) is not { } group) return -1;
            groups.Add(group);
        }
        int constants = section.Data<byte>(epilogue.Constants()), entry = section.Next;
        foreach (ref var group in CollectionsMarshal.AsSpan(groups))
        {
            group.Code -= entry;
            group.Epilogue -= entry;
            group.Remainders -= entry;
            if (group.Weights != 0) group.Weights -= entry;
        }
        var header = new TileStep { Source = (int)window.Source, LinePitch = window.LinePitch, Constants = constants - entry, GroupCount = groups.Count };
        return section.Data<byte>([.. MemoryMarshal.AsBytes(new ReadOnlySpan<TileStep>(in header)), .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(groups))]);
    }

    private static TileGroup? Group(CodeSection section, in ConvolutionGeometry g, in TileWindow window, EpilogueData epilogue, int[] weights, FloatRequantization[] forms, int block)
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

        var (steps, remainders) = Pack(g, window, weights, block, vectors);
        int channelCount = Math.Min(vectors * 16, g.OutputChannels - block * 16);
        bool paired = !tile.Sums && TileKernel.PairingPays(window.Lines * window.Taps * window.Steps, window.CallRows);
        var kernel = new TileKernel(
            window.ChooseRows(vectors, paired), vectors, window.Lines, window.LinePitch * g.DilationHeight, window.Taps, window.TapPitch, window.Steps, window.RowPitch, g.OutputChannels * (tile.Sums ? sizeof(int) : 1),
            channelCount, remainders.Count > 0, paired, tile);
        return new TileGroup
        {
            Code = section.Function(kernel),
            Epilogue = section.Data<byte>(numbers),
            Weights = steps is null ? 0 : section.Data<sbyte>(steps),
            Remainders = section.Data<byte>(CollectionsMarshal.AsSpan(remainders)),
            RemainderCount = remainders.Count / (64 + vectors * 64),
            FirstBlock = block,
        };
    }

    // The group's weights in the order of the window's segments, null where that is the order of the step's own; and what of them a signed byte does not hold.
    private static (sbyte[]? Steps, List<byte> Remainders) Pack(in ConvolutionGeometry g, in TileWindow window, int[] weights, int block, int vectors)
    {
        int segments = window.Lines * window.Taps, blockBytes = segments * window.Steps * 64;
        bool own = segments == 1 || window.Segment % 4 == 0;
        var steps = own ? null : new sbyte[vectors * blockBytes];
        var remainders = new List<byte>();
        var rest = new int[vectors * 64];
        for (int segment = 0; segment < segments; segment++)
            for (int step = 0; step < window.Steps; step++)
            {
                bool left = false;
                for (int j = 0; j < vectors; j++)
                    for (int n = 0; n < 16; n++)
                        for (int k = 0; k < 4; k++)
                        {
                            int channel = (block + j) * 16 + n, inSegment = step * 4 + k;
                            int weight = channel < g.OutputChannels && inSegment < window.Segment ? weights[channel * g.Depth + segment * window.Segment + inSegment] : 0;
                            int taken = Math.Clamp(weight, sbyte.MinValue, sbyte.MaxValue);
                            if (steps is not null) steps[j * blockBytes + (segment * window.Steps + step) * 64 + n * 4 + k] = (sbyte)taken;
                            rest[j * 64 + n * 4 + k] = weight - taken;
                            left |= weight != taken;
                        }
                while (left)
                {
                    left = false;
                    int offset = segment / window.Taps * window.LinePitch * g.DilationHeight + segment % window.Taps * window.TapPitch + step * 4;
                    remainders.AddRange(BitConverter.GetBytes(offset));
                    remainders.AddRange(new byte[60]);
                    for (int i = 0; i < rest.Length; i++)
                    {
                        int taken = Math.Clamp(rest[i], sbyte.MinValue, sbyte.MaxValue);
                        remainders.Add(unchecked((byte)taken));
                        rest[i] -= taken;
                        left |= rest[i] != 0;
                    }
                }
            }
        return (steps, remainders);
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
