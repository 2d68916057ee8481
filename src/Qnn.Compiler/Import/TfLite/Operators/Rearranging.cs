using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>TRANSPOSE, PACK, TILE, BROADCAST_TO, REVERSE_V2, and the operators that trade space for depth or batch, which are reshapes and transposes.</summary>
internal static class Rearranging
{
    [TfLiteOperator(BuiltinOperator.TRANSPOSE)]
    public static void Transpose(TfLiteNode node)
    {
        int rank = node.Input(0).Type.Shape.Rank;
        int[] permutation = [.. node.ConstantInts(1, "the permutation", rank).Select(axis => node.Axis(axis, rank))];
        node.EmitResult(new Ir.Operators.Transpose(new Ints(permutation)), node.Input(0));
    }

    [TfLiteOperator(BuiltinOperator.PACK)]
    public static void Pack(TfLiteNode node)
    {
        var shape = node.Input(0).Type.Shape;
        int axis = node.Axis(node.Options<PackOptions>().Axis, shape.Rank + 1);
        List<int> extents = [.. shape];
        extents.Insert(axis, 1);
        var parts = Enumerable.Range(0, node.Inputs.Count).Select(i => node.Reshape(node.Input(i), [.. extents])).ToArray();
        node.EmitResult(new Ir.Operators.Concat(axis), parts);
    }

    [TfLiteOperator(BuiltinOperator.TILE)]
    public static void Tile(TfLiteNode node) =>
        node.EmitResult(new Ir.Operators.Tile(new Ints(node.ConstantInts(1, "the multiples", node.Input(0).Type.Shape.Rank))), node.Input(0));

    [TfLiteOperator(BuiltinOperator.BROADCAST_TO)]
    public static void BroadcastTo(TfLiteNode node) =>
        node.EmitResult(new Ir.Operators.BroadcastTo(new Shape(node.ConstantInts(1, "the shape"))), node.Input(0));

    [TfLiteOperator(BuiltinOperator.REVERSE_V2)]
    public static void Reverse(TfLiteNode node)
    {
        int rank = node.Input(0).Type.Shape.Rank;
        node.EmitResult(new Ir.Operators.Reverse(new Ints([.. node.ConstantInts(1, "the axes").Select(axis => node.Axis(axis, rank))])), node.Input(0));
    }

    /// <summary>result[n, y, x, (by * B + bx) * C + c] = data[n, y * B + by, x * B + bx, c]</summary>
    [TfLiteOperator(BuiltinOperator.SPACE_TO_DEPTH)]
    public static void SpaceToDepth(TfLiteNode node)
    {
        var (data, n, h, w, c) = Nhwc(node);
        int block = node.Options<SpaceToDepthOptions>().BlockSize;
        if (block < 1 || h % block != 0 || w % block != 0) throw node.Malformed($"cannot cut {data.Type.Shape} in blocks of {block}");
        var blocks = node.Reshape(data, n, h / block, block, w / block, block, c);
        var moved = node.Move(new Ir.Operators.Transpose(new Ints(0, 1, 3, 2, 4, 5)), blocks);
        node.EmitResult(new Ir.Operators.Reshape(new Shape(n, h / block, w / block, block * block * c)), moved);
    }

    /// <summary>result[n, y * B + by, x * B + bx, c] = data[n, y, x, (by * B + bx) * C + c]</summary>
    [TfLiteOperator(BuiltinOperator.DEPTH_TO_SPACE)]
    public static void DepthToSpace(TfLiteNode node)
    {
        var (data, n, h, w, c) = Nhwc(node);
        int block = node.Options<DepthToSpaceOptions>().BlockSize;
        if (block is < 1 or > 32768 || c % (block * block) != 0) throw node.Malformed($"cannot spread {data.Type.Shape} over blocks of {block}");
        int depth = c / (block * block);
        var blocks = node.Reshape(data, n, h, w, block, block, depth);
        var moved = node.Move(new Ir.Operators.Transpose(new Ints(0, 1, 3, 2, 4, 5)), blocks);
        node.EmitResult(new Ir.Operators.Reshape(new Shape(n, h * block, w * block, depth)), moved);
    }

    /// <summary>Pads the space, cuts it in blocks, and moves each place in a block to the batch.</summary>
    [TfLiteOperator(BuiltinOperator.SPACE_TO_BATCH_ND)]
    public static void SpaceToBatch(TfLiteNode node)
    {
        var data = node.Input(0);
        var (block, pads) = Blocks(node, data, "the paddings");
        int m = block.Length, rank = data.Type.Shape.Rank;
        var before = new int[rank];
        var after = new int[rank];
        for (int i = 0; i < m; i++) (before[i + 1], after[i + 1]) = (pads[2 * i], pads[2 * i + 1]);
        if (pads.Any(p => p != 0)) data = node.Move(new Ir.Operators.Pad(new Ints(before), new Ints(after), data.Type.ZeroPoint), data);
        var shape = data.Type.Shape;
        for (int i = 0; i < m; i++)
        {
            if (shape[i + 1] % block[i] != 0) throw node.Malformed($"cannot cut {shape} in blocks of {string.Join('x', block)}");
        }
        int[] remaining = shape.Span[(m + 1)..].ToArray();
        List<int> cut = [shape[0]], order = [], result = [block.Aggregate(shape[0], (p, b) => p * b)];
        for (int i = 0; i < m; i++)
        {
            cut.AddRange([shape[i + 1] / block[i], block[i]]);
            order.Add(2 * i + 2);
            result.Add(shape[i + 1] / block[i]);
        }
        order.Add(0);
        for (int i = 0; i < m; i++) order.Add(2 * i + 1);
        int inner = remaining.Aggregate(1, (p, e) => p * e);
        cut.Add(inner);
        order.Add(2 * m + 1);
        var moved = node.Move(new Ir.Operators.Transpose(new Ints([.. order])), node.Reshape(data, [.. cut]));
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. result, .. remaining])), moved);
    }

    /// <summary>Moves blocks from the batch back to the space, and crops it.</summary>
    [TfLiteOperator(BuiltinOperator.BATCH_TO_SPACE_ND)]
    public static void BatchToSpace(TfLiteNode node)
    {
        var data = node.Input(0);
        var shape = data.Type.Shape;
        var (block, crops) = Blocks(node, data, "the crops");
        int m = block.Length;
        long blocks = block.Aggregate(1L, (p, b) => p * b);
        if (shape[0] % blocks != 0) throw node.Malformed($"cannot cut the batch of {shape} in blocks of {string.Join('x', block)}");
        int batch = (int)(shape[0] / blocks);
        int[] remaining = shape.Span[(m + 1)..].ToArray();
        int inner = remaining.Aggregate(1, (p, e) => p * e);
        List<int> cut = [.. block, batch], order = [m], whole = [batch], begin = [0], result = [batch];
        for (int i = 0; i < m; i++)
        {
            cut.Add(shape[i + 1]);
            order.AddRange([m + 1 + i, i]);
            int extent = shape[i + 1] * block[i];
            whole.Add(extent);
            begin.Add(crops[2 * i]);
            result.Add(extent - crops[2 * i] - crops[2 * i + 1]);
        }
        cut.Add(inner);
        order.Add(2 * m + 1);
        var moved = node.Move(new Ir.Operators.Transpose(new Ints([.. order])), node.Reshape(data, [.. cut]));
        if (crops.All(c => c == 0))
        {
            node.EmitResult(new Ir.Operators.Reshape(new Shape([.. whole, .. remaining])), moved);
            return;
        }
        if (result.Any(e => e < 0)) throw node.Malformed($"crops {string.Join('x', whole)} by {string.Join(' ', crops)}");
        var slice = Ir.Operators.StridedSlice.Contiguous([.. begin, .. remaining.Select(_ => 0)], new Shape([.. result, .. remaining]));
        node.EmitResult(slice, node.Reshape(moved, [.. whole, .. remaining]));
    }

    private static (Value Data, int N, int H, int W, int C) Nhwc(TfLiteNode node)
    {
        var data = node.Input(0);
        var shape = data.Type.Shape;
        return shape.Rank == 4 && shape.ElementCount > 0 ? (data, shape[0], shape[1], shape[2], shape[3]) : throw node.Unsupported($"its input has shape {shape}; four axes with elements are supported");
    }

    private static (int[] Block, int[] Pads) Blocks(TfLiteNode node, Value data, string what)
    {
        int[] block = node.ConstantInts(1, "the block shape");
        int[] pads = node.ConstantInts(2, what, 2 * block.Length);
        if (block.Length is < 1 or > 3 || data.Type.Shape.Rank <= block.Length || data.Type.Shape.ElementCount == 0) throw node.Unsupported($"it has {block.Length} block extents for {data.Type.Shape}");
        if (block.Any(b => b is < 1 or > 1 << 20) || pads.Any(p => p < 0)) throw node.Malformed($"has blocks of {string.Join('x', block)} and {what} {string.Join(' ', pads)}");
        return (block, pads);
    }
}
