using System.Runtime.InteropServices;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Archive;

/// <summary>A storage: raw elements, of which tensors are views.</summary>
internal sealed record TorchStorage(ElementType Element, byte[] Bytes, int Bits);

/// <summary>Builds tensors from the storages in a folder of the archive. Every tensor is a row-major copy; what strides said of the order in memory is kept beside it.</summary>
internal sealed class TorchStorages(TorchArchive archive, string folder)
{
    // Views may share a storage or repeat elements; what they add up to is bounded by the file's own size.
    private long _budget = 64 * archive.ByteLength + (1 << 20);
    private readonly HashSet<Value> _trained = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, long[]> _strides = new(ReferenceEqualityComparer.Instance);
    private int _count;

    /// <summary>The strides of tensors that do not lie row by row.</summary>
    public IReadOnlyDictionary<Value, long[]> Strides => _strides;

    /// <summary>Tensors that are marked as to be trained (requires_grad).</summary>
    public IReadOnlySet<Value> Trained => _trained;

    /// <summary>The storage that a persistent id names: ('storage', type, key, device, count).</summary>
    public TorchStorage Find(object? id, PickleReader reader)
    {
        if (id is not object?[] { Length: >= 5 } parts || parts is not ["storage", TorchGlobal type, string key, _, long count, ..]) throw reader.Fault("names a storage in a form that is not known");
        var (element, bits) = type.Name switch
        {
            "torch.FloatStorage" => (ElementType.F32, 32),
            "torch.DoubleStorage" => (ElementType.F64, 64),
            "torch.HalfStorage" => (ElementType.F16, 16),
            "torch.LongStorage" => (ElementType.S64, 64),
            "torch.IntStorage" => (ElementType.S32, 32),
            "torch.ShortStorage" => (ElementType.S16, 16),
            "torch.CharStorage" or "torch.QInt8Storage" => (ElementType.S8, 8),
            "torch.ByteStorage" or "torch.QUInt8Storage" => (ElementType.U8, 8),
            "torch.QInt32Storage" => (ElementType.S32, 32),
            "torch.QUInt4x2Storage" => (ElementType.U8, 4),
            "torch.BoolStorage" => (ElementType.Bool, 8),
            _ => throw TorchFault.Unsupported($"Storage '{key}' is a {type.Name}, which is not supported."),
        };
        byte[] bytes = archive.Read($"{folder}/{key}");
        long needed = count < 0 ? -1 : bits == 4 ? (count + 1) / 2 : count * element.Size();
        if (needed < 0 || bits != 4 && needed > bytes.Length) throw TorchFault.Damaged($"Storage '{folder}/{key}' has {bytes.Length} bytes; {count} elements are announced.");
        if (archive.IsBigEndian && element.Size() > 1)
        {
            bytes = [.. bytes];
            for (int i = 0; i + element.Size() <= bytes.Length; i += element.Size()) bytes.AsSpan(i, element.Size()).Reverse();
        }
        return new TorchStorage(element, bytes, bits);
    }

    /// <summary>_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, ...)</summary>
    public Value Rebuild(object?[] arguments, PickleReader reader)
    {
        var value = Value.Of(NextName(), Elements(arguments, reader, null));
        if (arguments.ElementAtOrDefault(4) is true) _trained.Add(value);
        NoteStrides(value, [.. ((object?[])arguments[3]!).Select(s => (long)s!)]);
        return value;
    }

    // Gaps between the elements are closed.
    private void NoteStrides(Value value, long[] strides)
    {
        var shape = value.Type.Shape;
        int[] axes = [.. Enumerable.Range(0, shape.Rank)], wide = [.. axes.Where(a => shape[a] > 1).OrderBy(a => strides[a])];
        long[] closed = [.. strides];
        long dense = 1;
        foreach (int axis in wide)
        {
            closed[axis] = dense;
            dense *= shape[axis];
        }
        // An axis of one element has gaps, too, where others have.
        if (wide.Any(a => closed[a] != strides[a]) && wide.Reverse().SequenceEqual(wide.Order())) return;
        dense = 1;
        bool isRowMajor = true;
        for (int a = shape.Rank - 1; a >= 0; dense *= shape[a--]) isRowMajor &= closed[a] == dense;
        if (!isRowMajor) _strides.Add(value, closed);
    }

    /// <summary>_rebuild_qtensor(storage, offset, size, stride, quantizer, ...)</summary>
    public object RebuildQuantized(object?[] arguments, PickleReader reader)
    {
        if (arguments.Length < 5 || arguments[4] is not object?[] { Length: > 0 } quantizer || quantizer[0] is not TorchGlobal scheme) throw reader.Fault("has a quantized tensor without a quantizer");
        switch (scheme.Name)
        {
            case "torch.per_tensor_affine" when quantizer is [_, double scale, long zeroPoint]:
                return Value.Of(NextName(), Elements(arguments, reader, Quantizations.PerTensor(scale, zeroPoint)));
            case "torch.per_channel_affine" when quantizer is [_, Value scales, Value zeroPoints, long axis]:
                return Value.Of(NextName(), Elements(arguments, reader, Quantizations.PerChannel(scales, zeroPoints, axis)));
            case "torch.per_channel_affine_float_qparams" when quantizer is [_, Value scales, Value zeroPoints, long]:
                var storage = arguments[0] as TorchStorage;
                return new FloatQuantized(Elements(arguments, reader, null), Quantizations.Floats(scales), Quantizations.Floats(zeroPoints), storage?.Bits ?? 8);
            default:
                throw reader.Fault($"has a quantizer {scheme.Name} in a form that is not known");
        }
    }

    private string NextName() => $"{folder}.{_count++}";

    private Tensor Elements(object?[] arguments, PickleReader reader, Quantization? quantization)
    {
        if (arguments is not [TorchStorage storage, long offset, object?[] size, object?[] stride, ..] || size.Length != stride.Length) throw reader.Fault("has a tensor in a form that is not known");
        var strides = new long[size.Length];
        var extents = new int[size.Length];
        for (int i = 0; i < size.Length; i++)
        {
            if (size[i] is not long extent || stride[i] is not long step || extent is < 0 or > int.MaxValue) throw reader.Fault("has a tensor without extents");
            (extents[i], strides[i]) = ((int)extent, step);
        }
        // A byte holds two 4-bit elements; rows are whole bytes.
        if (storage.Bits == 4 && extents.Length > 0)
        {
            extents[^1] = (extents[^1] + 1) / 2;
            for (int i = 0; i < strides.Length - 1; i++) strides[i] = (strides[i] + 1) / 2;
            offset /= 2;
        }
        Shape shape;
        try
        {
            shape = new Shape(extents);
        }
        catch (ArgumentException fault)
        {
            throw TorchFault.Inconsistent($"A tensor of the archive: {fault.Message}");
        }
        if (quantization is { IsPerChannel: true } && (quantization.Axis >= shape.Rank || shape[quantization.Axis] != quantization.Scales.Length)) throw TorchFault.Inconsistent($"A tensor {shape} of the archive has {quantization.Scales.Length} scales along axis {quantization.Axis}.");
        int bytesEach = storage.Element.Size();
        _budget -= (long)shape.ElementCount * bytesEach;
        if (_budget < 0) throw TorchFault.TooLarge("The archive's tensors are views that add up to much more than the file.");
        if (shape.ElementCount > 0)
        {
            Int128 low = offset, high = offset;
            for (int i = 0; i < extents.Length; i++)
            {
                Int128 reach = (Int128)(extents[i] - 1) * strides[i];
                if (reach < 0) low += reach;
                else high += reach;
            }
            if (low < 0 || high >= storage.Bytes.Length / bytesEach) throw TorchFault.Damaged($"A tensor {shape} of the archive reaches beyond its storage.");
        }
        byte[] result = new byte[(long)shape.ElementCount * bytesEach];
        Copy(storage.Bytes, result, extents, strides, offset, bytesEach);
        return new Tensor(new TensorType(storage.Element, shape, quantization), result);
    }

    private static void Copy(byte[] from, byte[] to, int[] extents, long[] strides, long offset, int bytesEach)
    {
        var index = new int[extents.Length];
        for (int at = 0; at < to.Length; at += bytesEach)
        {
            from.AsSpan((int)(offset * bytesEach), bytesEach).CopyTo(to.AsSpan(at));
            for (int axis = extents.Length - 1; axis >= 0; axis--)
            {
                offset += strides[axis];
                if (++index[axis] < extents[axis]) break;
                offset -= strides[axis] * extents[axis];
                index[axis] = 0;
            }
        }
    }
}

/// <summary>Scales and zero points as the IR has them.</summary>
internal static class Quantizations
{
    public static Quantization PerTensor(double scale, long zeroPoint)
    {
        Check(scale, zeroPoint);
        return new Quantization((float)scale, (int)zeroPoint) { WideScale = scale };
    }

    /// <summary>A tensor's scale as PyTorch keeps it, in double precision.</summary>
    public static double Scale(Value value) => value.Type.Quantization?.WideScale ?? value.Type.Scale;

    public static Quantization PerChannel(Value scales, Value zeroPoints, long axis)
    {
        float[] numbers = Floats(scales), offsets = Floats(zeroPoints);
        if (numbers.Length == 0 || numbers.Length != offsets.Length || axis is < 0 or > 7) throw TorchFault.Inconsistent($"A tensor has {numbers.Length} scales and {offsets.Length} zero points along axis {axis}.");
        for (int i = 0; i < numbers.Length; i++) Check(numbers[i], (long)offsets[i]);
        return new Quantization([.. numbers], [.. offsets.Select(z => (int)z)], (int)axis);
    }

    /// <summary>A constant's elements as floats.</summary>
    public static float[] Floats(Value value)
    {
        if (value.Constant is not { } tensor) throw TorchFault.Unsupported($"'{value.Name}' is computed at run time; it must be a constant.");
        return tensor.Type.Element switch
        {
            ElementType.F32 => tensor.Span<float>().ToArray(),
            ElementType.F64 => [.. tensor.Span<double>().ToArray().Select(d => (float)d)],
            ElementType.F16 => [.. tensor.Span<Half>().ToArray().Select(h => (float)h)],
            _ => [.. tensor.ToInt64().Select(i => (float)i)],
        };
    }

    private static void Check(double scale, long zeroPoint)
    {
        if (!((float)scale > 0) || !float.IsFinite((float)scale) || zeroPoint is < -1 << 20 or > 1 << 20) throw TorchFault.Inconsistent($"A quantization has scale {scale} and zero point {zeroPoint}.");
    }
}
