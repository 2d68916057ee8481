using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Where the elements of a resized axis lie on the one before, in float as ONNX Runtime works it out.</summary>
/// <param name="From">The extent before.</param>
/// <param name="To">The extent after.</param>
/// <param name="Scale">The factor.</param>
/// <param name="Start">Where the region of interest begins, as a part of the extent.</param>
/// <param name="End">Where it ends.</param>
internal sealed record Sampling(int From, int To, float Scale, float Start, float End)
{
    /// <summary>The place of every element after, by the name of a coordinate transformation; null for an unknown one.</summary>
    public float[]? Places(string transformation)
    {
        Func<float, float>? place = transformation switch
        {
            "half_pixel" => x => (x + 0.5f) / Scale - 0.5f,
            "pytorch_half_pixel" => x => To > 1 ? (x + 0.5f) / Scale - 0.5f : 0,
            "tf_half_pixel_for_nn" => x => (x + 0.5f) / Scale,
            "asymmetric" => x => x / Scale,
            "align_corners" => x => To == 1 ? 0 : x * (From - 1) / (To - 1),
            "tf_crop_and_resize" => x => To > 1 ? Start * (From - 1) + x * (End - Start) * (From - 1) / (To - 1) : 0.5f * (Start + End) * (From - 1),
            "half_pixel_symmetric" => x => From / 2f * (1 - To / (Scale * From)) + (x + 0.5f) / Scale - 0.5f,
            _ => null,
        };
        return place is null ? null : [.. Enumerable.Range(0, To).Select(i => Scale == 1 && transformation != "tf_crop_and_resize" ? i : place(i))];
    }

    /// <summary>A rounding by its name; null for an unknown one.</summary>
    public static ResizeNearest? Rounding(string name) => name switch
    {
        "floor" => ResizeNearest.Floor,
        "ceil" => ResizeNearest.Ceil,
        "round_prefer_floor" => ResizeNearest.RoundPreferFloor,
        "round_prefer_ceil" => ResizeNearest.RoundPreferCeil,
        _ => null,
    };

    /// <summary>The element nearest to a place.</summary>
    public int Nearest(float place, ResizeNearest rounding) => ResizeTaps.Nearest(place, rounding, From);

    /// <summary>The neighbours of a place and their weights for linear interpolation.</summary>
    public (int[] At, float[] Weights) Linear(float place)
    {
        var (first, second, firstWeight, secondWeight) = ResizeTaps.Linear(place, From);
        return ([first, second], [firstWeight, secondWeight]);
    }

    /// <summary>The same of images in blocks of channels: a fraction and what is left of one, whether or not the neighbours differ.</summary>
    public static (int[] At, float[] Weights) Fraction(float place, int extent)
    {
        place = MathF.Max(place, 0);
        int first = (int)place;
        float fraction = place - first;
        return ([first, Math.Min(first + 1, extent - 1)], [1 - fraction, fraction]);
    }

    /// <summary>
    /// The elements that each place takes, and their weights, where an axis that shrinks is smoothed: a triangle, or a cubic with the coefficient a, as wide as the factor asks for (<c>upsample_antialias.h</c>). As many for each place.
    /// </summary>
    public (int[] At, float[] Weights)[] Smoothed(float[] places, float? a, bool excludeOutside)
    {
        float scale = 1 / Scale, support = (a is null ? 2 : 4) * 0.5f * MathF.Max(scale, 1), inverse = scale >= 1 ? 1 / scale : 1;
        var taps = places.Select(place => Taps(place + 0.5f, support, inverse, a, excludeOutside)).ToArray();
        int most = taps.Max(t => t.Weights.Length);
        return [.. taps.Select(t => (Enumerable.Range(t.First, most).Select(i => Math.Min(i, From - 1)).ToArray(), (float[])[.. t.Weights, .. new float[most - t.Weights.Length]]))];
    }

    private (int First, float[] Weights) Taps(float center, float support, float inverse, float? a, bool excludeOutside)
    {
        int least = (int)MathF.Floor(center - support + 0.5f), most = (int)MathF.Floor(center + support + 0.5f);
        int first = Math.Max(least, 0), last = Math.Min(most, From);
        if (excludeOutside) (least, most) = (first, last);
        float[] all = [.. Enumerable.Range(least, most - least).Select(x => Filter((x - center + 0.5f) * inverse, a))];
        float total = 0;
        foreach (float w in all) total += w;
        // What lies outside is taken at the edges.
        int before = Math.Max(0, -least), behind = Math.Max(0, most - From);
        for (int i = 0; i < before; i++) all[before] += all[i];
        for (int i = all.Length - behind; i < all.Length; i++) all[all.Length - behind - 1] += all[i];
        float factor = total == 0 ? 1 : 1 / total;
        return (first, [.. Enumerable.Range(before, last - first).Select(i => all[i] * factor)]);
    }

    private static float Filter(float x, float? cubic)
    {
        x = MathF.Abs(x);
        if (cubic is not { } a) return x < 1 ? 1 - x : 0;
        if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    /// <summary>The four neighbours of a place and their weights for cubic interpolation (Keys, with the coefficient a).</summary>
    public (int[] At, float[] Weights) Cubic(float place, float a, bool excludeOutside)
    {
        int first = (int)MathF.Floor(place) - 1;
        var (before, second, third, behind) = ResizeTaps.Cubic(place - MathF.Floor(place), a);
        float[] weights = [before, second, third, behind];
        if (excludeOutside)
        {
            for (int i = 0; i < 4; i++) if (first + i < 0 || first + i >= From) weights[i] = 0;
            float sum = weights.Sum();
            for (int i = 0; i < 4; i++) weights[i] /= sum;
        }
        return ([.. Enumerable.Range(first, 4).Select(i => Math.Clamp(i, 0, From - 1))], weights);
    }
}
