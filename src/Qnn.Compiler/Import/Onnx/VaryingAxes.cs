using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// Axes whose extents are known at run time only (<see cref="Varying"/>), for the operators that make, move and end them. Numbers of shapes that are computed at run time are int64 scalars of the graph,
/// and what they can be at most follows from how they are computed. One that a file computes twice in one way is one scalar here, so that tensors are known to be of one length.
/// </summary>
internal sealed class VaryingAxes(GraphBuilder builder)
{
    // More entries than that are no tensor.
    private const double MostEntries = 1 << 28;

    private readonly Dictionary<string, Value> _numbers = [];
    private readonly Dictionary<Value, int> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, (Value Places, Value Count)> _nonZeros = new(ReferenceEqualityComparer.Instance);

    /// <summary>The only axis of a value that varies, or null.</summary>
    /// <exception cref="VaryingException">There are several.</exception>
    public Varying? Of(Value value) => AllOf(value) switch
    {
        [] => null,
        [var one] => one,
        _ => throw new VaryingException($"several axes of {value} have extents that are known at run time only"),
    };

    /// <summary>The axes of a value that vary, in their order.</summary>
    public IReadOnlyList<Varying> AllOf(Value value) => builder.VaryingOf(value);

    /// <summary>How many entries an axis has.</summary>
    public Extent ExtentOf(Value value, int axis) => new(value.Type.Shape[axis], AllOf(value).FirstOrDefault(v => v.Axis == axis)?.Count);

    /// <summary>A value of which an axis varies, besides others that do. A count that is known cuts it.</summary>
    public Value Vary(OnnxNode node, Value value, int axis, Extent count)
    {
        if (count.Count is { IsConstant: false })
        {
            // What is computed of constants alone folds: it is made a value of a node.
            if (value.IsConstant) value = node.EmitQuantized(new Select(), value.Type.Quantization, node.Emit(new Compare(CompareKind.GreaterEqual), count.Count, OnnxNode.Scalar(0L)), value, value);
            var others = AllOf(value).Where(v => v.Axis != axis);
            value = node.Reshape(Plain(node, value), value.Type.Shape.Span);
            builder.Vary(value, others.Append(new Varying(axis, count.Count)));
            return value;
        }
        int known = count.Count is { } constant ? (int)Math.Min(constant.Constant!.ToInt64()[0], value.Type.Shape[axis]) : count.Bound;
        return known == value.Type.Shape[axis] ? value : First(node, value, axis, known);
    }

    /// <summary>A value whose extents are taken as they are: its bounds are its extents.</summary>
    public Value Plain(OnnxNode node, Value value) => AllOf(value).Count == 0 ? value : Moved(node, value, value.Type.Shape.Span, []);

    /// <summary>A value whose extent of one axis is taken as it is; others may vary.</summary>
    public Value Plain(OnnxNode node, Value value, int axis) =>
        AllOf(value).Any(v => v.Axis == axis) ? Moved(node, value, value.Type.Shape.Span, AllOf(value).Where(v => v.Axis != axis)) : value;

    /// <summary>A value under a shape in which axes that vary stand elsewhere.</summary>
    public Value Moved(OnnxNode node, Value value, ReadOnlySpan<int> extents, IEnumerable<Varying> varying)
    {
        Varying[] own = [.. AllOf(value)], moved = [.. varying];
        // The reshape itself does not say where they go.
        builder.Vary(value);
        var result = node.Reshape(value, extents);
        builder.Vary(value, own);
        builder.Vary(result, moved);
        return result;
    }

    /// <summary>The first entries of an axis, which are all there.</summary>
    public Value First(OnnxNode node, Value value, int axis, int count)
    {
        var plain = Plain(node, value, axis);
        if (plain.Type.Shape[axis] == count) return plain;
        if (count == 0) return Value.Of(node.Proto.Output[0], new Tensor(value.Type with { Shape = With(value.Type.Shape, axis, 0) }));
        return node.Move(StridedSlice.OfAxis(plain.Type.Shape, axis, 0, count), plain);
    }

    /// <summary>A value, with the entries that are not there replaced, so that its bounds can be taken for its extents.</summary>
    public Value Filled(OnnxNode node, Value value, Value filling)
    {
        var filled = Plain(node, value);
        foreach (var varying in AllOf(value))
        {
            var there = node.Emit(new Compare(CompareKind.Less), OnnxNode.Iota(filled.Type.Shape.Rank, varying.Axis, filled.Type.Shape[varying.Axis]), varying.Count);
            filled = node.EmitQuantized(new Select(), value.Type.Quantization, there, filled, filling);
        }
        return filled;
    }

    /// <summary>A number of a type that is none of those that a value has, for <see cref="Filled"/>.</summary>
    public static Value Number(ElementType type, double number) => type switch
    {
        ElementType.F32 => OnnxNode.Scalar((float)number),
        ElementType.S64 => OnnxNode.Scalar(double.IsInfinity(number) ? number > 0 ? long.MaxValue : long.MinValue : (long)number),
        ElementType.S32 => OnnxNode.Scalar(double.IsInfinity(number) ? number > 0 ? int.MaxValue : int.MinValue : (int)number),
        ElementType.S16 => OnnxNode.Scalar((short)Math.Clamp(number, short.MinValue, short.MaxValue)),
        ElementType.S8 => OnnxNode.Scalar((sbyte)Math.Clamp(number, sbyte.MinValue, sbyte.MaxValue)),
        ElementType.U8 => OnnxNode.Scalar((byte)Math.Clamp(number, byte.MinValue, byte.MaxValue)),
        ElementType.Bool => OnnxNode.Scalar(number != 0),
        _ => throw new VaryingException($"{type.Name()} has no number for entries that are not there"),
    };

    /// <summary>Where elements are not 0, and how many: the same of the same data.</summary>
    public (Value Places, Value Count) NonZero(OnnxNode node, Value value)
    {
        if (_nonZeros.TryGetValue(value, out var known)) return known;
        var results = node.EmitAll(new NonZero(), Filled(node, value, Value.Of("zero", new Tensor(new TensorType(value.Type.Element, Shape.Scalar)))));
        return _nonZeros[value] = (results[0], results[1]);
    }

    /// <summary>The numbers of a shape, or of places in one.</summary>
    public Extent[] Numbers(OnnxNode node, int operand, string what)
    {
        var value = node.Input(operand);
        if (value.IsConstant) return [.. node.ConstantInts(operand, what).Select(n => new Extent(n, null))];
        if (value.Type.Shape.Rank > 1 || value.Type.Element is not (ElementType.S64 or ElementType.S32) || Of(value) is not null) throw node.Unsupported($"its {what} is computed at run time; it must be constant");
        return [.. Enumerable.Range(0, value.Type.Shape.ElementCount).Select(i => Number(node, value, i))];
    }

    // One of a vector: by what made it, where it was put together.
    private Extent Number(OnnxNode node, Value vector, int index)
    {
        var (at, place) = (vector, index);
        while (builder.Producer(at) is { } producer)
        {
            if (producer is { Operator: Concat { Axis: 0 } } && at.Type.Shape.Rank == 1)
            {
                int part = 0;
                while (place >= producer.Inputs[part]!.Type.Shape.ElementCount) place -= producer.Inputs[part++]!.Type.Shape.ElementCount;
                at = producer.Inputs[part]!;
            }
            else if (producer.Operator is Reshape || producer.Operator is Cast && producer.Inputs[0]!.Type.Element is ElementType.S64 or ElementType.S32 && at.Type.Element == ElementType.S64) at = producer.Inputs[0]!;
            else if (producer.Operator is StridedSlice { Shape.Rank: 1 } slice) (at, place) = (producer.Inputs[0]!, slice.Begin[0] + place * slice.Strides[0]);
            else if (producer is { Operator: Gather { Axis: 0, BatchDims: 0 } } && producer.Inputs[0]!.Type.Shape.Rank == 1 && producer.Inputs[1] is { IsConstant: true } indices && indices.Constant!.ToInt64()[place] is var index0 && index0 >= 0 && index0 < producer.Inputs[0]!.Type.Shape[0]) (at, place) = (producer.Inputs[0]!, (int)index0);
            else if (producer.Operator is Binary { Kind: BinaryKind.Maximum or BinaryKind.Minimum } limit && Winner(producer, limit.Kind) is { } winner && winner.Type.Shape.ElementCount == at.Type.Shape.ElementCount) at = winner;
            else if (producer.Operator is Select && builder.BoundsOf(producer.Inputs[0]!)?[place] is { } flag && flag.Low == flag.High && producer.Inputs[flag.Low != 0 ? 1 : 2] is { } chosen && chosen.Type.Shape.ElementCount == at.Type.Shape.ElementCount) at = chosen;
            else break;
        }
        if (at.IsConstant && at.Constant!.ToInt64()[place] is var number) return new Extent((int)Math.Clamp(number, int.MinValue, int.MaxValue), null);
        var bounds = builder.BoundsOf(at)?[place];
        if (bounds is { } b && b.Low == b.High && Math.Abs(b.Low) < int.MaxValue) return new Extent((int)b.Low, null);
        return new Extent(bounds is { } known && known.High < int.MaxValue ? (int)known.High : int.MaxValue, Scalar(node, at, place));
    }

    // The operand that is always the greater, or the lesser, one.
    private Value? Winner(Node limit, BinaryKind kind)
    {
        if (builder.BoundsOf(limit.Inputs[0]!) is not { } a || builder.BoundsOf(limit.Inputs[1]!) is not { } b) return null;
        if (a.Hull.Low >= b.Hull.High) return limit.Inputs[kind == BinaryKind.Maximum ? 0 : 1];
        return b.Hull.Low >= a.Hull.High ? limit.Inputs[kind == BinaryKind.Maximum ? 1 : 0] : null;
    }

    /// <summary>The least that a number can be.</summary>
    public double Least(Extent number) => number.Count is { } count ? builder.BoundsOf(count)?[0].Low ?? double.NegativeInfinity : number.Bound;

    // An element as an int64 scalar.
    private Value Scalar(OnnxNode node, Value vector, int place) => Once($"element {Id(vector)} {place}", () =>
    {
        var element = vector.Type.Shape.ElementCount == 1 ? vector : node.Emit(StridedSlice.OfAxis(vector.Type.Shape, 0, place, 1), vector);
        if (element.Type.Shape.Rank != 0) element = node.Reshape(element, []);
        return element.Type.Element == ElementType.S64 ? element : node.Emit(new Cast(ElementType.S64), element);
    });

    /// <summary>A number as a value.</summary>
    public static Value ValueOf(Extent number) => number.Count ?? OnnxNode.Scalar((long)number.Bound);

    /// <summary>A function of two numbers: computed here where both are known, and once for all where not.</summary>
    public Extent Of(OnnxNode node, BinaryKind kind, Extent a, Extent b)
    {
        if (kind == BinaryKind.Add && b is { Count: null, Bound: 0 } || kind == BinaryKind.Multiply && b is { Count: null, Bound: 1 } || kind == BinaryKind.Subtract && b is { Count: null, Bound: 0 }) return a;
        if (kind == BinaryKind.Add && a is { Count: null, Bound: 0 }) return b;
        // What is missing to a number, added to what is there.
        if (kind == BinaryKind.Add && (Missing(node, b, a) ?? Missing(node, a, b)) is { } whole) return whole;
        var value = Once($"{kind} {Key(a)} {Key(b)}", () => node.Emit(new Binary(kind), ValueOf(a), ValueOf(b)));
        return AsExtent(value);
    }

    // Of a number n - part, n.
    private Extent? Missing(OnnxNode node, Extent difference, Extent part)
    {
        if (difference.Count is not { } value || part.IsKnown) return null;
        while (builder.Producer(value) is { Operator: Ir.Operators.Reshape or Cast } producer && producer.Inputs[0]!.Type.Element is ElementType.S64) value = producer.Inputs[0]!;
        return builder.Producer(value) is { Operator: Binary { Kind: BinaryKind.Subtract } } subtraction && subtraction.Inputs.All(i => i!.Type.Shape.ElementCount == 1) && Number(node, subtraction.Inputs[1]!, 0).Count == part.Count
            ? Number(node, subtraction.Inputs[0]!, 0)
            : null;
    }

    /// <summary>One of two numbers.</summary>
    public Extent Choose(OnnxNode node, Value condition, Extent a, Extent b) => Equals(a, b) ? a : AsExtent(Once($"choose {Id(condition)} {Key(a)} {Key(b)}", () => node.Emit(new Select(), node.Reshape(condition, []), ValueOf(a), ValueOf(b))));

    private Extent AsExtent(Value value)
    {
        if (value.IsConstant) return new Extent((int)Math.Clamp(value.Constant!.ToInt64()[0], int.MinValue, int.MaxValue), null);
        var bounds = builder.BoundsOf(value)?[0];
        return bounds is { } b && b.Low == b.High ? new Extent((int)b.Low, null) : new Extent(bounds is { High: < int.MaxValue } known ? (int)known.High : int.MaxValue, value);
    }

    /// <summary>The sum of numbers.</summary>
    public Extent Sum(OnnxNode node, IEnumerable<Extent> numbers)
    {
        Extent[] all = [.. numbers];
        if (_wholes.TryGetValue(string.Join(' ', all.Select(Key)), out int whole)) return new Extent(whole, null);
        return all.Aggregate(new Extent(0, null), (sum, n) => Of(node, BinaryKind.Add, sum, n));
    }

    private readonly Dictionary<string, int> _wholes = [];

    /// <summary>Remembers that numbers add up to a known one.</summary>
    public void AddUp(IEnumerable<Extent> numbers, int whole) => _wholes[string.Join(' ', numbers.Select(Key))] = whole;

    /// <summary>An extent to make a tensor of: its bound must be known, and one that memory has room for.</summary>
    public Extent Extent(OnnxNode node, Extent number, string what) => number.Count is not null && number.Bound > MostEntries
        ? throw node.Unsupported($"its {what} is computed at run time, and nothing bounds it; it must be constant")
        : number.Bound < 0 ? number with { Bound = 0 } : number;

    private Value Once(string key, Func<Value> make) => _numbers.TryGetValue(key, out var known) ? known : _numbers[key] = make();

    private string Key(Extent number) => number.Count is { } count ? $"%{Id(count)}" : number.Bound.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private int Id(Value value) => _ids.TryGetValue(value, out int id) ? id : _ids[value] = _ids.Count;

    /// <summary>Entries of an axis from a place on, as many as there can be.</summary>
    public Value From(OnnxNode node, Value value, int axis, Extent start, int most)
    {
        var plain = Plain(node, value, axis);
        if (start.IsKnown && start.Bound >= 0 && start.Bound + (long)most <= plain.Type.Shape[axis]) return most == plain.Type.Shape[axis] ? plain : node.Move(StridedSlice.OfAxis(plain.Type.Shape, axis, start.Bound, most), plain);
        var places = node.Emit(new Binary(BinaryKind.Add), OnnxNode.Iota(1, 0, most), ValueOf(start));
        return node.EmitQuantized(new Gather(axis), value.Type.Quantization, plain, places);
    }

    /// <summary>
    /// The elements under another shape, of which one extent may be open (null). Where an axis varies, one that it is part of is open; without an open one the elements fill the shape.
    /// </summary>
    public Value Reshape(OnnxNode node, Value value, int?[] wish)
    {
        var shape = value.Type.Shape;
        if (wish.Count(e => e is null) > 1) throw node.Unsupported("its shape is computed at run time; it must be constant");
        int open = Array.IndexOf(wish, null);
        int others = wish.Aggregate(1, (n, e) => checked(n * (e ?? 1)));
        Exception Unfit() => node.Malformed($"does not fit {shape} into {string.Join('x', wish.Select(e => e?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"))}");
        if (AllOf(value) is [var row, var column] && column.Axis == row.Axis + 1) return Reshape(node, Flattened(node, value, row, column), wish);
        if (Of(value) is not { } varying)
        {
            if (open >= 0 && (others == 0 || shape.ElementCount % others != 0)) throw Unfit();
            return node.Reshape(value, [.. wish.Select(e => e ?? shape.ElementCount / others)]);
        }
        int before = shape.Take(varying.Axis).Aggregate(1, (n, e) => n * e), entry = shape.Skip(varying.Axis + 1).Aggregate(before, (n, e) => n * e);
        if (open >= 0 && others == entry && wish.Take(open).Aggregate(1, (n, e) => n * e!.Value) == before)
        {
            return Moved(node, value, [.. wish.Select(e => e ?? shape[varying.Axis])], [varying with { Axis = open }]);
        }
        // The elements that are there, one behind the other.
        var flat = node.Reshape(before == 1 ? Plain(node, value) : node.EmitQuantized(new PackCounted(varying.Axis), value.Type.Quantization, value, varying.Count), shape.ElementCount);
        if (open < 0) return others > shape.ElementCount ? throw Unfit() : node.Reshape(First(node, flat, 0, others), [.. wish.Select(e => e!.Value)]);
        if (others == 0 || wish.Take(open).Any(e => e != 1)) throw new VaryingException("it puts an axis in front of one whose extent is known at run time only");
        int most = (shape.ElementCount + others - 1) / others;
        if (most * others > shape.ElementCount) flat = node.Move(new Pad(new Ints(0), new Ints(most * others - shape.ElementCount)), flat);
        var count = Of(node, BinaryKind.Multiply, new Extent(shape[varying.Axis], varying.Count), new Extent(entry, null));
        if (others != 1) count = Of(node, BinaryKind.Divide, count, new Extent(others, null));
        return Vary(node, node.Reshape(flat, [.. wish.Select(e => e ?? most)]), open, count);
    }

    // Two axes behind each other that both vary as one: what is there, row behind row.
    private Value Flattened(OnnxNode node, Value value, Varying row, Varying column)
    {
        var shape = value.Type.Shape;
        int width = shape[column.Axis], most = shape[row.Axis] * width;
        var flat = node.Reshape(Plain(node, value), [.. shape.Span[..row.Axis], most, .. shape.Span[(column.Axis + 1)..]]);
        var index = OnnxNode.Iota(1, 0, most);
        Value Op(BinaryKind kind, Value a, Value b) => node.Emit(new Binary(kind), a, b);
        var extent = Op(BinaryKind.Maximum, column.Count, OnnxNode.Scalar(1L));
        var places = Op(BinaryKind.Add, Op(BinaryKind.Multiply, Op(BinaryKind.Divide, index, extent), OnnxNode.Scalar((long)width)), Op(BinaryKind.FloorModulo, index, extent));
        var count = Of(node, BinaryKind.Multiply, new Extent(shape[row.Axis], row.Count), new Extent(width, column.Count)) with { Bound = most };
        return Vary(node, node.EmitQuantized(new Gather(row.Axis), value.Type.Quantization, flat, places), row.Axis, count);
    }

    /// <summary>
    /// Brings operands that broadcast to one length along each axis that varies. Those that ONNX Runtime takes have one length, or 1: where that is not known, what has 1 entry is repeated when the model runs.
    /// </summary>
    public void Align(OnnxNode node)
    {
        var operands = Enumerable.Range(0, node.InputCount).Select(node.OptionalInput);
        int[] backs = [.. operands.Where(o => o is not null).SelectMany(o => AllOf(o!).Select(v => v.Axis - o!.Type.Shape.Rank)).Distinct()];
        foreach (int back in backs) AlignAxis(node, back);
    }

    // The axis is counted from the last one on.
    private void AlignAxis(OnnxNode node, int back)
    {
        Value?[] operands = [.. Enumerable.Range(0, node.InputCount).Select(node.OptionalInput)];
        // Those that have the axis, and more than one entry of it where that is known.
        int[] along = [.. Enumerable.Range(0, operands.Length).Where(i => operands[i] is { } o && o.Type.Shape.Rank + back >= 0 && (!ExtentOf(o, o.Type.Shape.Rank + back).IsKnown || o.Type.Shape[back] != 1))];
        Extent ExtentAt(int i) => ExtentOf(operands[i]!, operands[i]!.Type.Shape.Rank + back);
        Extent[] extents = [.. along.Select(ExtentAt)];
        if (extents.All(e => e.Count is not null && e.Count == extents[0].Count))
        {
            int least = extents.Min(e => e.Bound);
            foreach (int i in along.Where(i => ExtentAt(i).Bound > least)) node.Align(i, Vary(node, First(node, operands[i]!, operands[i]!.Type.Shape.Rank + back, least), operands[i]!.Type.Shape.Rank + back, extents[0]));
            return;
        }
        int known = Array.FindIndex(extents, e => e.IsKnown);
        int bound = known >= 0 ? extents[known].Bound : extents.Max(e => e.Bound);
        var result = known >= 0 ? extents[known] : extents.Aggregate((a, b) => Choose(node, IsOne(node, a), b, a));
        foreach (int i in along)
        {
            int axis = operands[i]!.Type.Shape.Rank + back;
            if (ExtentAt(i).IsKnown) continue;
            var places = node.Emit(new Select(), IsOne(node, ExtentAt(i)), OnnxNode.Scalar(0L), OnnxNode.Iota(1, 0, bound));
            node.Align(i, Vary(node, node.EmitQuantized(new Gather(axis), operands[i]!.Type.Quantization, Plain(node, operands[i]!, axis), places), axis, result with { Bound = bound }));
        }
    }

    /// <summary>Values of one length along an axis, as they are known to be: of the length that is known of one, or of one bound.</summary>
    public Value[] OfOneLength(OnnxNode node, Value[] values, int axis)
    {
        Extent[] extents = [.. values.Select(v => ExtentOf(v, axis))];
        int known = Array.FindIndex(extents, e => e.IsKnown), bound = known >= 0 ? extents[known].Bound : extents.Min(e => e.Bound);
        return [.. values.Zip(extents, (value, extent) => extent.IsKnown ? value : Brought(value, extent))];

        Value Brought(Value value, Extent extent)
        {
            int missing = bound - extent.Bound;
            var plain = missing > 0 ? Plain(node, value, axis) : First(node, value, axis, bound);
            if (missing > 0) plain = node.Move(new Pad(After(0), After(missing)), plain);
            return known >= 0 ? plain : Vary(node, plain, axis, extents[0]);
        }

        Ints After(int count) => new([.. Enumerable.Range(0, values[0].Type.Shape.Rank).Select(a => a == axis ? count : 0)]);
    }

    private Value IsOne(OnnxNode node, Extent extent) => Once($"one {Key(extent)}", () => node.Emit(new Compare(CompareKind.Equal), ValueOf(extent), OnnxNode.Scalar(1L)));

    /// <summary>A shape with another extent of one axis.</summary>
    public static Shape With(Shape shape, int axis, int extent)
    {
        int[] extents = shape.ToArray();
        extents[axis] = extent;
        return new Shape(extents);
    }
}
