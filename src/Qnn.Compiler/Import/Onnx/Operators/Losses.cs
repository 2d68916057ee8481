using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Losses of classifications [N, C, ...] against labels [N, ...].</summary>
internal static class Losses
{
    /// <summary>-x[label] * weight[label], summed up as the node says.</summary>
    [OnnxOperator("NegativeLogLikelihoodLoss")]
    public static void NegativeLogLikelihood(OnnxNode node) => node.Result(Loss(node, node.Input(0)));

    /// <summary>The same of log(softmax(x)), which is the second result.</summary>
    [OnnxOperator("SoftmaxCrossEntropyLoss")]
    public static void SoftmaxCrossEntropy(OnnxNode node)
    {
        var x = node.Input(0);
        if (x.Type.Shape.Rank < 2) throw node.Malformed($"has data {x.Type}");
        var logarithms = node.Swap(node.Emit(new LogSoftmax(), node.Swap(x, 1)), 1);
        node.Result(Loss(node, logarithms));
        node.Result(logarithms, 1);
    }

    private static Value Loss(OnnxNode node, Value x)
    {
        var labels = node.Emit(new Cast(ElementType.S64), node.Input(1));
        var shape = x.Type.Shape;
        if (shape.Rank < 2 || labels.Type.Shape.Rank != shape.Rank - 1) throw node.Malformed($"has data {x.Type} and labels {labels.Type}");
        var ignored = node.Attribute("ignore_index") is { } ignore ? node.Emit(new Compare(CompareKind.Equal), labels, OnnxNode.Scalar(ignore.I)) : null;
        if (ignored is not null) labels = node.Emit(new Select(), ignored, OnnxNode.Scalar(0L), labels);
        int[] extents = labels.Type.Shape.ToArray();
        var picked = node.Reshape(Indexing.Along(node, x, node.Reshape(labels, [extents[0], 1, .. extents[1..]]), 1), extents);
        var weights = node.OptionalInput(2) is { } w ? node.Emit(new Gather(0), w, labels) : node.Emit(new BroadcastTo(labels.Type.Shape), OnnxNode.Scalar(1f));
        if (ignored is not null) weights = node.Emit(new Select(), ignored, OnnxNode.Scalar(0f), weights);
        var losses = node.Emit(new Binary(BinaryKind.Multiply), node.Emit(new Unary(UnaryKind.Negate), picked), weights);
        Value Sum(Value v) => node.Emit(new Reduce(ReduceKind.Sum, new Ints([.. Enumerable.Range(0, extents.Length)]), false), v);
        return node.Text("reduction", "mean") switch
        {
            "none" => losses,
            "sum" => Sum(losses),
            "mean" => node.Emit(new Binary(BinaryKind.Divide), Sum(losses), Sum(weights)),
            string other => throw node.Unsupported($"its reduction is {other}"),
        };
    }
}
