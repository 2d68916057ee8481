using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Volumes read at points, between eight neighbours or at the nearest one (GridSampler.cpp): every operation is rounded, the neighbours are added in order, x being the axis that changes first.</summary>
internal static class VolumeSampling
{
    private const int Axes = 3;

    /// <summary>(volumes [N, C, D, H, W], grid [N, d, h, w, 3] of x, y and z, mode, padding, align_corners)</summary>
    [TorchOperator("aten::grid_sampler_3d")]
    public static object? Grid(TorchCall call)
    {
        var (volumes, grid) = (call.Tensor(0), call.Tensor(1));
        Shape shape = volumes.Type.Shape, points = grid.Type.Shape;
        bool fits = shape.Rank == 5 && points.Rank == 5 && points[0] == shape[0] && points[-1] == Axes && shape.ElementCount > 0 && volumes.Type.Element == ElementType.F32 && grid.Type.Element == ElementType.F32;
        if (!fits || call.Long(2) is not (0 or 1) || call.Long(3) is not (0 or 1)) throw call.Unsupported($"it reads {volumes.Type} at {grid.Type} by mode {call.Long(2)}, padding {call.Long(3)}");
        var rows = call.Reshape(call.ToLast(volumes), shape.ElementCount / shape[1], shape[1]);
        bool isPadded = call.Long(3) == 0;
        int[] extents = [shape[4], shape[3], shape[2]];
        Value[] places = [.. Enumerable.Range(0, Axes).Select(a => Place(call, Shaping.Along(call, grid, 4, a, 1, 1), extents[a], call.Flag(4), clips: !isPadded))];
        if (call.Long(2) == 1) return call.ToSecond(Read(call, rows, [.. places.Select(p => call.Emit(new Unary(UnaryKind.Round), p))], extents, shape));
        Value Do(BinaryKind kind, Value a, Value b) => call.Emit(new Binary(kind), a, b);
        Value[] low = [.. places.Select(p => call.Emit(new Unary(UnaryKind.Floor), p))], high = [.. low.Select(l => Do(BinaryKind.Add, l, TorchCall.Constant(1f)))];
        // Each neighbour's share is the distance of the one opposite.
        Value[] shareOfLow = [.. places.Zip(high, (p, h) => Do(BinaryKind.Subtract, h, p))], shareOfHigh = [.. places.Zip(low, (p, l) => Do(BinaryKind.Subtract, p, l))];
        Value? sum = null;
        for (int corner = 0; corner < 1 << Axes; corner++)
        {
            bool IsHigh(int axis) => (corner >> axis & 1) != 0;
            var share = Enumerable.Range(0, Axes).Select(a => IsHigh(a) ? shareOfHigh[a] : shareOfLow[a]).Aggregate((x, y) => Do(BinaryKind.Multiply, x, y));
            var term = Do(BinaryKind.Multiply, Read(call, rows, [.. Enumerable.Range(0, Axes).Select(a => IsHigh(a) ? high[a] : low[a])], extents, shape), share);
            sum = sum is null ? term : Do(BinaryKind.Add, sum, term);
        }
        return call.ToSecond(sum!);
    }

    // Where a point of -1 to 1 lies among the elements of an axis.
    private static Value Place(TorchCall call, Value point, int extent, bool aligned, bool clips)
    {
        Value Do(BinaryKind kind, Value a, float b) => call.Emit(new Binary(kind), a, TorchCall.Constant(b));
        var moved = Do(BinaryKind.Add, point, 1);
        var place = aligned ? Do(BinaryKind.Multiply, Do(BinaryKind.Divide, moved, 2), extent - 1) : Do(BinaryKind.Divide, Do(BinaryKind.Subtract, Do(BinaryKind.Multiply, moved, extent), 1), 2);
        return clips ? call.Emit(Unary.Clamp(0, extent - 1), place) : place;
    }

    // The elements at whole places; 0 beyond the volume.
    private static Value Read(TorchCall call, Value rows, Value[] places, int[] extents, Shape shape)
    {
        Value? inside = null, index = null;
        for (int a = Axes - 1; a >= 0; a--)
        {
            Value Is(CompareKind kind, float bound) => call.Emit(new Compare(kind), places[a], TorchCall.Constant(bound));
            var fits = call.Emit(new Binary(BinaryKind.LogicalAnd), Is(CompareKind.GreaterEqual, 0), Is(CompareKind.LessEqual, extents[a] - 1));
            inside = inside is null ? fits : call.Emit(new Binary(BinaryKind.LogicalAnd), inside, fits);
            var at = call.Emit(new Cast(ElementType.S64), call.Emit(Unary.Clamp(0, extents[a] - 1), places[a]));
            index = index is null ? at : call.Emit(new Binary(BinaryKind.Add), call.Emit(new Binary(BinaryKind.Multiply), index, TorchCall.Constant((long)extents[a])), at);
        }
        long volume = extents.Aggregate(1L, (n, e) => n * e);
        var first = TorchCall.Constant(Tensor.Of<long>(new Shape(shape[0], 1, 1, 1, 1), [.. Enumerable.Range(0, shape[0]).Select(n => n * volume)]));
        var place = call.Emit(new Select(), inside!, call.Emit(new Binary(BinaryKind.Add), index!, first), TorchCall.Constant(-1L));
        return call.Emit(new Gather(0), rows, call.Reshape(place, place.Type.Shape.Span[..^1].ToArray()));
    }
}
