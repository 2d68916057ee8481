using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>TFLite_Detection_PostProcess (its options are a FlexBuffer), NON_MAX_SUPPRESSION_V4 and V5.</summary>
internal static class Detection
{
    [TfLiteCustomOperator("TFLite_Detection_PostProcess")]
    public static void PostProcess(TfLiteNode node)
    {
        var options = FlexBufferMap.Read(node.Source.CustomOptions.Span) ?? throw node.Malformed("has damaged options");
        double Number(string name, double? fallback = null) => options[name] ?? fallback ?? throw node.Malformed($"lacks the option {name}");
        int Count(string name, double? fallback = null) => Number(name, fallback) is >= 0 and <= int.MaxValue and var number ? (int)number : throw node.Malformed($"has a bad option {name}");
        var op = new DetectionPostProcess(
            Count("num_classes"), Count("max_detections"), Count("max_classes_per_detection"), Count("detections_per_class", 100), Number("use_regular_nms", 0) != 0,
            (float)Number("nms_score_threshold"), (float)Number("nms_iou_threshold"),
            (float)Number("y_scale"), (float)Number("x_scale"), (float)Number("h_scale"), (float)Number("w_scale"));
        node.EmitResults(op, Real(node, 0), Real(node, 1), Real(node, 2));
    }

    [TfLiteOperator(BuiltinOperator.NON_MAX_SUPPRESSION_V4)]
    public static void NonMaxSuppressionV4(TfLiteNode node) => EmitSuppression(node, 5);

    [TfLiteOperator(BuiltinOperator.NON_MAX_SUPPRESSION_V5)]
    public static void NonMaxSuppressionV5(TfLiteNode node) => EmitSuppression(node, 6);

    private static void EmitSuppression(TfLiteNode node, int operands)
    {
        int places = node.ConstantScalar(2, "the most boxes to select");
        if (places < 0) throw node.Malformed($"selects {places} boxes");
        node.EmitResults(new NonMaxSuppression(places), [.. Enumerable.Range(0, operands).Select(i => i == 2 ? node.Input(i) : Real(node, i))]);
    }

    private static Value Real(TfLiteNode node, int index) =>
        node.Input(index).Type.IsQuantized() ? node.Emit(new Dequantize(), node.Input(index)) : node.Input(index);
}
