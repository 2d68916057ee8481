using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Systems of equations.</summary>
internal static class Equations
{
    // Rows up to which MKL solves as one block, and what their length is a multiple of: others begin off the boundaries of 16 bytes, and have other orders.
    private const int MaxRows = 64, Lanes = 4;

    /// <summary>(a, b, upper, left, unitriangular): what the lower triangle of a, with ones on its diagonal, is multiplied by to give b.</summary>
    [TorchOperator("aten::linalg_solve_triangular")]
    public static object? SolveTriangular(TorchCall call)
    {
        Value a = Functions.Real(call, 0), b = Functions.Real(call, 1);
        if (call.Flag(-1, "upper") || !call.Flag(-1, "left", true) || !call.Flag(-1, "unitriangular")) throw call.Unsupported("it solves other than lower triangles with ones on their diagonals");
        Shape left = a.Type.Shape, right = b.Type.Shape;
        if (left.Rank < 2 || left.Rank != right.Rank || !left.Span[..^2].SequenceEqual(right.Span[..^2]) || left[-1] > MaxRows || left[-1] % Lanes != 0 || right[-1] < 2) throw call.Unsupported($"it solves {a.Type} for {b.Type}");
        return call.Emit(new TriangularSolve(), a, b);
    }
}
