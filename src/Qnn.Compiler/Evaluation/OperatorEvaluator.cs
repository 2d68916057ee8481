using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Evaluation;

/// <summary>Evaluates any operator; see <see cref="OperatorEvaluator{TOperator}"/>.</summary>
internal abstract class OperatorEvaluator
{
    /// <summary>Computes the results. They have the types given, and are zero before.</summary>
    public abstract void Evaluate(Operator op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs);
}

/// <summary>
/// The slow, obviously right meaning of one operator, in Evaluation/Operators, one file each. Written from the framework's formula, not from the kernel, and shares no code with it:
/// it is what passes and kernels are judged by. Operators without one are evaluated by the runtime's scalar kernel.
/// </summary>
internal abstract class OperatorEvaluator<TOperator> : OperatorEvaluator where TOperator : Operator
{
    /// <inheritdoc/>
    public sealed override void Evaluate(Operator op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs) => Evaluate((TOperator)op, inputs, outputs);

    /// <summary>Computes the results.</summary>
    protected abstract void Evaluate(TOperator op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs);
}
