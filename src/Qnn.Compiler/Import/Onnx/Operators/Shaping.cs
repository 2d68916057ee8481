using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Operators that move elements. Those that only move quantized ones do so without making them real.</summary>
internal static class Shaping
{
    /// <summary>A tensor, or numbers.</summary>
    [OnnxOperator("Constant")]
    public static void Constant(OnnxNode node)
    {
        string name = node.Proto.Output[0];
        if (node.Attribute("value")?.T is { } tensor) node.Result(Value.Of(name, OnnxTensors.Read(tensor, null)));
        else if (node.Attribute("value_float") is { } f) node.Result(Value.Of(name, Tensor.Scalar(f.F)));
        else if (node.Attribute("value_int") is { } i) node.Result(Value.Of(name, Tensor.Scalar(i.I)));
        else if (node.Attribute("value_floats") is { } fs) node.Result(Value.Of(name, Tensor.Of<float>(new Shape(fs.Floats.Count), [.. fs.Floats])));
        else if (node.Attribute("value_ints") is { } ints) node.Result(Value.Of(name, Tensor.Of<long>(new Shape(ints.Ints.Count), [.. ints.Ints])));
        else throw node.Unsupported("it is no tensor of numbers");
    }

    /// <summary>One number, everywhere.</summary>
    [OnnxOperator("ConstantOfShape")]
    public static void ConstantOfShape(OnnxNode node)
    {
        var element = node.Attribute("value")?.T is { } tensor ? Value.Of("value", OnnxTensors.Read(tensor, null)) : OnnxNode.Scalar(0f);
        Extent[] extents = [.. node.Varying.Numbers(node, 0, "shape").Select(e => node.Varying.Extent(node, e, "shape"))];
        var y = node.Emit(new BroadcastTo(new Shape([.. extents.Select(e => e.Bound)])), node.Reshape(element, []));
        for (int axis = 0; axis < extents.Length; axis++) if (!extents[axis].IsKnown) y = node.Varying.Vary(node, y, axis, extents[axis]);
        node.Result(y);
    }

    /// <summary>The extents, known when the model is compiled.</summary>
    [OnnxOperator("Shape", Varying = VaryingOperands.Taken)]
    public static void ShapeOf(OnnxNode node)
    {
        var shape = node.Input(0).Type.Shape;
        int start = Math.Clamp(Count(node.Int("start", 0)), 0, shape.Rank), end = Math.Clamp(Count(node.Int("end", shape.Rank)), start, shape.Rank);
        Value Known(int from, int to) => Value.Of(node.Proto.Output[0], Tensor.Of<long>(new Shape(to - from), [.. shape.ToArray()[from..to].Select(e => (long)e)]));
        var parts = new List<Value>();
        int next = start;
        foreach (var varying in node.Varying.AllOf(node.Input(0)).Where(v => v.Axis >= start && v.Axis < end))
        {
            parts.Add(Known(next, varying.Axis));
            parts.Add(node.Reshape(varying.Count, 1));
            next = varying.Axis + 1;
        }
        if (next < end || parts.Count == 0) parts.Add(Known(next, end));
        Value[] filled = parts.Count == 1 ? [.. parts] : [.. parts.Where(part => part.Type.Shape.ElementCount > 0)];
        node.Result(filled.Length == 1 ? filled[0] : node.Emit(new Concat(0), filled));
        int Count(int axis) => axis < 0 ? axis + shape.Rank : axis;
    }

    /// <summary>The number of elements.</summary>
    [OnnxOperator("Size", Varying = VaryingOperands.Taken)]
    public static void Size(OnnxNode node)
    {
        var x = node.Input(0);
        node.Result(node.Varying.Of(x) is { } varying
            ? VaryingAxes.ValueOf(node.Varying.Of(node, BinaryKind.Multiply, node.Varying.ExtentOf(x, varying.Axis), new Extent(VaryingAxes.With(x.Type.Shape, varying.Axis, 1).ElementCount, null)))
            : Value.Of(node.Proto.Output[0], Tensor.Scalar((long)x.Type.Shape.ElementCount)));
    }

    /// <summary>0 takes an extent over (unless allowzero), -1 is what is left.</summary>
    [OnnxOperator("Reshape", Varying = VaryingOperands.Taken)]
    public static void Reshape(OnnxNode node) => Moved(node, x =>
    {
        if (node.Ints("shape") is null && (!node.Input(1).IsConstant || node.Varies(x))) return Reshaped(node, x);
        int[] wish = node.Ints("shape") ?? node.ConstantInts(1, "shape");
        var extents = wish.Select((e, i) => e == 0 && node.Int("allowzero", 0) == 0 ? i < x.Type.Shape.Rank ? x.Type.Shape[i] : throw node.Malformed("takes over an extent that is not there") : e).ToArray();
        int open = Array.IndexOf(extents, -1);
        if (open >= 0)
        {
            int others = extents.Where((_, i) => i != open).Aggregate(1, (n, e) => checked(n * e));
            if (others == 0 || x.Type.Shape.ElementCount % others != 0) throw node.Malformed($"does not fit {x.Type.Shape} into {string.Join('x', wish)}");
            extents[open] = x.Type.Shape.ElementCount / others;
        }
        return node.Reshape(x, extents);
    });

    // To a shape that is computed at run time, or of data whose length is known then only.
    private static Value Reshaped(OnnxNode node, Value x)
    {
        var varying = node.Varying.AllOf(x) is [var one] ? one : null;
        var wish = node.Varying.Numbers(node, 1, "shape").Select((e, i) => (e.IsKnown && e.Bound == 0 && node.Int("allowzero", 0) == 0 ? node.Varying.ExtentOf(x, i) : e)).ToArray();
        // Of two that are open, the one that is the length of the data is known to take its place.
        bool open = wish.Any(e => e is { IsKnown: true, Bound: -1 });
        int own = open && varying is not null ? Array.FindIndex(wish, e => e.Count == varying.Count) : -1;
        if (own < 0) return node.Varying.Reshape(node, x, [.. wish.Select(e => e.IsKnown && e.Bound >= 0 ? e.Bound : (int?)null)]);
        int rest = Array.FindIndex(wish, e => e is { IsKnown: true, Bound: -1 }), others = wish.Where((e, i) => i != own && i != rest).Aggregate(1, (n, e) => checked(n * e.Bound));
        int inner = VaryingAxes.With(x.Type.Shape, varying!.Axis, 1).ElementCount;
        if (others == 0 || inner % others != 0) throw node.Malformed($"does not fit {x.Type.Shape}");
        return node.Varying.Reshape(node, x, [.. wish.Select((e, i) => i == own ? null : i == rest ? inner / others : e.IsKnown ? e.Bound : (int?)null)]);
    }

    /// <summary>Two axes: those before one, and the rest.</summary>
    [OnnxOperator("Flatten", Varying = VaryingOperands.Taken)]
    public static void Flatten(OnnxNode node) => Moved(node, x =>
    {
        int axis = node.Int("axis", 1);
        if (axis < 0) axis += x.Type.Shape.Rank;
        if (axis < 0 || axis > x.Type.Shape.Rank) throw node.Malformed($"has the axis {axis}");
        int rows = x.Type.Shape.Take(axis).Aggregate(1, (n, e) => n * e);
        if (node.Varying.Of(x) is { } varying) return node.Varying.Reshape(node, x, varying.Axis < axis ? [null, x.Type.Shape.Skip(axis).Aggregate(1, (n, e) => n * e)] : [rows, null]);
        return node.Reshape(x, rows, x.Type.Shape.Skip(axis).Aggregate(1, (n, e) => n * e));
    });

    /// <summary>Without axes of extent 1.</summary>
    [OnnxOperator("Squeeze", Varying = VaryingOperands.Taken)]
    public static void Squeeze(OnnxNode node) => Moved(node, x =>
    {
        var axes = node.Axes("axes", 1)?.Select(a => node.Axis(a, x.Type.Shape.Rank)).ToHashSet() ?? [.. Enumerable.Range(0, x.Type.Shape.Rank).Where(a => x.Type.Shape[a] == 1 && node.Varying.ExtentOf(x, a).IsKnown)];
        foreach (int axis in axes) if (!node.Varying.ExtentOf(x, axis).IsKnown) x = node.Varying.First(node, x, axis, 1);
        var varying = node.Varying.AllOf(x);
        return node.Varying.Moved(node, x, [.. x.Type.Shape.Where((_, axis) => !axes.Contains(axis))], varying.Select(v => v with { Axis = v.Axis - axes.Count(a => a < v.Axis) }));
    });

    /// <summary>With more axes of extent 1.</summary>
    [OnnxOperator("Unsqueeze", Varying = VaryingOperands.Taken)]
    public static void Unsqueeze(OnnxNode node) => Moved(node, x =>
    {
        int[] wish = node.Axes("axes", 1) ?? throw node.Malformed("has no axes");
        int rank = x.Type.Shape.Rank + wish.Length;
        var axes = wish.Select(a => node.Axis(a, rank)).ToHashSet();
        if (axes.Count != wish.Length) throw node.Malformed("names an axis twice");
        int next = 0;
        int[] own = [.. Enumerable.Range(0, rank).Where(a => !axes.Contains(a))];
        return node.Varying.Moved(node, x, [.. Enumerable.Range(0, rank).Select(a => axes.Contains(a) ? 1 : x.Type.Shape[next++])], node.Varying.AllOf(x).Select(v => v with { Axis = own[v.Axis] }));
    });

    /// <summary>One axis of length 1 more.</summary>
    [OnnxOperator("ExpandDims", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void ExpandDims(OnnxNode node) => Moved(node, x =>
    {
        int axis = node.Axis(node.ConstantInts(1, "axis")[0], x.Type.Shape.Rank + 1);
        return node.Varying.Moved(node, x, [.. x.Type.Shape.Span[..axis], 1, .. x.Type.Shape.Span[axis..]], node.Varying.AllOf(x).Select(v => v.Axis < axis ? v : v with { Axis = v.Axis + 1 }));
    });

    /// <summary>Axes in another order; reversed unless it is stated.</summary>
    [OnnxOperator("Transpose", Varying = VaryingOperands.Taken)]
    public static void Transpose(OnnxNode node) => Moved(node, x =>
        Channels.Permute(node.Importer.Builder, x, node.Ints("perm") ?? [.. Enumerable.Range(0, x.Type.Shape.Rank).Reverse()], node.Location));

    /// <summary>The operands one behind the other; between DequantizeLinear and QuantizeLinear a QLinearConcat.</summary>
    [OnnxOperator("Concat", Varying = VaryingOperands.Taken)]
    public static void Concat(OnnxNode node)
    {
        Value?[] quantized = [.. Enumerable.Range(0, node.InputCount).Select(node.Quantized)];
        if (quantized.All(q => q is { Type: { Element: ElementType.U8 or ElementType.S8, Quantization.IsPerChannel: false } }) && node.Importer.Following(node) is { } target && quantized.All(q => q!.Type.Element == target.Element) && node.AreOfOneType([.. quantized.Select(q => q!)], target))
        {
            node.Importer.Finish(target, Join(node, [.. quantized.Select(q => q!)], target.Quantization));
            return;
        }
        node.Result(Joined(node, node.Axis(node.Int("axis", 0), node.Input(0).Type.Shape.Rank), [.. Enumerable.Range(0, node.InputCount).Select(node.Input)]));
    }

    /// <summary>Operands one behind the other along an axis, which may vary in some: without the entries that are not there.</summary>
    public static Value Joined(OnnxNode node, int axis, Value[] parts, Ir.Quantization? quantization = null)
    {
        // Other axes are of one length: where one operand's is known, that of all is.
        foreach (int other in parts.SelectMany(part => node.Varying.AllOf(part)).Select(v => v.Axis).Where(a => a != axis).Distinct().ToArray()) parts = node.Varying.OfOneLength(node, parts, other);
        Extent[] extents = [.. parts.Select(part => node.Varying.ExtentOf(part, axis))];
        if (extents.All(e => e.IsKnown)) return node.EmitQuantized(new Concat(axis), quantization, parts);
        var y = node.EmitQuantized(new JoinCounted(axis), quantization, [.. parts.Select(part => node.Varying.Plain(node, part, axis)), .. extents.Select(e => e.Count)]);
        return node.Varying.Vary(node, y, axis, node.Varying.Sum(node, extents));
    }

    /// <summary>The result's scale and zero point, then each operand with its own.</summary>
    [OnnxOperator("QLinearConcat", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void QLinearConcat(OnnxNode node) =>
        node.Result(Join(node, [.. Enumerable.Range(0, (node.InputCount - 2) / 3).Select(i => node.WithScales(node.Input(2 + 3 * i), 3 + 3 * i, 4 + 3 * i))], node.Scales(0, 1)));

    private static Value Join(OnnxNode node, Value[] operands, Ir.Quantization y) =>
        Joined(node, node.Axis(node.Int("axis", 0), operands[0].Type.Shape.Rank), [.. operands.Select(o => node.Requantize(o, y))], y);

    /// <summary>Starts, ends, axes and steps, counted from the end where they are negative.</summary>
    [OnnxOperator("Slice", Varying = VaryingOperands.Taken)]
    public static void Slice(OnnxNode node) => Moved(node, x =>
    {
        var shape = x.Type.Shape;
        if (node.Varies(x) || node.Ints("starts") is null && !(node.Input(1).IsConstant && node.Input(2).IsConstant)) return Sliced(node, x);
        int[] starts = node.Ints("starts") ?? node.ConstantInts(1, "starts"), ends = node.Ints("ends") ?? node.ConstantInts(2, "ends");
        int[] axes = node.Axes("axes", 3) ?? [.. Enumerable.Range(0, starts.Length)];
        int[] steps = node.OptionalInput(4) is null ? [.. starts.Select(_ => 1)] : node.ConstantInts(4, "steps");
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length) throw node.Malformed("has starts, ends, axes and steps of different lengths");
        var (begin, stride, extents) = (new int[shape.Rank], Enumerable.Repeat(1, shape.Rank).ToArray(), shape.ToArray());
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = node.Axis(axes[i], shape.Rank), extent = shape[axis], step = steps[i];
            if (step == 0) throw node.Malformed("has the step 0");
            (begin[axis], extents[axis]) = Part(starts[i], ends[i], step, extent);
            stride[axis] = step;
        }
        if (extents.Contains(0)) return Value.Of(node.Proto.Output[0], new Tensor(x.Type with { Shape = new Shape(extents) }));
        return node.Move(new StridedSlice(new Ints(begin), new Ints(stride), new Shape(extents)), x);
    });

    // Between places that are computed at run time, or of data whose length is known then only.
    private static Value Sliced(OnnxNode node, Value x)
    {
        Extent[] Given(string name, int operand) => node.Ints(name) is { } stated ? [.. stated.Select(n => new Extent(n, null))] : node.Varying.Numbers(node, operand, name);
        Extent[] starts = Given("starts", 1), ends = Given("ends", 2);
        int[] axes = node.Axes("axes", 3) ?? [.. Enumerable.Range(0, starts.Length)];
        int[] steps = node.OptionalInput(4) is null ? [.. starts.Select(_ => 1)] : node.ConstantInts(4, "steps");
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length) throw node.Malformed("has starts, ends, axes and steps of different lengths");
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = node.Axis(axes[i], x.Type.Shape.Rank);
            var (extent, start, end) = (node.Varying.ExtentOf(x, axis), starts[i], ends[i]);
            if (start is { IsKnown: true, Bound: 0 } && end is { IsKnown: true, Bound: int.MaxValue } && steps[i] == 1) continue;
            if (extent.IsKnown && start.IsKnown && end.IsKnown && steps[i] != 0)
            {
                var (first, count) = Part(start.Bound, end.Bound, steps[i], extent.Bound);
                if (count == 0) return Value.Of(node.Proto.Output[0], new Tensor(x.Type with { Shape = VaryingAxes.With(x.Type.Shape, axis, 0) }));
                var (begin, stride) = (new int[x.Type.Shape.Rank], Enumerable.Repeat(1, x.Type.Shape.Rank).ToArray());
                (begin[axis], stride[axis]) = (first, steps[i]);
                x = node.Move(new StridedSlice(new Ints(begin), new Ints(stride), VaryingAxes.With(x.Type.Shape, axis, count)), x);
                continue;
            }
            if (steps[i] != 1) throw node.AnyLength();
            Extent Place(Extent number)
            {
                var v = node.Varying;
                if (!(v.Least(number) >= 0)) number = number.IsKnown ? v.Of(node, BinaryKind.Add, extent, number) : v.Choose(node, node.Emit(new Compare(CompareKind.Less), number.Count, OnnxNode.Scalar(0L)), v.Of(node, BinaryKind.Add, extent, number), number);
                if (!(v.Least(number) >= 0)) number = v.Of(node, BinaryKind.Maximum, number, new Extent(0, null));
                return number is { IsKnown: true, Bound: 0 } || number.Equals(extent) ? number : number is { IsKnown: true, Bound: int.MaxValue } ? extent : v.Of(node, BinaryKind.Minimum, extent, number);
            }
            var (from, to) = (Place(start), Place(end));
            var length = node.Varying.Of(node, BinaryKind.Subtract, to, from);
            if (!(node.Varying.Least(length) >= 0)) length = node.Varying.Of(node, BinaryKind.Maximum, length, new Extent(0, null));
            int most = Math.Max(0, Math.Min(Math.Min(length.Bound, to.Bound), x.Type.Shape[axis]));
            if (most == 0) return Value.Of(node.Proto.Output[0], new Tensor(x.Type with { Shape = VaryingAxes.With(x.Type.Shape, axis, 0) }));
            x = node.Varying.Vary(node, node.Varying.From(node, x, axis, from, most), axis, length);
        }
        return x;
    }

    // The first place of a slice along an axis, and how many it takes.
    private static (int First, int Count) Part(int from, int to, int step, int extent)
    {
        long start = from < 0 ? (long)from + extent : from, end = to < 0 ? (long)to + extent : to;
        (start, end) = step > 0 ? (Math.Clamp(start, 0, extent), Math.Clamp(end, 0, extent)) : (Math.Clamp(start, 0, extent - 1), Math.Clamp(end, -1, extent - 1));
        return ((int)start, (int)Math.Max(0, step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step));
    }

    /// <summary>Parts of an axis: stated, or equal but for the last.</summary>
    [OnnxOperator("Split", Varying = VaryingOperands.Taken)]
    public static void Split(OnnxNode node)
    {
        var x = node.Input(0);
        int axis = node.Axis(node.Int("axis", 0), x.Type.Shape.Rank), extent = x.Type.Shape[axis], outputs = node.Proto.Output.Count;
        if (!node.Varying.ExtentOf(x, axis).IsKnown || node.Ints("split") is null && node.OptionalInput(1) is { IsConstant: false })
        {
            SplitVarying(node, x, axis);
            return;
        }
        int part = (extent + outputs - 1) / Math.Max(outputs, 1);
        int[] parts = node.Axes("split", 1) ?? [.. Enumerable.Range(0, outputs).Select(i => Math.Clamp(extent - i * part, 0, part))];
        if (parts.Length != outputs || parts.Sum() != extent || parts.Any(p => p < 0)) throw node.Malformed($"splits {extent} into {string.Join(", ", parts)}");
        for (int i = 0, begin = 0; i < outputs; begin += parts[i++])
        {
            var slice = StridedSlice.OfAxis(x.Type.Shape, axis, begin, parts[i]);
            var real = node.Move(slice, x);
            if (node.Quantized(0) is { Type.Quantization.IsPerChannel: false } q) node.Importer.RememberQuantized(real, node.Move(slice, q));
            node.Result(real, i);
        }
    }

    // In parts whose lengths are computed at run time; together they are as long as the axis.
    private static void SplitVarying(OnnxNode node, Value x, int axis)
    {
        if (node.Ints("split") is null && node.OptionalInput(1) is null) throw node.AnyLength();
        Extent[] parts = node.Ints("split") is { } stated ? [.. stated.Select(n => new Extent(n, null))] : node.Varying.Numbers(node, 1, "split");
        if (parts.Length != node.Proto.Output.Count) throw node.Malformed($"splits into {parts.Length} parts");
        if (node.Varying.ExtentOf(x, axis).IsKnown) node.Varying.AddUp(parts, x.Type.Shape[axis]);
        var begin = new Extent(0, null);
        for (int i = 0; i < parts.Length; begin = node.Varying.Of(node, BinaryKind.Add, begin, parts[i++]))
        {
            int most = Math.Clamp(parts[i].Bound, 0, x.Type.Shape[axis]);
            if (most == 0) throw node.Unsupported("it has a part that is always empty");
            Value Of(Value data) => node.Varying.Vary(node, node.Varying.From(node, data, axis, begin, most), axis, parts[i] with { Bound = most });
            var real = Of(x);
            if (node.Quantized(0) is { Type.Quantization.IsPerChannel: false } q) node.Importer.RememberQuantized(real, Of(q));
            node.Result(real, i);
        }
    }

    /// <summary>Repeated along its axes.</summary>
    [OnnxOperator("Tile", Varying = VaryingOperands.Taken)]
    public static void Tile(OnnxNode node) => Moved(node, x => node.Move(new Tile(new Ints(node.ConstantInts(1, "repeats"))), x));

    /// <summary>Broadcast, in both directions, to a shape.</summary>
    [OnnxOperator("Expand", Varying = VaryingOperands.Taken)]
    public static void Expand(OnnxNode node) => Moved(node, x =>
    {
        if (!node.Input(1).IsConstant || node.Varies(x)) return Expanded(node, x);
        var wish = new Shape(node.ConstantInts(1, "shape"));
        return node.Move(new BroadcastTo(Shape.Broadcast(x.Type.Shape, wish) ?? throw node.Malformed($"does not broadcast {x.Type.Shape} to {wish}")), x);
    });

    // To a shape that is computed at run time, or data whose length is known then only.
    private static Value Expanded(OnnxNode node, Value x)
    {
        var wish = node.Varying.Numbers(node, 1, "shape");
        int rank = Math.Max(wish.Length, x.Type.Shape.Rank);
        var extents = new Extent[rank];
        for (int i = 1; i <= rank; i++)
        {
            var asked = i <= wish.Length ? wish[^i] : new Extent(1, null);
            var own = i <= x.Type.Shape.Rank ? node.Varying.ExtentOf(x, x.Type.Shape.Rank - i) : new Extent(1, null);
            // What is not 1 is as long as asked for; what could be 1 at run time must not be asked to be longer.
            if (!own.IsKnown && asked is not { IsKnown: true, Bound: 1 } && asked.Count != own.Count) throw node.AnyLength();
            extents[^i] = own is { IsKnown: true, Bound: 1 } ? node.Varying.Extent(node, asked, "shape") : own;
        }
        var y = node.Move(new BroadcastTo(new Shape([.. extents.Select(e => e.Bound)])), node.Varying.Plain(node, x));
        for (int axis = 0; axis < rank; axis++) if (!extents[axis].IsKnown) y = node.Varying.Vary(node, y, axis, extents[axis]);
        return y;
    }

    /// <summary>Surrounded by a number, the edge or a mirror image.</summary>
    [OnnxOperator("Pad", Varying = VaryingOperands.Taken)]
    [OnnxOperator("Pad", OnnxOperatorAttribute.Microsoft)]
    public static void Pad(OnnxNode node)
    {
        var x = node.Input(0);
        int[] pads = node.Ints("pads") ?? node.Ints("paddings") ?? node.ConstantInts(1, "pads");
        int rank = x.Type.Shape.Rank;
        var (before, after) = (new int[rank], new int[rank]);
        int[] axes = node.OptionalInput(3) is null ? [.. Enumerable.Range(0, rank)] : [.. node.ConstantInts(3, "axes").Select(a => node.Axis(a, rank))];
        if (pads.Length != 2 * axes.Length) throw node.Malformed($"has {pads.Length} paddings for {axes.Length} axes");
        for (int i = 0; i < axes.Length; i++) (before[axes[i]], after[axes[i]]) = (pads[i], pads[axes.Length + i]);
        if (pads.All(p => p == 0))
        {
            Elementwise.Identity(node);
            return;
        }
        string mode = node.Text("mode", "constant");
        Operator? crop = null;
        if (before.Concat(after).Any(p => p < 0))
        {
            // Negative padding takes away.
            int[] begin = [.. before.Select(b => Math.Max(0, -b))];
            crop = StridedSlice.Contiguous(begin, new Shape([.. x.Type.Shape.Select((e, a) => e - begin[a] - Math.Max(0, -after[a]))]));
            (before, after) = ([.. before.Select(b => Math.Max(0, b))], [.. after.Select(a => Math.Max(0, a))]);
        }
        double value = node.Attribute("value")?.F ?? (node.OptionalInput(2) is { Type.Shape.ElementCount: > 0 } ? Number(node.Constant(2, "value")) : 0);
        Operator? op = mode switch
        {
            "constant" => new Pad(new Ints(before), new Ints(after), value),
            "reflect" => new MirrorPad(new Ints(before), new Ints(after), true),
            "edge" or "wrap" => null,
            _ => throw node.Unsupported($"its mode is {mode}"),
        };
        if (op is null)
        {
            Moved(node, data => Edged(node, crop is null ? data : node.Move(crop, data), before, after, mode == "wrap"));
            return;
        }
        if (crop is null && node.Quantized(0) is { Type: { Element: ElementType.U8 or ElementType.S8, Quantization.IsPerChannel: false } } q && node.Importer.Following(node) is { } target && target.Element == q.Type.Element && Equals(target.Quantization, q.Type.Quantization))
        {
            int quantum = Math.Clamp((int)MathF.Round((float)value / target.Quantization.Scale, MidpointRounding.ToEven) + target.Quantization.ZeroPoint, target.Low, target.High);
            node.Importer.Finish(target, node.Move(op is Pad pad ? pad with { Value = quantum } : op, q));
            return;
        }
        node.Result(node.Move(op, crop is null ? x : node.Move(crop, x)));
    }

    // An index for each place along an axis: the nearest that is there, or that of the data begun again.
    private static Value Edged(OnnxNode node, Value x, int[] before, int[] after, bool wraps)
    {
        for (int axis = 0; axis < before.Length; axis++)
        {
            int extent = x.Type.Shape[axis];
            if (before[axis] + after[axis] == 0) continue;
            if (extent == 0) throw node.Malformed("repeats an edge that is not there");
            if ((long)before[axis] + extent + after[axis] > OnnxNode.MostIndices) throw node.Unsupported("it pads too far");
            long[] places = [.. Enumerable.Range(-before[axis], before[axis] + extent + after[axis]).Select(i => wraps ? ((i % extent) + extent) % extent : (long)Math.Clamp(i, 0, extent - 1))];
            x = node.EmitQuantized(new Gather(axis), x.Type.Quantization, x, Value.Of("places", Tensor.Of<long>(new Shape(places.Length), places)));
        }
        return x;
    }

    /// <summary>A range of numbers known when the model is compiled: start, limit, step.</summary>
    [OnnxOperator("Range")]
    [OnnxOperator("Range", OnnxOperatorAttribute.Microsoft)]
    public static void Range(OnnxNode node)
    {
        var element = node.Input(0).Type.Element;
        var by = node.OptionalInput(2) ?? node.Emit(new Cast(element), OnnxNode.Scalar(1L));
        if (!node.Input(1).IsConstant && node.Input(0).IsConstant && by.IsConstant && element is ElementType.S64 or ElementType.S32)
        {
            node.Result(VaryingRange(node, by));
            return;
        }
        double start = Number(node.Constant(0, "start")), step = Number(by.Constant ?? throw node.Unsupported("its step is computed at run time; it must be constant"));
        double count = Math.Max(0, Math.Ceiling((Number(node.Constant(1, "limit")) - start) / step));
        if (!(count <= int.MaxValue)) throw node.Malformed("has a range without end");
        var steps = node.Emit(new Cast(element), OnnxNode.Iota(1, 0, (int)count));
        node.Result(node.Emit(new Binary(BinaryKind.Add), node.Input(0), node.Emit(new Binary(BinaryKind.Multiply), steps, by)));
    }

    // Up to a limit that is computed at run time, by a step forward.
    private static Value VaryingRange(OnnxNode node, Value by)
    {
        var element = node.Input(0).Type.Element;
        int start = (int)Number(node.Constant(0, "start")), step = (int)Number(by.Constant!);
        if (step < 1) throw node.AnyLength();
        var v = node.Varying;
        var count = v.Of(node, BinaryKind.Subtract, node.Varying.Numbers(node, 1, "limit")[0], new Extent(start, null));
        if (step > 1) count = v.Of(node, BinaryKind.Divide, v.Of(node, BinaryKind.Add, count, new Extent(step - 1, null)), new Extent(step, null));
        if (!(v.Least(count) >= 0)) count = v.Of(node, BinaryKind.Maximum, count, new Extent(0, null));
        int most = v.Extent(node, count, "limit").Bound;
        var steps = node.Emit(new Cast(element), node.Emit(new Binary(BinaryKind.Multiply), OnnxNode.Iota(1, 0, most), OnnxNode.Scalar((long)step)));
        return v.Vary(node, node.Emit(new Binary(BinaryKind.Add), steps, node.Input(0)), 0, count);
    }

    /// <summary>Ones on a diagonal.</summary>
    [OnnxOperator("EyeLike")]
    public static void EyeLike(OnnxNode node)
    {
        var x = node.Input(0).Type;
        if (x.Shape.Rank != 2) throw node.Malformed($"has data {x}");
        var element = node.Attribute("dtype") is { } type ? OnnxTensors.TypeOf((int)type.I) ?? throw node.Unsupported("the type of its result is not supported") : x.Element;
        var place = node.Emit(new Binary(BinaryKind.Add), OnnxNode.Iota(2, 0, x.Shape[0]), OnnxNode.Scalar((long)node.Int("k", 0)));
        node.Result(node.Emit(new Cast(element), node.Emit(new Compare(CompareKind.Equal), place, OnnxNode.Iota(2, 1, x.Shape[1]))));
    }

    /// <summary>Blocks of channels to blocks of pixels.</summary>
    [OnnxOperator("DepthToSpace")]
    public static void DepthToSpace(OnnxNode node) => Moved(node, x =>
    {
        var s = x.Type.Shape;
        int block = node.Int("blocksize", 1);
        if (s.Rank != 4 || block < 1 || s[1] % (block * block) != 0) throw node.Malformed($"has data {s} and blocks of {block}");
        int c = s[1] / (block * block);
        bool rows = node.Text("mode", "DCR") == "CRD";
        var apart = rows ? node.Reshape(x, s[0], c, block, block, s[2], s[3]) : node.Reshape(x, s[0], block, block, c, s[2], s[3]);
        var moved = Channels.Permute(node.Importer.Builder, apart, rows ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2], node.Location);
        return node.Reshape(moved, s[0], c, s[2] * block, s[3] * block);
    });

    /// <summary>Blocks of pixels to blocks of channels.</summary>
    [OnnxOperator("SpaceToDepth")]
    public static void SpaceToDepth(OnnxNode node) => Moved(node, x =>
    {
        var s = x.Type.Shape;
        int block = node.Int("blocksize", 1);
        if (s.Rank != 4 || block < 1 || s[2] % block != 0 || s[3] % block != 0) throw node.Malformed($"has data {s} and blocks of {block}");
        var apart = node.Reshape(x, s[0], s[1], s[2] / block, block, s[3] / block, block);
        return node.Reshape(Channels.Permute(node.Importer.Builder, apart, [0, 3, 5, 1, 2, 4], node.Location), s[0], s[1] * block * block, s[2] / block, s[3] / block);
    });

    /// <summary>A number's double.</summary>
    public static double Number(Tensor tensor) => tensor.Type.Element switch
    {
        ElementType.F32 => tensor.Span<float>()[0],
        ElementType.F64 => tensor.Span<double>()[0],
        _ => tensor.ToInt64()[0],
    };

    // Moves elements as they are, and where they are quantized ones made real, those before.
    public static void Moved(OnnxNode node, Func<Value, Value> move)
    {
        var x = node.Input(0);
        if (node.Quantized(0) is { Type.Quantization.IsPerChannel: false } q)
        {
            var quantized = move(q);
            var real = node.Emit(new Dequantize(), quantized);
            node.Importer.RememberQuantized(real, quantized);
            node.Result(real);
            return;
        }
        node.Result(move(x));
    }
}
