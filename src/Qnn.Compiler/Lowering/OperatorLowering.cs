using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Lowering;

/// <summary>Lowers any node; see <see cref="OperatorLowering{TOperator}"/>.</summary>
internal abstract class OperatorLowering
{
    /// <summary>Adds the node's steps to the program.</summary>
    public abstract void Lower(Node node, LoweringContext context);
}

/// <summary>How one operator of the IR becomes steps of the runtime, in Lowering/Operators, one file each.</summary>
internal abstract class OperatorLowering<TOperator> : OperatorLowering where TOperator : Operator
{
    /// <inheritdoc/>
    public sealed override void Lower(Node node, LoweringContext context) => Lower((TOperator)node.Operator, node, context);

    /// <summary>Adds the node's steps to the program: packs weights, folds zero points into biases, and so on.</summary>
    protected abstract void Lower(TOperator op, Node node, LoweringContext context);
}
