using System.Runtime.InteropServices;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>Makes the machine code of a depthwise step: a <see cref="DepthwiseRowKernel"/> or a <see cref="DepthwiseWindowKernel"/> and its data, and a <see cref="SaturatingDepthwiseRowKernel"/> where pairs of a 3x3 window saturate.</summary>
internal static unsafe class DepthwiseCode
{
    private const int Window = 3, MaxDilation = 4, BlockChannels = 64;

    /// <summary>Adds the step's code; gives its entry, a <see cref="DepthwiseStep"/>, or -1 where the step stays on intrinsics.</summary>
    /// <param name="section">The section.</param>
    /// <param name="d">The step.</param>
    /// <param name="zeroPoints">The weights' zero points, where pairs of products saturate; else null.</param>
    public static int Add(CodeSection section, in DepthwiseDescription d, short* zeroPoints = null)
    {
        var g = d.Geometry;
        var phases = g.KernelHeight == Window && g.KernelWidth == Window ? Phases(g) : null;
        if (phases is null && !DepthwiseWindowKernel.Supports(g)) return -1;
        if (g.Pixels == 0 || d.Epilogue.OutputSize != 1) return -1;
        var epilogue = new EpilogueData(d.Epilogue, d.Output.Type == ElementType.S8, d.InputZeroPoint);
        if (!epilogue.IsSupported) return -1;

        int taps = g.KernelHeight * g.KernelWidth, vectors = phases is null ? (taps + 3) / 4 * 4 : 12, blockWeights = vectors * 64;
        int blocks = (g.InputChannels + BlockChannels - 1) / BlockChannels;
        Span<VectorEpilogue> codes = stackalloc VectorEpilogue[4];
        var weights = new sbyte[blocks * 2 * blockWeights];
        ulong remainders = 0;
        var allForms = new FloatRequantization[blocks * BlockChannels];
        var allBiases = new int[blocks * BlockChannels];
        for (int block = 0; block < blocks; block++)
            for (int vector = 0; vector < 4; vector++)
            {
                var forms = allForms.AsSpan((block * 4 + vector) * 16, 16);
                var biases = allBiases.AsSpan((block * 4 + vector) * 16, 16);
                for (int n = 0; n < 16; n++)
                {
                    // Unpacking two rows of bytes twice leaves channels in this order.
                    int channel = block * BlockChannels + n / 4 * 16 + vector * 4 + n % 4;
                    (forms[n], biases[n]) = (new FloatRequantization(0, 0, false, []), 0);
                    if (channel >= g.InputChannels) continue;
                    long least = epilogue.Bias(channel), greatest = least;
                    for (int tap = 0; tap < taps; tap++)
                    {
                        int weight = d.Weight(channel, tap), taken = Math.Clamp(weight, sbyte.MinValue, sbyte.MaxValue), rest = weight - taken;
                        if (rest > sbyte.MaxValue) return -1;
                        least += Math.Min(weight, 0) * byte.MaxValue;
                        greatest += Math.Max(weight, 0) * byte.MaxValue;
                        // The vector and the place in its four: columns of three rows, or taps by fours.
                        var (of, place) = phases is null ? (tap / 4 * 4 + vector, tap % 4) : (tap % Window * 4 + vector, tap / Window);
                        int at = block * 2 * blockWeights + of * 64 + n * 4 + place;
                        (weights[at], weights[at + blockWeights]) = ((sbyte)taken, (sbyte)rest);
                        if (rest != 0) remainders |= 1UL << of;
                    }
                    if (epilogue.Form(channel, least, greatest) is not { } form) return -1;
                    (forms[n], biases[n]) = (form, epilogue.Bias(channel));
                }
                if (EpilogueData.Vector(forms) is not { } code || EpilogueData.Join(codes[vector], code) is not { } joined) return -1;
                codes[vector] = joined;
            }
        var tile = epilogue.Tile(codes);
        var numbers = new byte[blocks * 4 * tile.VectorBytes];
        for (int i = 0; i < blocks * 4; i++) EpilogueData.Write(numbers.AsSpan(i * tile.VectorBytes, tile.VectorBytes), allBiases.AsSpan(i * 16, 16), allForms.AsSpan(i * 16, 16));
        if (remainders == 0) weights = WithoutRemainders(weights, blockWeights);

        sbyte[]? pairs = zeroPoints == null || phases is null ? null : SaturatingWeights(d, zeroPoints);
        List<DepthwisePhase> functions = phases is null
            ? [new() { Code = section.Function(new DepthwiseWindowKernel(
                g.KernelHeight, g.KernelWidth, g.StrideWidth, g.DilationWidth, g.PadLeft, g.InputWidth, g.OutputWidth, g.InputChannels, remainders, tile)) }]
            : phases.ConvertAll(p => p.Place with
            {
                Code = section.Function(new DepthwiseRowKernel(g.StrideWidth, p.PadLeft, p.InputWidth, p.OutputWidth, g.InputChannels, g.DilationWidth, (int)remainders, tile)),
                SaturatingCode = pairs is null ? 0 : section.Function(new SaturatingDepthwiseRowKernel(g.StrideWidth, p.PadLeft, p.InputWidth, p.OutputWidth, g.InputChannels, g.DilationWidth, tile)),
            });
        var header = new DepthwiseStep
        {
            Weights = section.Data<sbyte>(weights),
            Epilogue = section.Data<byte>(numbers),
            Constants = section.Data<byte>(epilogue.Constants()),
            SaturatingWeights = pairs is null ? 0 : section.Data<sbyte>(pairs),
            PhaseCount = functions.Count,
            BlockWeights = (remainders == 0 ? 1 : 2) * blockWeights,
            BlockEpilogue = 4 * tile.VectorBytes,
        };
        return AddStep(section, header, functions);
    }

    // Offsets are counted from the entry.
    private static int AddStep(CodeSection section, DepthwiseStep header, List<DepthwisePhase> phases)
    {
        int entry = section.Next;
        header.Weights -= entry;
        header.Epilogue -= entry;
        header.Constants -= entry;
        if (header.SaturatingWeights != 0) header.SaturatingWeights -= entry;
        foreach (ref var phase in CollectionsMarshal.AsSpan(phases))
        {
            phase.Code -= entry;
            if (phase.SaturatingCode != 0) phase.SaturatingCode -= entry;
        }
        return section.Append([.. MemoryMarshal.AsBytes(new ReadOnlySpan<DepthwiseStep>(in header)), .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(phases))]);
    }

    // The columns of the output that a function computes, for each of the dilation's phases: every Dilation-th, whose windows' columns are every Dilation-th of the input. Null where there is no code.
    private static List<(DepthwisePhase Place, int PadLeft, int InputWidth, int OutputWidth)>? Phases(in ConvolutionGeometry g)
    {
        int dilation = g.DilationWidth;
        if (g.StrideWidth is not (1 or 2) || dilation > MaxDilation || dilation > 1 && g.StrideWidth > 1) return null;
        var phases = new List<(DepthwisePhase, int, int, int)>();
        for (int output = 0; output < Math.Min(dilation, g.OutputWidth); output++)
        {
            // The window's first column, at or left of the input's first of the phase.
            int column = output - g.PadLeft, input = (column % dilation + dilation) % dilation, padLeft = (input - column) / dilation;
            if (padLeft >= Window || input >= g.InputWidth) return null;
            phases.Add((new DepthwisePhase { Input = input * g.InputChannels, Output = output * g.InputChannels }, padLeft,
                (g.InputWidth - input + dilation - 1) / dilation, (g.OutputWidth - output + dilation - 1) / dilation));
        }
        return phases;
    }

    // For windows that may saturate. Of weights with zero points, whose part is exact, there is no code.
    private static sbyte[]? SaturatingWeights(in DepthwiseDescription d, short* zeroPoints)
    {
        var g = d.Geometry;
        if (SaturatingDepthwiseKernel.GreatestSafeValue(d, zeroPoints) == byte.MaxValue) return null;
        var weights = new sbyte[(g.InputChannels + BlockChannels - 1) / BlockChannels * SaturatingDepthwiseRowKernel.BlockWeights];
        for (int channel = 0; channel < g.InputChannels; channel++)
        {
            if (zeroPoints[channel * 2] != 0) return null;
            int block = channel / BlockChannels * SaturatingDepthwiseRowKernel.BlockWeights, lane = channel % BlockChannels / 16, inLane = channel % 16;
            for (int tap = 0; tap < Window * Window; tap++)
            {
                int at = tap < 8 ? (tap / 2 * 2 + inLane / 8) * 64 + lane * 16 + inLane % 8 * 2 + tap % 2 : (8 + inLane / 4) * 64 + lane * 16 + inLane % 4 * 4;
                weights[block + at] = checked((sbyte)d.Weight(channel, tap));
            }
        }
        return weights;
    }

    private static sbyte[] WithoutRemainders(ReadOnlySpan<sbyte> weights, int blockWeights)
    {
        var less = new sbyte[weights.Length / 2];
        for (int at = 0; at < less.Length; at += blockWeights) weights.Slice(at * 2, blockWeights).CopyTo(less.AsSpan(at));
        return less;
    }
}
