namespace Qnn.Conformance.Tests;

/// <summary>Test models that the compiler rejects on purpose, with the reason. Any other model that does not compile is a failure.</summary>
internal static class KnownUnsupported
{
    /// <summary>The reason by format and model: <c>tflite/name</c>.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["torchscript/op_dynamic_lstm"] = "aten::quantized_lstm is not imported.",
        ["torchscript/op_dynamic_lstm_qnnpack"] = "aten::quantized_lstm is not imported.",
        ["torchscript/op_dynamic_bilstm"] = "aten::quantized_lstm is not imported.",
        ["torchscript/op_dynamic_gru"] = "aten::quantized_gru is not imported.",
        ["torchscript/op_embedding_bag"] = "quantized::embedding_bag_byte is not imported.",
    };
}
