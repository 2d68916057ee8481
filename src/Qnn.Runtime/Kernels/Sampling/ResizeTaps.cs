namespace Qnn.Runtime.Kernels.Sampling;

/// <summary>Which elements of an axis a place between them takes when it is resized, and their weights, in float as ONNX Runtime works them out (<c>upsample.cc</c>).</summary>
internal static class ResizeTaps
{
    /// <summary>The element nearest to a place on an axis of so many.</summary>
    public static int Nearest(float place, ResizeNearest rounding, int extent) => (int)Math.Clamp(
        rounding switch
        {
            ResizeNearest.Floor => MathF.Floor(place),
            ResizeNearest.Ceil => MathF.Ceiling(place),
            ResizeNearest.RoundPreferFloor => MathF.Ceiling(place - 0.5f),
            _ => MathF.Floor(place + 0.5f),
        },
        0,
        extent - 1);

    /// <summary>The neighbours of a place and their weights for linear interpolation.</summary>
    public static (int First, int Second, float FirstWeight, float SecondWeight) Linear(float place, int extent)
    {
        place = Math.Clamp(place, 0, extent - 1);
        int first = Math.Min((int)place, extent - 1), second = Math.Min(first + 1, extent - 1);
        return first == second ? (first, second, 0.5f, 0.5f) : (first, second, MathF.Abs(place - second), MathF.Abs(place - first));
    }

    /// <summary>The weights of the four neighbours of a place for cubic interpolation (Keys, with the coefficient a), by what it lies behind the second.</summary>
    public static (float A, float B, float C, float D) Cubic(float s, float a) => (
        ((a * (s + 1) - 5 * a) * (s + 1) + 8 * a) * (s + 1) - 4 * a,
        ((a + 2) * s - (a + 3)) * s * s + 1,
        ((a + 2) * (1 - s) - (a + 3)) * (1 - s) * (1 - s) + 1,
        ((a * (2 - s) - 5 * a) * (2 - s) + 8 * a) * (2 - s) - 4 * a);
}
