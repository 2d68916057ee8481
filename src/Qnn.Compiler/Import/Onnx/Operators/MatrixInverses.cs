using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Determinants and inverses of small matrices, by Eigen's factors with rows exchanged (<c>PartialPivLU.h</c>), written out.</summary>
internal static class MatrixInverses
{
    // Larger ones are factored, and solved, in blocks.
    private const int MostOfDeterminants = 16, MostOfInverses = 8;

    /// <summary>The determinant of matrices [.., N, N].</summary>
    [OnnxOperator("Det")]
    public static void Det(OnnxNode node)
    {
        var (rows, matrices, outer) = Matrices(node, MostOfDeterminants);
        var factors = new Factors(node, matrices);
        var product = factors.Pivot(0);
        for (int k = 1; k < rows; k++) product = Op(node, BinaryKind.Multiply, product, factors.Pivot(k));
        node.Result(node.Reshape(Op(node, BinaryKind.Multiply, factors.Sign, product), outer));
    }

    /// <summary>The inverse of matrices [.., N, N].</summary>
    [OnnxOperator("Inverse", OnnxOperatorAttribute.Microsoft)]
    public static void Inverse(OnnxNode node)
    {
        var (rows, matrices, _) = Matrices(node, MostOfInverses);
        var factors = new Factors(node, matrices);
        var x = new Value[rows];
        for (int i = 0; i < rows; i++)
        {
            x[i] = factors.UnitRow(i);
            for (int k = 0; k < i; k++) x[i] = Op(node, BinaryKind.Subtract, x[i], Op(node, BinaryKind.Multiply, x[k], factors.Element(i, k)));
        }
        for (int i = rows - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < rows; k++) x[i] = Op(node, BinaryKind.Subtract, x[i], Op(node, BinaryKind.Multiply, x[k], factors.Element(i, k)));
            x[i] = Op(node, BinaryKind.Multiply, x[i], Op(node, BinaryKind.Divide, OnnxNode.Scalar(1f), factors.Element(i, i)));
        }
        node.Result(node.Reshape(node.Emit(new Concat(1), x), node.Input(0).Type.Shape.Span));
    }

    private static (int Rows, Value Matrices, int[] Outer) Matrices(OnnxNode node, int most)
    {
        var x = node.Input(0);
        var shape = x.Type.Shape;
        if (shape.Rank < 2 || shape[-1] != shape[-2] || shape[-1] == 0 || x.Type.Element != ElementType.F32) throw node.Malformed($"has matrices {x.Type}");
        if (shape[-1] > most) throw node.Unsupported($"its matrices have more than {most} rows");
        return (shape[-1], node.Reshape(x, shape.ElementCount / (shape[-1] * shape[-1]), shape[-1], shape[-1]), shape.Span[..^2].ToArray());
    }

    private static Value Op(OnnxNode node, BinaryKind kind, Value a, Value b) => node.Emit(new Binary(kind), a, b);

    /// <summary>The factors of matrices [B, N, N]: below the diagonal those of rows, ones on it, and what is left from it on.</summary>
    private sealed class Factors
    {
        private readonly OnnxNode _node;
        private readonly int _count, _rows;
        private Value _left, _order;

        public Factors(OnnxNode node, Value matrices)
        {
            (_node, _count, _rows, _left) = (node, matrices.Type.Shape[0], matrices.Type.Shape[1], matrices);
            _order = node.Emit(new BroadcastTo(new Shape(_count, _rows)), OnnxNode.Iota(2, 1, _rows));
            Sign = Value.Of("ones", Tensor.Of<float>(new Shape(_count, 1, 1), [.. Enumerable.Repeat(1f, _count)]));
            for (int k = 0; k + 1 < _rows; k++) Step(k);
        }

        /// <summary>-1 where an odd number of rows were exchanged, [B, 1, 1].</summary>
        public Value Sign { get; private set; }

        /// <summary>An element, [B, 1, 1].</summary>
        public Value Element(int row, int column) => Part(_left, row, 1, column, 1);

        /// <summary>An element of the diagonal.</summary>
        public Value Pivot(int k) => Element(k, k);

        /// <summary>A row of the unit matrix whose rows were exchanged alike, [B, 1, N].</summary>
        public Value UnitRow(int row) => _node.Reshape(
            _node.Emit(new Cast(ElementType.F32), _node.Emit(new Compare(CompareKind.Equal), _node.Emit(new StridedSlice(new Ints(0, row), new Ints(1, 1), new Shape(_count, 1)), _order), OnnxNode.Iota(2, 1, _rows))), _count, 1, _rows);

        private Value Part(Value matrices, int row, int rows, int column, int columns) => _node.Emit(new StridedSlice(new Ints(0, row, column), new Ints(1, 1, 1), new Shape(_count, rows, columns)), matrices);

        private Value Op(BinaryKind kind, Value a, Value b) => MatrixInverses.Op(_node, kind, a, b);

        private Value Is(Value a, Value b) => _node.Emit(new Compare(CompareKind.Equal), a, b);

        // The row with the greatest element of a column comes first, and what it makes of the rows behind it is taken off.
        private void Step(int k)
        {
            int behind = _rows - k - 1;
            var found = _node.Emit(new ArgReduce(1, false, ElementType.S64), _node.Reshape(_node.Emit(new Unary(UnaryKind.Abs), Part(_left, k, behind + 1, k, 1)), _count, behind + 1));
            var best = Op(BinaryKind.Add, _node.Reshape(found, _count, 1), OnnxNode.Scalar((long)k));
            var row = OnnxNode.Iota(2, 1, _rows);
            var exchanged = _node.Emit(new Select(), Is(row, OnnxNode.Scalar((long)k)), best, _node.Emit(new Select(), Is(row, best), OnnxNode.Scalar((long)k), row));
            var places = Op(BinaryKind.Add, exchanged, Op(BinaryKind.Multiply, OnnxNode.Iota(2, 0, _count), OnnxNode.Scalar((long)_rows)));
            Value Exchanged(Value rows, int width) => _node.Emit(new Gather(0), _node.Reshape(rows, _count * _rows, width), _node.Reshape(places, _count * _rows));
            _left = _node.Reshape(Exchanged(_left, _rows), _count, _rows, _rows);
            _order = _node.Reshape(Exchanged(_order, 1), _count, _rows);
            Sign = Op(BinaryKind.Multiply, Sign, _node.Reshape(_node.Emit(new Select(), Is(best, OnnxNode.Scalar((long)k)), OnnxNode.Scalar(1f), OnnxNode.Scalar(-1f)), _count, 1, 1));

            Value pivot = Pivot(k), column = Part(_left, k + 1, behind, k, 1);
            var factors = _node.Emit(new Select(), Is(pivot, OnnxNode.Scalar(0f)), column, Op(BinaryKind.Divide, column, pivot));
            var rest = Op(BinaryKind.Subtract, Part(_left, k + 1, behind, k + 1, behind), Op(BinaryKind.Multiply, factors, Part(_left, k, 1, k + 1, behind)));
            Value[] below = k > 0 ? [Part(_left, k + 1, behind, 0, k), factors, rest] : [factors, rest];
            _left = _node.Emit(new Concat(1), Part(_left, 0, k + 1, 0, _rows), _node.Emit(new Concat(2), below));
        }
    }
}
