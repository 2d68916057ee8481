namespace Qnn.Conformance.Tests;

/// <summary>Test models that the compiler rejects on purpose, with the reason. Any other model that does not compile is a failure.</summary>
internal static class KnownUnsupported
{
    /// <summary>The reason by format and model: <c>tflite/name</c>.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>();
}
