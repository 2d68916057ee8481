using System.Collections.Immutable;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>A tensor of a subgraph.</summary>
internal sealed class TfLiteTensor
{
    private const int MaxRank = 8;

    internal TfLiteTensor(TfLiteSubgraph subgraph, int index, Schema.Tensor source)
    {
        (Subgraph, Index) = (subgraph, index);
        var budget = subgraph.File.Budget;
        Name = TfLiteText.DecodeName(source.GetNameBytes(), budget);
        if (Name.Length == 0) Name = $"tensor_{index}";
        Type = source.Type;
        if (!Enum.IsDefined(Type)) throw TfLiteFault.Inconsistent($"{this} has the unknown element type {(int)Type}.");
        budget.Charge((long)source.ShapeLength + source.ShapeSignatureLength);
        (Shape, ShapeSignature) = ReadShape(source);
        ElementCount = CountElements();
        IsVariable = source.IsVariable;
        Sparsity = source.Sparsity;
        if (source.ExternalBuffer != 0) throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{this} has its data in another file, which is not supported.");
        Data = subgraph.File.Buffer(source.Buffer, $"tensor {index} of subgraph {subgraph.Index}");
        CheckData();
        if (source.Quantization is { } quantization)
        {
            QuantizationDetails = quantization.DetailsType;
            if (QuantizationDetails == Schema.QuantizationDetails.BlockwiseQuantization && quantization.Details<Schema.BlockwiseQuantization>() is { } blocks) Blocks = (blocks.Scales, blocks.ZeroPoints, blocks.BlockSize);
            if (QuantizationDetails == Schema.QuantizationDetails.NONE) Quantization = TfLiteQuantization.Read(this, quantization, budget);
        }
    }

    /// <summary>The subgraph.</summary>
    public TfLiteSubgraph Subgraph { get; }

    /// <summary>Its place in the subgraph.</summary>
    public int Index { get; }

    /// <summary>Its name; <c>tensor_7</c> where the file gives none. Need not be unique.</summary>
    public string Name { get; }

    /// <summary>Its type in the file.</summary>
    public Schema.TensorType Type { get; }

    /// <summary>The type of elements as the IR knows it; those of less than a byte widened to one. Null for strings and other things that are not numbers here.</summary>
    public ElementType? Element => TfLiteTypes.Element(Type);

    /// <summary>The extents; at most 8, none negative, their product an int. For a tensor that an operator makes, what the converter knew: not always right.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The extents with -1 where they are open; as many as <see cref="Shape"/>, in which open ones are mostly 1.</summary>
    public ImmutableArray<int> ShapeSignature { get; }

    /// <summary>Whether an extent is open.</summary>
    public bool IsOpen => ShapeSignature.Contains(-1);

    /// <summary>The product of the extents.</summary>
    public int ElementCount { get; }

    /// <summary>Its quantization; null where it has none, or one of the kind that <see cref="QuantizationDetails"/> says.</summary>
    public TfLiteQuantization? Quantization { get; }

    /// <summary>A quantization of another kind: block by block, along several axes, custom. Mostly none.</summary>
    public Schema.QuantizationDetails QuantizationDetails { get; }

    /// <summary>The tensors of its blocks' scales and zero points, and the elements of a block; null where it is quantized in another way.</summary>
    internal (int Scales, int ZeroPoints, int BlockSize)? Blocks { get; }

    /// <summary>Whether its contents are in the file.</summary>
    public bool IsConstant => !IsInput && !IsVariable && Producer is null && (!Data.IsEmpty || ElementCount == 0);

    /// <summary>Whether it keeps its contents from one call to the next, as an LSTM's state. <see cref="Data"/> is what it begins with, or empty for zeros.</summary>
    public bool IsVariable { get; }

    /// <summary>Whether it is an input of the subgraph.</summary>
    public bool IsInput { get; internal set; }

    /// <summary>The operator that makes it; null for inputs, constants and variables.</summary>
    public TfLiteOperator? Producer { get; internal set; }

    /// <summary>Its bytes in the file: little-endian, row-major, as many as the shape takes (two to eight elements a byte for 4- and 2-bit types; see <see cref="ReadElements"/>). Other counts only for strings and sparse tensors.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>How a sparse tensor's bytes are laid out; null for a dense one.</summary>
    public Schema.SparsityParameters? Sparsity { get; }

    /// <summary>Whether it has contents before any operator has run.</summary>
    internal bool IsGiven => IsInput || IsVariable || IsConstant;

    /// <summary>The type in the IR's terms, with the quantization where the elements are integers. Null where <see cref="Element"/> is.</summary>
    public TensorType? IrType => Element is { } element ? new TensorType(element, new Shape(Shape.AsSpan()), IrQuantization) : null;

    /// <summary>The quantization in the IR's terms; null where there is none or the elements are no integers.</summary>
    public Quantization? IrQuantization =>
        Quantization is { } q && Element is not (null or ElementType.F16 or ElementType.F32 or ElementType.F64 or ElementType.Bool) ? new(q.Scales, q.ZeroPoints, q.Axis) : null;

    /// <summary>A dense constant's bytes with elements of <see cref="Element"/>'s size: 4- and 2-bit ones widened, all others as they are in the file.</summary>
    public ReadOnlyMemory<byte> ReadElements() => TfLiteTypes.BitSize(Type) is 2 or 4 && !Data.IsEmpty ? TfLiteTypes.Widen(Type, Data.Span, ElementCount) : Data;

    /// <summary><c>tensor 5 'MobilenetV2/Conv/weights'</c></summary>
    public override string ToString() => Subgraph.Index == 0 ? $"tensor {Index} '{Name}'" : $"tensor {Index} '{Name}' of subgraph {Subgraph.Index}";

    private (ImmutableArray<int>, ImmutableArray<int>) ReadShape(Schema.Tensor source)
    {
        int[] shape = source.GetShapeArray() ?? [];
        int[] signature = source.GetShapeSignatureArray() is { Length: > 0 } open ? open : [.. shape];
        if (shape.Length > MaxRank) throw TfLiteFault.TooLarge($"{this} has {shape.Length} axes; at most {MaxRank} are supported.");
        if (signature.Length != shape.Length) throw TfLiteFault.Inconsistent($"{this} has {shape.Length} axes, but {signature.Length} in its shape signature.");
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] < -1 || signature[i] < -1) throw TfLiteFault.Inconsistent($"{this} has a negative extent: [{string.Join(", ", shape)}].");
            if (shape[i] == -1) (shape[i], signature[i]) = (1, -1);
        }
        return ([.. shape], [.. signature]);
    }

    private int CountElements()
    {
        long count = 1;
        foreach (int extent in Shape)
        {
            count *= extent;
            if (count > int.MaxValue) throw TfLiteFault.TooLarge($"{this} has more than 2^31 elements: [{string.Join(", ", Shape)}].");
        }
        return (int)count;
    }

    private void CheckData()
    {
        if (Data.IsEmpty) return;
        Subgraph.File.Budget.ChargeConstant(Data.Length);
        if (IsVariable || Sparsity is not null || TfLiteTypes.BitSize(Type) is not (> 0 and var bits)) return;
        long bytes = ((long)ElementCount * bits + 7) / 8;
        if (bytes != Data.Length) throw TfLiteFault.Inconsistent($"{this} of type {Type} and shape [{string.Join(", ", Shape)}] takes {bytes} bytes, but its buffer has {Data.Length}.");
    }
}
