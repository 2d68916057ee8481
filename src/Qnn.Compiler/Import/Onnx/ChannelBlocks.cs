using Qnn.Compiler.Import.Onnx.Operators;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// Which images ONNX Runtime keeps by blocks of sixteen channels, as on CPUs with AVX-512, and the float convolutions that they come from: <c>NchwcTransformer</c>.
/// Operators add in another order there, and sums join the convolution before them.
/// </summary>
internal sealed class ChannelBlocks(OnnxImporter importer)
{
    /// <summary>Channels of a block.</summary>
    public const int Size = 16;

    // Functions that a convolution applies itself, and those that take images in blocks anyway.
    private static readonly HashSet<string> s_fused = ["Relu", "Sigmoid", "Tanh", "LeakyRelu", "Clip", "HardSigmoid", "HardSwish"], s_plain = ["Relu", "Sigmoid", "Tanh", "HardSigmoid", "HardSwish", "Gelu"];

    private readonly HashSet<Value> _blocked = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, FloatConvolution> _convolutions = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether an image is kept so.</summary>
    public bool IsBlocked(Value image) => _blocked.Contains(image);

    /// <summary>Whether an image's channels fill blocks.</summary>
    public static bool Fills(Shape image) => image.Rank == 4 && image[1] % Size == 0;

    /// <summary>Remembers that a convolution made a value, and whether another image has joined it.</summary>
    public void Remember(Value result, FloatConvolution convolution, bool isJoined = false)
    {
        if (convolution.IsBlocked) _blocked.Add(result);
        if (!isJoined) _convolutions[result] = convolution;
    }

    /// <summary>Remembers that an image is kept so.</summary>
    public void Keep(Value image) => _blocked.Add(image);

    /// <summary>The convolution that makes an operand for a node alone; null where there is none.</summary>
    public FloatConvolution? For(OnnxNode node, int operand) =>
        importer.Uses(node.Proto.Input[operand]) == 1 && node.OptionalInput(operand) is { } value ? _convolutions.GetValueOrDefault(value) : null;

    /// <summary>Says whether the result of a node that has been imported is kept so.</summary>
    public void Follow(OnnxNode node)
    {
        if (importer.KnownValue(node.Proto.Output.FirstOrDefault() ?? "") is { } result && IsKept(node)) _blocked.Add(result);
    }

    private bool IsKept(OnnxNode node)
    {
        if (node.InputCount == 0 || node.Proto.Input[0].Length == 0) return false;
        if (node.Proto.Domain.Length > 0) return node.Proto.OpType is "Gelu" or "QuickGelu" && IsBlocked(node.Input(0));
        switch (node.Proto.OpType)
        {
            case var name when s_fused.Contains(name) || s_plain.Contains(name):
                return IsBlocked(node.Input(0)) && (s_plain.Contains(name) || For(node, 0) is not null && !node.Proto.Input.Any(importer.Halves.IsCast));
            case "Add" or "Sum" or "Mul":
                return AreBlocked(node) && Operands(node).All(v => v.Type.Shape.Equals(node.Input(0).Type.Shape))
                    || node.Proto.OpType == "Mul" && Operands(node).Any(IsBlocked) && Operands(node).Any(v => Channels(v, Operands(node).First(IsBlocked)) is not null);
            case "Concat":
                return node.Int("axis", 0) == 1 && AreBlocked(node) && Operands(node).All(v => Fills(v.Type.Shape));
            case "MaxPool" or "AveragePool":
                return IsImage(node) && Fills(node.Input(0).Type.Shape) && node.Proto.Output.Count == 1;
            case "GlobalAveragePool" or "GlobalMaxPool":
                return IsImage(node) && PoolsBlocks(node);
            case "BatchNormalization":
                return IsBlocked(node.Input(0));
            case "Resize" or "Upsample":
                return IsBlocked(node.Input(0)) && Resizing.IsByWholeFactors(node);
            default:
                return false;
        }
    }

    /// <summary>Whether a pool of whole images takes blocks: of images that are kept so, or that the graph takes.</summary>
    public bool PoolsBlocks(OnnxNode node) => Fills(node.Input(0).Type.Shape) && (IsBlocked(node.Input(0)) || importer.IsInput(node.Proto.Input[0]));

    /// <summary>A constant with one number for each channel of an image, or one for all; null where a value is none.</summary>
    public static float[]? Channels(Value value, Value image)
    {
        if (value is not { IsConstant: true, Type.Element: ElementType.F32 } || image.Type.Shape.Rank < 3) return null;
        var shape = value.Type.Shape;
        int channels = image.Type.Shape[1], axis = 1 - (image.Type.Shape.Rank - shape.Rank);
        return axis is 0 or 1 && shape[axis] == channels && shape.ElementCount == channels ? value.Constant!.Span<float>().ToArray() : null;
    }

    private static bool IsImage(OnnxNode node) => node.Input(0).Type is { Element: ElementType.F32, Quantization: null, Shape.Rank: 4 };

    private static IEnumerable<Value> Operands(OnnxNode node) => Enumerable.Range(0, node.InputCount).Select(node.Input);

    private bool AreBlocked(OnnxNode node) => Operands(node).All(IsBlocked);
}
