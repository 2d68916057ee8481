using System.Numerics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>The definition, sum by sum.</summary>
internal sealed class QnnBatchMatMulEvaluator : OperatorEvaluator<QnnBatchMatMul>
{
    protected override void Evaluate(QnnBatchMatMul op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (a, b, y) = (inputs[0]!.Type, inputs[1]!.Type, outputs[0].Type.Shape);
        var (left, right) = (inputs[0]!.ToInt64(), inputs[1]!.ToInt64());
        int rows = y[-2], columns = y[-1], depth = a.Shape[-1];
        for (int i = 0; i < y.ElementCount; i++)
        {
            int n = i % columns, m = i / columns % rows, matrix = i / columns / rows;
            int first = Matrix(y, a.Shape, matrix) * rows + m, second = Matrix(y, b.Shape, matrix) * columns + n;
            BigInteger sum = 0;
            for (int k = 0; k < depth; k++) sum += (left[first * depth + k] - a.ZeroPoint) * (right[second * depth + k] - b.ZeroPoint);
            WideRequantization.Store(op.Epilogue, outputs[0], i, sum, 0);
        }
    }

    // The operand's matrix for a matrix of the result: its leading indices where the operand has more than one of them.
    private static int Matrix(Shape result, Shape operand, int matrix)
    {
        int index = 0, stride = 1;
        for (int axis = 3; axis <= result.Rank; axis++)
        {
            int at = matrix % result[-axis];
            matrix /= result[-axis];
            if (axis > operand.Rank) continue;
            if (operand[-axis] > 1) index += at * stride;
            stride *= operand[-axis];
        }
        return index;
    }
}
