using Qnn.Compiler.Emit;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Emit;

/// <summary>Signatures that wrappers are made from in tests.</summary>
internal static class WrapperModels
{
    public static TensorDescription Tensor(string name, ElementType type, int[] shape, float scale = 0, int zeroPoint = 0, string description = "") => new(name, type, shape, scale, zeroPoint, description);

    public static ModelSignature Model(string name, TensorDescription[] inputs, TensorDescription[] outputs, string[]? labels = null, ImageInputDescription[]? images = null, string description = "") => new()
    {
        Name = name,
        SourceFile = name + ".tflite",
        Metadata = new ArtifactMetadata(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(), "tflite", "tflite/builtin", description, labels ?? [], images ?? [], [], []),
        Inputs = inputs,
        Outputs = outputs,
    };

    /// <summary>An image classifier with labels.</summary>
    public static ModelSignature Classifier { get; } = Model(
        "mobilenet_v2",
        [Tensor("input", ElementType.U8, [1, 224, 224, 3], 0.0078125f, 128)],
        [Tensor("MobilenetV2/Predictions/Softmax", ElementType.U8, [1, 3], 1 / 256f, 0, "Probability of each class")],
        ["tench", "goldfish", "shark"],
        [new ImageInputDescription(0, [127.5f], [127.5f], 0, 0)],
        "Classifies pictures");

    /// <summary>A regression: one input that is no image, one output of one element.</summary>
    public static ModelSignature Regression { get; } = Model(
        "sine",
        [Tensor("serving_default_dense_input:0", ElementType.S8, [1, 1], 0.0245f, -128)],
        [Tensor("StatefulPartitionedCall:0", ElementType.S8, [1, 1], 0.0083f, 4)]);

    /// <summary>Several inputs, one of them an image, and a detector's outputs.</summary>
    public static ModelSignature Several { get; } = Model(
        "multi",
        [
            Tensor("image", ElementType.S8, [1, 96, 96, 3], 1 / 128f, -1),
            Tensor("in", ElementType.S32, [4]),
            Tensor("in:0", ElementType.F32, [1, 8]),
            Tensor("mask", ElementType.Bool, [8]),
        ],
        [
            Tensor("TFLite_Detection_PostProcess", ElementType.F32, [1, 10, 4]),
            Tensor("TFLite_Detection_PostProcess:1", ElementType.F32, [1, 10]),
            Tensor("Result", ElementType.S64, [1, 10]),
            Tensor("StatefulPartitionedCall:3", ElementType.S16, [1], 0.5f),
        ],
        images: [new ImageInputDescription(0, [], [], 0, 0)]);

    /// <summary>Compiled for two sets of input shapes.</summary>
    public static ModelSignature ShapeSets { get; } = Encoder(128) with { Alternatives = [Encoder(256)] };

    private static ModelSignature Encoder(int length) => Model(
        "encoder",
        [Tensor("ids", ElementType.S64, [1, length]), Tensor("kind", ElementType.S32, [1])],
        [Tensor("hidden", ElementType.F32, [1, length, 4])]);

    /// <summary>A detector whose outputs are as long as there are boxes.</summary>
    public static ModelSignature Detector { get; } = Model(
        "detector",
        [Tensor("x", ElementType.F32, [1, 3, 12, 12])],
        [Tensor("boxes", ElementType.F32, [8, 4]) with { VaryingAxis = 0 }, Tensor("labels", ElementType.S64, [8]) with { VaryingAxis = 0 }]);

    /// <summary>A model whose texts would like to be code.</summary>
    public static ModelSignature Hostile { get; } = Model(
        "evil</summary>\u2028public class Evil { }",
        [Tensor("class", ElementType.U8, [2]), Tensor("*/\r\nint x;", ElementType.U8, [2])],
        [Tensor("ToString", ElementType.U8, [2]), Tensor("3d box", ElementType.F16, [2]), Tensor("", ElementType.F64, [2])],
        description: "one\ntwo\u0085three <b>\u202Ereversed");
}
