namespace Qnn.Conformance.Tests;

/// <summary>
/// Outputs that need not equal the recorded ones to the last bit. For models that compute in float, where the order in which the framework adds is not known, and for networks whose deviation is not explained yet.
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
        new("tflm_trained_lstm", "reference", 4e-9, "SOFTMAX behind the LSTM: the recording is the builtin kernels' (its runtime could not run the others), which multiply by the reciprocal of the sum; the reference kernel divides."),
        new("tflm_trained_lstm", "xnnpack", 2e-7, "FULLY_CONNECTED and SOFTMAX behind the LSTM, recorded by a release of 2023, whose XNNPACK has other kernels than the one of the other recordings."),
    ];

    /// <summary>The largest difference that passes for a model.</summary>
    public static double Of(string model, string numerics) => All.FirstOrDefault(t => t.Model == model && t.Numerics == numerics)?.Largest ?? 0;
}
