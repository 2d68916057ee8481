using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Testing;
using TensorType = Qnn.Compiler.Import.TfLite.Schema.TensorType;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>
/// Layers with weights in every combination of types that TensorFlow Lite's kernels take, compiled and run: the answer is that of the float layer with the same real numbers, by some quanta.
/// What each arithmetic gives to the last bit, models with recorded answers say.
/// </summary>
public sealed class LayerFormTests
{
    private const float DataScale = 1f / 16, WeightScale = 1f / 8, ResultScale = 1f / 4;

    /// <summary>Layer; data (f float32, q1 u1 q2 quantized int8, uint8, int16); weights (f float32, h float16, t and c with a scale or one a channel, u uint8, 8 and 4 bits); biases (-, 4 or 8 bytes).</summary>
    public static TheoryData<string, string, string, string> Rows => new()
    {
        { "dense", "f", "f h t8 c8 t4 c4 u8", "- 4" },
        { "dense", "q1", "t8 c8 t4 c4", "- 4" },
        { "dense", "q2", "t8 c8 t4 c4", "- 4 8" },
        { "dense", "u1", "u8", "- 4" },
        { "keep", "f", "f t8 c8 c4", "4" },
        { "keep", "q1", "t8 c8 c4", "4" },
        { "keep", "q2", "t8 c8", "8" },
        { "asymmetric", "f", "t8 c8 t4 c4", "4" },
        { "dynamic", "f", "f", "- 4" },
        { "dynamic", "q1", "t8", "-" },
        { "conv", "f", "f h t8 c8 t4 c4 u8", "- 4" },
        { "conv", "q1", "t8 c8 t4 c4", "- 4" },
        { "conv", "q2", "t8 c8 t4 c4", "- 4 8" },
        { "conv", "u1", "u8", "- 4" },
        { "groups", "f", "f t8 c8 c4", "4" },
        { "groups", "q1", "t8 c8 c4", "4" },
        { "groups", "q2", "c8", "8" },
        { "depthwise", "f", "f h t8 c8 t4 c4 u8", "- 4" },
        { "depthwise", "q1", "t8 c8 t4 c4", "- 4" },
        { "depthwise", "q2", "t8 c8 t4 c4", "- 4 8" },
        { "depthwise", "u1", "u8", "- 4" },
        { "transpose", "f", "f h", "- 4" },
        { "transpose", "q1", "t8 c8 t4 c4", "- 4" },
        { "transpose", "q2", "t8 c8", "- 8 4" },
        { "transpose", "u1", "u8", "- 4" },
        { "matmul", "f", "f t8 c8 t4 c4", "-" },
        { "matmul", "q1", "t8", "-" },
        { "matmul", "q2", "q2", "-" },
        { "adjoint", "f", "f t8 c8", "-" },
        { "adjoint", "q1", "t8", "-" },
        { "adjoint", "q2", "q2", "-" },
        { "batches", "f", "f t8", "-" },
        { "batches", "q1", "t8", "-" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void AnswersAreNearThoseOfFloats(string layer, string data, string weights, string biases)
    {
        var faults = new List<string>();
        foreach (string form in weights.Split(' '))
        {
            foreach (string bias in biases.Split(' '))
            {
                foreach (var numerics in Enum.GetValues<TfLiteNumerics>())
                {
                    try
                    {
                        float[] expected = Run(Model(layer, "f", "f" + form, bias == "-" ? "-" : "4"), numerics), actual = Run(Model(layer, data, form, bias), numerics);
                        float error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max(), most = data == "f" && form is "f" or "h" ? 1e-4f : ResultScale;
                        if (expected.Length != actual.Length || !(error <= most)) faults.Add($"{form} {bias} {numerics}: off by {error}");
                    }
                    catch (Exception fault)
                    {
                        faults.Add($"{form} {bias} {numerics}: {fault.Message}");
                    }
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static float[] Run(TfLiteModelBuilder model, TfLiteNumerics numerics)
    {
        var graph = PassPipeline.Run(TfLiteImporter.Import(TfLiteFile.Open(model.Build()), numerics, "test"));
        using var compiled = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(graph), ArtifactMetadata.None));
        using var session = compiled.CreateSession(new InferenceOptions());
        for (int input = 0; input < graph.Inputs.Count; input++)
        {
            var type = graph.Inputs[input].Type;
            for (int i = 0; i < type.Shape.ElementCount; i++)
            {
                // Reals that all of the types hold.
                float real = (i * 5 % 23 - 11) * DataScale;
                var bytes = session.Input(input)[(i * type.Element.Size())..];
                if (type.Element == ElementType.F32) MemoryMarshal.Write(bytes, real);
                else if (type.Element == ElementType.S16) MemoryMarshal.Write(bytes, (short)MathF.Round(real / type.Scale));
                else bytes[0] = (byte)(MathF.Round(real / type.Scale) + type.ZeroPoint);
            }
        }
        session.Run();
        var result = graph.Outputs[0].Type;
        var answer = session.Output(0).ToArray();
        return [.. Enumerable.Range(0, result.Shape.ElementCount).Select(i => result.Element switch
        {
            ElementType.F32 => MemoryMarshal.Cast<byte, float>(answer)[i],
            ElementType.S16 => result.Scale * MemoryMarshal.Cast<byte, short>(answer)[i],
            ElementType.U8 => result.Scale * (answer[i] - result.ZeroPoint),
            _ => result.Scale * ((sbyte)answer[i] - result.ZeroPoint),
        })];
    }

    // A form that begins with f and goes on is of floats, which are what the rest stands for.
    private static TfLiteModelBuilder Model(string layer, string data, string form, string bias)
    {
        var model = new TfLiteModelBuilder();
        var (type, input, output) = data switch
        {
            "f" => (TensorType.FLOAT32, null, null),
            "q1" => (TensorType.INT8, TfLiteModelBuilder.Quantized(DataScale, 3), TfLiteModelBuilder.Quantized(ResultScale, -5)),
            "u1" => (TensorType.UINT8, TfLiteModelBuilder.Quantized(DataScale, 120), TfLiteModelBuilder.Quantized(ResultScale, 128)),
            _ => (TensorType.INT16, TfLiteModelBuilder.Quantized(DataScale / 8), TfLiteModelBuilder.Quantized(ResultScale / 8)),
        };
        int[] shape = layer switch
        {
            "dense" or "dynamic" or "asymmetric" => [2, 8],
            "keep" or "matmul" or "batches" => [2, 3, 8],
            "adjoint" => [2, 8, 3],
            _ => [1, 4, 4, 4],
        };
        int[] kernel = layer switch
        {
            "dense" or "dynamic" or "asymmetric" or "keep" => [4, 8],
            "matmul" => [8, 4],
            "adjoint" => [4, 8],
            "batches" => [2, 8, 4],
            "groups" => [4, 2, 2, 2],
            "depthwise" => [1, 2, 2, 4],
            _ => [4, 2, 2, 4],
        };
        int axis = layer is "depthwise" ? 3 : layer is "matmul" ? 1 : 0;
        int x = model.Input("x", type, shape, input);
        int w = layer == "dynamic" && form == "f" ? model.Input("w", TensorType.FLOAT32, kernel)
            : layer == "dynamic" && data != "f" ? model.Input("w", TensorType.INT8, kernel, TfLiteModelBuilder.Quantized(DataScale))
            : layer == "dynamic" ? model.Input("w", TensorType.FLOAT32, kernel)
            : Weights(model, form, kernel, axis);
        string own = form.StartsWith('f') && form.Length > 1 ? form[1..] : form;
        float[] scales = Scales(own);
        int[] quanta = [9, -20, 5, 14];
        float Unit(int i) => DataScale * scales[i];
        int[] operands = bias == "-" || layer is "matmul" or "adjoint" or "batches" ? [x, w]
            : data == "f" ? [x, w, model.Constant("b", [.. quanta.Select((q, i) => q * Unit(i))], [4])]
            : bias == "4" ? [x, w, model.Constant("b", [.. quanta.Select(q => data == "q2" ? 8 * q : q)], [4])]
            : [x, w, model.Constant("b", [.. quanta.Select(q => 8L * q)], [4])];
        var narrow = bias == "4" && data == "q2" ? TensorType.INT32 : TensorType.FLOAT32;
        int Layer(BuiltinOperator code, int[] result, object options) => model.Operator(code, operands, "y", type, result, output, options);
        model.Output(layer switch
        {
            "dense" or "dynamic" => Layer(BuiltinOperator.FULLY_CONNECTED, [2, 4], new FullyConnectedOptionsT { QuantizedBiasType = narrow }),
            "asymmetric" => Layer(BuiltinOperator.FULLY_CONNECTED, [2, 4], new FullyConnectedOptionsT { AsymmetricQuantizeInputs = true }),
            "keep" => Layer(BuiltinOperator.FULLY_CONNECTED, [2, 3, 4], new FullyConnectedOptionsT { KeepNumDims = true }),
            "conv" or "groups" => Layer(BuiltinOperator.CONV_2D, [1, 4, 4, 4], new Conv2DOptionsT { StrideW = 1, StrideH = 1, QuantizedBiasType = narrow }),
            "depthwise" => Layer(BuiltinOperator.DEPTHWISE_CONV_2D, [1, 4, 4, 4], new DepthwiseConv2DOptionsT { StrideW = 1, StrideH = 1, DepthMultiplier = 1 }),
            "transpose" => Transposed(),
            _ => Layer(BuiltinOperator.BATCH_MATMUL, [2, 3, 4], new BatchMatMulOptionsT { AdjX = layer == "adjoint", AdjY = layer == "adjoint" }),
        });
        return model;

        int Transposed()
        {
            operands = [model.Constant("shape", [1, 8, 8, 4], [4]), w, x, .. operands[2..]];
            return Layer(BuiltinOperator.TRANSPOSE_CONV, [1, 8, 8, 4], new TransposeConvOptionsT { StrideW = 2, StrideH = 2, QuantizedBiasType = narrow });
        }
    }

    private static float[] Scales(string form) => form is "f" or "h" ? [1, 1, 1, 1] : form[0] == 'c' ? [WeightScale, WeightScale / 2, WeightScale / 4, WeightScale * 0.75f] : [WeightScale, WeightScale, WeightScale, WeightScale];

    private static int Weights(TfLiteModelBuilder model, string form, int[] kernel, int axis)
    {
        string own = form.StartsWith('f') && form.Length > 1 ? form[1..] : form;
        int count = kernel.Aggregate(1, (a, b) => a * b), inner = kernel[(axis + 1)..].Aggregate(1, (a, b) => a * b);
        sbyte[] numbers = [.. Enumerable.Range(0, count).Select(i => (sbyte)(i * 3 % 15 - 7))];
        float[] scales = Scales(own), reals = [.. numbers.Select((n, i) => n * (own is "f" or "h" ? WeightScale : scales[i / inner % kernel[axis] % 4]))];
        var quantization = own[0] == 'c' ? TfLiteModelBuilder.PerChannel(axis, scales) : TfLiteModelBuilder.Quantized(WeightScale);
        if (form.StartsWith('f')) return model.Constant("w", reals, kernel);
        return own switch
        {
            "h" => model.Operator(BuiltinOperator.DEQUANTIZE, [model.Constant("w", [.. reals.Select(r => (Half)r)], kernel)], "wide", TensorType.FLOAT32, kernel),
            "u8" when model.Model.Subgraphs[0].Tensors[0].Type == TensorType.FLOAT32 => model.Constant("w", MemoryMarshal.AsBytes<sbyte>(numbers).ToArray(), kernel, quantization),
            "u8" => model.Constant("w", [.. numbers.Select(n => (byte)(n + 130))], kernel, TfLiteModelBuilder.Quantized(WeightScale, 130)),
            "q2" => model.Constant("w", [.. numbers.Select(n => (short)n)], kernel, quantization),
            "t4" or "c4" => model.Constant("w", TensorType.INT4, [.. numbers.Chunk(2).Select(pair => (byte)(pair[0] & 15 | pair[1] << 4))], kernel, quantization),
            _ => model.Constant("w", numbers, kernel, quantization),
        };
    }
}
