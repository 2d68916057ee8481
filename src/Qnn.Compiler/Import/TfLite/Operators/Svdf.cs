using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>SVDF: operands data, feature weights, time weights, bias (optional), state.</summary>
internal static class Svdf
{
    [TfLiteOperator(BuiltinOperator.SVDF)]
    public static void Import(TfLiteNode node)
    {
        var options = node.Options<SVDFOptions>();
        var (data, features, time, state) = (node.Input(0), node.Input(1), node.Input(2), node.Input(4));
        if (!features.IsConstant || !time.IsConstant || node.OptionalInput(3) is { IsConstant: false }) throw node.Unsupported("its weights are computed at run time");
        if (state.Kind != ValueKind.Variable) throw node.Unsupported($"its state '{state.Name}' is no variable tensor");
        if (data.Type.Element == ElementType.F32)
        {
            foreach (var weights in (ReadOnlySpan<Value>)[features, time])
            {
                if (weights.Type.Element == ElementType.S8 && weights.Type.Quantization is not { IsPerChannel: false, ZeroPoint: 0 }) throw node.Unsupported("its int8 weights have no scale, or more than one");
            }
            node.EmitResult(new Ir.Operators.Svdf(options.Rank, Lstm.Activation(node, options.FusedActivationFunction), options.AsymmetricQuantizeInputs), data, features, time, node.OptionalInput(3), state);
            return;
        }
        if (data.Type.Element != ElementType.S8) throw node.Unsupported($"it has {data.Type.Element.Name()} data");
        if (data.Type.Quantization is null || features.Type.Quantization is null || time.Type.Quantization is null || state.Type.Quantization is null || node.OutputQuantization() is not { } output) throw node.Malformed("has operands without scales");
        // The products are of float scales; the activation is the range of the result's type.
        float toState = data.Type.Scale * features.Type.Scale / state.Type.Scale, toOutput = state.Type.Scale * time.Type.Scale / output.Scale;
        node.EmitResult(new QnnSvdf(options.Rank, toState, toOutput, output.ZeroPoint), data, features, time, node.OptionalInput(3), state);
    }
}
