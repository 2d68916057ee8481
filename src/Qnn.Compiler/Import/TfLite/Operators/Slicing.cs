using System.Numerics;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>SLICE, STRIDED_SLICE, DYNAMIC_UPDATE_SLICE, SPLIT, SPLIT_V, UNPACK.</summary>
internal static class Slicing
{
    [TfLiteOperator(BuiltinOperator.SLICE)]
    public static void Slice(TfLiteNode node)
    {
        var data = node.Input(0);
        var shape = data.Type.Shape;
        int[] size = node.ConstantInts(2, "the size", shape.Rank);
        if (!node.Input(1).IsConstant)
        {
            if (size.Any(s => s < 0)) throw node.Unsupported("the begin is computed at run time, and the size follows from it");
            node.EmitResult(new Ir.Operators.Reshape(new Shape(size)), DynamicSlices.Read(node, data, node.Input(1), new Shape(size), clamps: false));
            return;
        }
        int[] begin = node.ConstantInts(1, "the begin", shape.Rank);
        for (int axis = 0; axis < size.Length; axis++)
        {
            if (size[axis] == -1) size[axis] = shape[axis] - begin[axis];
            if (begin[axis] < 0 || size[axis] < 0 || (long)begin[axis] + size[axis] > shape[axis]) throw node.Malformed($"takes {size[axis]} elements from {begin[axis]} on axis {axis} of {shape}");
        }
        node.EmitResult(Ir.Operators.StridedSlice.Contiguous(begin, new Shape(size)), data);
    }

    /// <summary>The update's elements over the operand's, from a place that is moved so that the update fits.</summary>
    [TfLiteOperator(BuiltinOperator.DYNAMIC_UPDATE_SLICE)]
    public static void DynamicUpdateSlice(TfLiteNode node)
    {
        var (data, update) = (node.Input(0), node.Input(1));
        if (!node.Input(2).IsConstant)
        {
            var (op, operands) = DynamicSlices.Write(node, data, update, node.Input(2));
            node.EmitResult(op, operands);
            return;
        }
        Shape shape = data.Type.Shape, part = update.Type.Shape;
        int[] begin = node.ConstantInts(2, "the begin", shape.Rank);
        if (part.Rank != shape.Rank) throw node.Malformed($"puts {part} into {shape}");
        var after = new int[begin.Length];
        for (int axis = 0; axis < begin.Length; axis++)
        {
            if (part[axis] > shape[axis]) throw node.Malformed($"puts {part} into {shape}");
            begin[axis] = Math.Clamp(begin[axis], 0, shape[axis] - part[axis]);
            after[axis] = shape[axis] - part[axis] - begin[axis];
        }
        var inside = Ir.Tensor.Of<bool>(part, [.. Enumerable.Repeat(true, part.ElementCount)]);
        Ir.Operator pad = new Ir.Operators.Pad(new Ints(begin), new Ints(after), 0);
        node.EmitResult(new Ir.Operators.Select(), node.Emit(pad, node.AddConstant("inside", inside)), node.Move(pad, update), data);
    }

    /// <summary>NumPy's indexing: the masks say which entries of begin and end do not count, which stand for a new axis, for all axes left (...), or for one index whose axis goes.</summary>
    [TfLiteOperator(BuiltinOperator.STRIDED_SLICE)]
    public static void StridedSlice(TfLiteNode node)
    {
        var data = node.Input(0);
        var shape = data.Type.Shape;
        if (!node.Input(1).IsConstant)
        {
            Indexed(node);
            return;
        }
        int[] begin = node.ConstantInts(1, "the begin");
        int[] end = node.ConstantInts(2, "the end", begin.Length), strides = node.ConstantInts(3, "the strides", begin.Length);
        if (begin.Length > 31) throw node.Malformed($"has {begin.Length} entries");
        var options = node.Options<StridedSliceOptions>();
        uint all = (1u << begin.Length) - 1;
        uint ellipsis = (uint)options.EllipsisMask & all;
        if (BitOperations.PopCount(ellipsis) > 1) throw node.Malformed("has more than one ellipsis");
        uint newAxes = (uint)options.NewAxisMask & all & ~ellipsis;
        int taken = begin.Length - BitOperations.PopCount(ellipsis | newAxes);
        if (taken > shape.Rank) throw node.Malformed($"has {taken} indices for {shape}");

        var first = new int[shape.Rank];
        var steps = new int[shape.Rank];
        var extents = new int[shape.Rank];
        var result = new List<int>();
        int axis = 0;
        void TakeAll()
        {
            (first[axis], steps[axis], extents[axis]) = (0, 1, shape[axis]);
            result.Add(shape[axis++]);
        }
        for (int i = 0; i < begin.Length; i++)
        {
            uint bit = 1u << i;
            if ((ellipsis & bit) != 0)
            {
                for (int rest = shape.Rank - taken; rest > 0; rest--) TakeAll();
                continue;
            }
            if ((newAxes & bit) != 0)
            {
                result.Add(1);
                continue;
            }
            int extent = shape[axis], stride = strides[i];
            if (stride == 0) throw node.Malformed("has a stride of 0");
            bool shrink = ((uint)options.ShrinkAxisMask & bit) != 0;
            long start = ((uint)options.BeginMask & bit) != 0 ? (stride > 0 ? 0 : extent - 1) : Clamped(begin[i], extent, stride);
            long stop = ((uint)options.EndMask & bit) != 0 ? (stride > 0 ? extent : -1)
                : options.Offset ? Math.Clamp(start + end[i], -1, extent)
                : Clamped(end[i], extent, stride);
            if (shrink)
            {
                if (start < 0 || start >= extent) throw node.Malformed($"takes index {begin[i]} of axis {axis} of {shape}");
                (first[axis], steps[axis], extents[axis]) = ((int)start, 1, 1);
            }
            else
            {
                long length = stride > 0 ? (stop - start + stride - 1) / stride : (start - stop - stride - 1) / -(long)stride;
                (first[axis], steps[axis], extents[axis]) = ((int)start, stride, (int)Math.Max(0, length));
                result.Add(extents[axis]);
            }
            axis++;
        }
        while (axis < shape.Rank) TakeAll();

        var slice = new Ir.Operators.StridedSlice(new Ints(first), new Ints(steps), new Shape(extents));
        if (result.SequenceEqual(extents)) node.EmitResult(slice, data);
        else node.EmitResult(new Ir.Operators.Reshape(new Shape([.. result])), node.Move(slice, data));
    }

    // One index of some axes, computed at run time, and all of the others: x[i, :, j].
    private static void Indexed(TfLiteNode node)
    {
        var (data, begin, options) = (node.Input(0), node.Input(1), node.Options<StridedSliceOptions>());
        var shape = data.Type.Shape;
        int count = begin.Type.Shape.ElementCount;
        uint all = count < 32 ? (1u << count) - 1 : uint.MaxValue, single = (uint)options.ShrinkAxisMask & all, whole = (uint)(options.BeginMask & options.EndMask) & all;
        bool plain = (options.EllipsisMask & all) == 0 && (options.NewAxisMask & all) == 0 && node.ConstantInts(3, "the strides", count).All(stride => stride == 1);
        if (count > shape.Rank || !plain || (single | whole) != all) throw node.Unsupported("its begin is computed at run time, and it takes more than one index of an axis");
        int[] extents = [.. shape.Select((extent, axis) => (single >> axis & 1) != 0 ? 1 : extent)];
        long[] taken = [.. shape.Select((_, axis) => (long)(single >> axis & 1))];
        Value Numbers(string name, long[] values) => node.AddConstant(name, begin.Type.Element == ElementType.S64 ? Ir.Tensor.Of<long>(new Shape(values.Length), values) : Ir.Tensor.Of<int>(new Shape(values.Length), [.. values.Select(v => (int)v)]));
        // Indices below 0 count from the end; axes that are taken as a whole begin at 0.
        var indices = node.Reshape(begin, count);
        if (count < shape.Rank) indices = node.Emit(new Ir.Operators.Pad(new Ints(0), new Ints(shape.Rank - count)), indices);
        indices = node.Emit(new Ir.Operators.Binary(BinaryKind.Multiply), indices, Numbers("taken", taken));
        var negative = node.Emit(new Ir.Operators.Compare(CompareKind.Less), indices, Numbers("zeros", new long[shape.Rank]));
        var fromEnd = node.Emit(new Ir.Operators.Binary(BinaryKind.Add), indices, Numbers("extents", [.. shape.Select(e => (long)e)]));
        indices = node.Emit(new Ir.Operators.Select(), negative, fromEnd, indices);
        var part = DynamicSlices.Read(node, data, indices, new Shape(extents), clamps: false);
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. extents.Where((_, axis) => taken[axis] == 0)])), part);
    }

    [TfLiteOperator(BuiltinOperator.SPLIT)]
    public static void Split(TfLiteNode node)
    {
        var data = node.Input(1);
        int axis = node.Axis(node.ConstantScalar(0, "the axis"), data.Type.Shape.Rank);
        int parts = node.OutputCount, extent = data.Type.Shape[axis];
        if (parts == 0 || extent % parts != 0) throw node.Malformed($"cannot split axis {axis} of {data.Type.Shape} in {parts}");
        var sizes = new int[parts];
        Array.Fill(sizes, extent / parts);
        EmitParts(node, data, axis, sizes);
    }

    [TfLiteOperator(BuiltinOperator.SPLIT_V)]
    public static void SplitV(TfLiteNode node)
    {
        var data = node.Input(0);
        int[] sizes = node.ConstantInts(1, "the sizes", node.OutputCount);
        int axis = node.Axis(node.ConstantScalar(2, "the axis"), data.Type.Shape.Rank);
        int extent = data.Type.Shape[axis], open = Array.IndexOf(sizes, -1);
        if (open >= 0) sizes[open] = (int)Math.Clamp(extent - sizes.Where((_, i) => i != open).Sum(s => (long)s), 0, extent);
        if (sizes.Any(s => s < 0) || sizes.Sum(s => (long)s) != extent) throw node.Malformed($"cannot split axis {axis} of {data.Type.Shape} in {string.Join(" + ", sizes)}");
        EmitParts(node, data, axis, sizes);
    }

    [TfLiteOperator(BuiltinOperator.UNPACK)]
    public static void Unpack(TfLiteNode node)
    {
        var data = node.Input(0);
        var shape = data.Type.Shape;
        int axis = node.Axis(node.Options<UnpackOptions>().Axis, shape.Rank);
        if (node.OutputCount != shape[axis]) throw node.Malformed($"unpacks axis {axis} of {shape} to {node.OutputCount} outputs");
        var part = new Shape([.. shape.Where((_, i) => i != axis)]);
        for (int i = 0; i < node.OutputCount; i++)
        {
            node.EmitResultAt(i, new Ir.Operators.Reshape(part), node.Move(Ir.Operators.StridedSlice.OfAxis(shape, axis, i, 1), data));
        }
    }

    private static void EmitParts(TfLiteNode node, Value data, int axis, int[] sizes)
    {
        int begin = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            node.EmitResultAt(i, Ir.Operators.StridedSlice.OfAxis(data.Type.Shape, axis, begin, sizes[i]), data);
            begin += sizes[i];
        }
    }

    // Forward slices stop anywhere in [0, extent], backward ones in [-1, extent - 1].
    private static long Clamped(long index, int extent, int stride)
    {
        if (index < 0) index += extent;
        return stride > 0 ? Math.Clamp(index, 0, extent) : Math.Clamp(index, -1, Math.Max(extent - 1, -1));
    }
}
