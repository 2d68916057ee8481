namespace Qnn.Conformance.Tests;

/// <summary>Recorded answers of other kernel sets that the recording itself contradicts; the default set's answer is taken in their place.</summary>
internal static class DisputedRecording
{
    // Model and case, with the reason.
    private static readonly Dictionary<(string Model, string Case), string> s_reasons = new()
    {
        [("tflm_person_detect", "person")] = "meta.json says that all kernel sets answer identically; golden.json names files for reference and xnnpack that hold another picture's answer.",
    };

    /// <summary>Whether the other sets' files of a case are disputed.</summary>
    public static bool Includes(string model, string golden) => s_reasons.ContainsKey((model, golden));
}
