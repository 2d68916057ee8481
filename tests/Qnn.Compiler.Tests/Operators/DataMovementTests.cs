using CsCheck;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Every operator that moves elements, against the definition, element by element, on random shapes and element sizes.</summary>
public sealed class DataMovementTests
{
    private static readonly Gen<(ElementType Element, int[] Shape)> s_data =
        Gen.Select(Gen.Int[0, 3].Select(i => new[] { ElementType.U8, ElementType.S16, ElementType.F32, ElementType.S64 }[i]), Gen.Int[1, 6].Array[1, 5]);

    [Fact]
    public void TransposeMovesAxes() => s_data.SelectMany(d => Gen.Shuffle(Enumerable.Range(0, d.Shape.Length).ToArray()).Select(p => (d, p))).Sample(t =>
    {
        var ((element, shape), permutation) = t;
        Check(new Transpose(new Ints(permutation)), element, shape, (data, index) => data(Scatter(permutation, index)));
    });

    [Fact]
    public void LargeTransposesUseTiles() =>
        Check(new Transpose(new Ints(0, 3, 1, 2)), ElementType.F32, [2, 17, 23, 37], (data, i) => data([i[0], i[2], i[3], i[1]]));

    [Fact]
    public void ThreePlanesBecomePixels() =>
        Check(new Transpose(new Ints(0, 2, 3, 1)), ElementType.U8, [2, 3, 9, 11], (data, i) => data([i[0], i[3], i[1], i[2]]));

    [Fact]
    public void SlicesTakeStridesOfEitherSign() => s_data.SelectMany(d => Gen.Select(Gen.Int[0, 100].Array[5], Gen.Int[-3, 3].Array[5]).Select(r => (d, r))).Sample(t =>
    {
        var ((element, shape), (random, steps)) = t;
        int rank = shape.Length;
        int[] begin = new int[rank], stride = new int[rank], extent = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            begin[axis] = random[axis] % shape[axis];
            stride[axis] = steps[axis] == 0 ? 1 : steps[axis];
            int room = stride[axis] > 0 ? (shape[axis] - 1 - begin[axis]) / stride[axis] : begin[axis] / -stride[axis];
            extent[axis] = 1 + random[axis] / 10 % (room + 1);
        }
        Check(new StridedSlice(new Ints(begin), new Ints(stride), new Shape(extent)), element, shape,
            (data, index) => data([.. index.Select((i, axis) => begin[axis] + i * stride[axis])]));
    });

    [Fact]
    public void TileAndReverseAndPadFollowTheirDefinitions() => s_data.SelectMany(d => Gen.Select(Gen.Int[1, 3].Array[5], Gen.Int[0, 2].Array[5]).Select(r => (d, r))).Sample(t =>
    {
        var ((element, shape), (some, few)) = t;
        int rank = shape.Length;
        int[] multiples = [.. some.Take(rank)];
        if (rank <= 4) Check(new Tile(new Ints(multiples)), element, shape, (data, index) => data([.. index.Select((i, axis) => i % shape[axis])]));

        int[] axes = [.. Enumerable.Range(0, rank).Where(axis => few[axis] > 0)];
        Check(new Reverse(new Ints(axes)), element, shape, (data, index) => data([.. index.Select((i, axis) => axes.Contains(axis) ? shape[axis] - 1 - i : i)]));

        int[] before = [.. few.Take(rank)], after = [.. some.Take(rank).Select(s => s - 1)];
        Check(new Pad(new Ints(before), new Ints(after), 7), element, shape, (data, index) =>
        {
            int[] source = [.. index.Select((i, axis) => i - before[axis])];
            return source.Where((i, axis) => i < 0 || i >= shape[axis]).Any() ? null : data(source);
        });

        foreach (bool reflect in (bool[])[false, true])
        {
            int[] margin = [.. shape.Select((e, axis) => Math.Min(few[axis], reflect ? e - 1 : e))];
            Check(new MirrorPad(new Ints(margin), new Ints(margin), reflect), element, shape, (data, index) => data([.. index.Select((i, axis) =>
            {
                int source = i - margin[axis];
                if (source < 0) return reflect ? -source : -source - 1;
                return source < shape[axis] ? source : shape[axis] - (reflect ? 2 : 1) - (source - shape[axis]);
            })]));
        }
    });

    [Fact]
    public void BroadcastRepeatsExtentsOfOne() => s_data.SelectMany(d => Gen.Bool.Array[5].Select(r => (d, r))).Sample(t =>
    {
        var ((element, shape), ones) = t;
        int[] narrow = [.. shape.Select((e, axis) => ones[axis] ? 1 : e)];
        Check(new BroadcastTo(new Shape([2, .. shape])), element, narrow, (data, index) => data([.. index.Skip(1).Select((i, axis) => ones[axis] ? 0 : i)]));
    });

    [Fact]
    public void ConcatJoins() => s_data.SelectMany(d => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3].Array[1, 4]).Select(r => (d, r))).Sample(t =>
    {
        var ((element, shape), (random, sizes)) = t;
        int axis = random % shape.Length;
        var parts = sizes.Select((size, i) => Numbered(element, new Shape([.. shape.Select((e, a) => a == axis ? size : e)]), i * 1000)).ToArray();
        var result = Run(new Concat(axis), parts);
        foreach (int[] index in Indices(result.Type.Shape))
        {
            int part = 0, at = index[axis];
            while (at >= parts[part].Type.Shape[axis]) at -= parts[part++].Type.Shape[axis];
            Assert.Equal(ElementAt(parts[part], [.. index.Select((v, a) => a == axis ? at : v)]), ElementAt(result, index));
        }
    });

    // The result's element at an index is the operand's that `source` names, or 7.
    private static void Check(Operator op, ElementType element, int[] shape, Func<Func<int[], byte[]>, int[], byte[]?> source)
    {
        var data = Numbered(element, new Shape(shape), 0);
        var result = Run(op, data);
        byte[] seven = Filled(element, 7);
        foreach (int[] index in Indices(result.Type.Shape)) Assert.Equal(source(i => ElementAt(data, i), index) ?? seven, ElementAt(result, index));
    }

    private static Tensor Run(Operator op, params Tensor[] inputs) =>
        Evaluator.Evaluate(op, inputs, op.InferTypes([.. inputs.Select(i => i.Type)]))[0];

    private static Tensor Numbered(ElementType element, Shape shape, int first)
    {
        var tensor = new Tensor(new TensorType(element, shape));
        int size = element.Size();
        var bytes = tensor.MutableSpan<byte>();
        for (int i = 0; i < shape.ElementCount; i++)
        {
            long number = unchecked((first + i) * (long)0x9E3779B97F4A7C15UL);
            for (int b = 0; b < size; b++) bytes[i * size + b] = (byte)(number >> (8 * b));
        }
        return tensor;
    }

    private static byte[] Filled(ElementType element, int value) => element switch
    {
        ElementType.F32 => BitConverter.GetBytes((float)value),
        ElementType.S64 => BitConverter.GetBytes((long)value),
        ElementType.S16 => BitConverter.GetBytes((short)value),
        _ => [(byte)value],
    };

    private static byte[] ElementAt(Tensor tensor, int[] index)
    {
        int at = 0;
        for (int axis = 0; axis < index.Length; axis++) at = at * tensor.Type.Shape[axis] + index[axis];
        int size = tensor.Type.Element.Size();
        return tensor.Bytes.Slice(at * size, size).ToArray();
    }

    private static int[] Scatter(int[] permutation, int[] index)
    {
        var source = new int[index.Length];
        for (int i = 0; i < index.Length; i++) source[permutation[i]] = index[i];
        return source;
    }

    private static IEnumerable<int[]> Indices(Shape shape)
    {
        for (int n = 0; n < shape.ElementCount; n++)
        {
            var index = new int[shape.Rank];
            for (int axis = shape.Rank - 1, rest = n; axis >= 0; axis--)
            {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            yield return index;
        }
    }
}
