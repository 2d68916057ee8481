namespace Qnn.Conformance.Tests;

/// <summary>
/// Outputs that need not equal the recorded ones to the last bit. Only for models that compute in float, where the order in which the framework adds is not known.
/// docs/numerics.md lists the same and says why. Even these are identical on every kernel tier and thread count.
/// </summary>
/// <param name="Model">The model's folder.</param>
/// <param name="Numerics">The kernel set.</param>
/// <param name="Largest">The largest difference of an element that passes; quanta where the output is quantized.</param>
/// <param name="Reason">Which operator, and why.</param>
internal sealed record Tolerance(string Model, string Numerics, double Largest, string Reason)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Tolerance> All { get; } =
    [
        new("tflm_sine_float", "xnnpack", 5e-7, "FULLY_CONNECTED float: XNNPACK adds in the order of its tiles and fuses multiply and add; the answer is the builtin kernels'."),
    ];

    /// <summary>The largest difference that passes for a model.</summary>
    public static double Of(string model, string numerics) => All.FirstOrDefault(t => t.Model == model && t.Numerics == numerics)?.Largest ?? 0;
}
