using System.Diagnostics;
using Google.Protobuf;
using Qnn.Compiler;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import;
using Qnn.Compiler.Import.Onnx;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;
using Qnn.Runtime;

namespace Qnn.Conformance.Tests;

/// <summary>What became of one node test.</summary>
internal enum NodeOutcome
{
    Passed,
    Unsupported,
    Failed,
}

/// <summary>
/// One of ONNX's backend node tests: a folder with a model, and protobuf files of its inputs and outputs.
/// The tests feed even what a compiler must know (scales, shapes, axes) as inputs. Where the compiler rejects the model for that, all inputs but the first are made initializers, with the values of the test; where even that is not enough, the first too, and the compiler has the answer.
/// </summary>
internal sealed class OnnxNodeCase(string folder)
{
    // The suite's own tolerance.
    private const double Relative = 1e-3, Absolute = 1e-7;

    private readonly string _data = Path.Combine(folder, "test_data_set_0");

    /// <summary>Compiles and runs the test.</summary>
    /// <param name="scratch">A folder for changed models.</param>
    /// <param name="cancellation">Ends a compilation.</param>
    public (NodeOutcome Outcome, string Reason) Run(string scratch, CancellationToken cancellation)
    {
        (NodeOutcome, string) answer = default;
        foreach (int open in (int[])[int.MaxValue, 1, 0])
        {
            if (WithInitializers(open, scratch) is not { } path) continue;
            var result = ModelCompiler.Compile(new CompileOptions { ModelPath = path }, cancellation);
            if (result.Success) return Judge(result.Model!.Artifact);
            answer = (NodeOutcome.Unsupported, result.Diagnostics[0].Message);
        }
        return answer;
    }

    /// <summary>Imports the model with some bits flipped, and returns what went wrong.</summary>
    public IEnumerable<string> Damaged(string scratch, int trials, CancellationToken cancellation)
    {
        if ((WithInitializers(1, scratch) ?? WithInitializers(int.MaxValue, scratch)) is not { } path) yield break;
        byte[] bytes = File.ReadAllBytes(path);
        var random = new Random(bytes.Length);
        for (int trial = 0; trial < trials; trial++)
        {
            byte[] damaged = [.. bytes];
            for (int flips = 0; flips <= trial; flips++) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            string? fault = null;
            long start = Stopwatch.GetTimestamp();
            try
            {
                GraphLowering.Lower(PassPipeline.Run(new OnnxFormat().Import(damaged, new ImportOptions("damaged", null, InputShapes.None), cancellation).Graph, null, cancellation), cancellation);
            }
            catch (ModelException)
            {
            }
            catch (Exception unexpected) when (unexpected is not OperationCanceledException)
            {
                fault = unexpected.ToString();
            }
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > 10) fault ??= "it took too long";
            if (fault is not null) yield return $"{Path.GetFileName(folder)}, trial {trial}: {fault}";
        }
    }

    private (NodeOutcome, string) Judge(byte[] artifact)
    {
        using var model = QuantizedModel.Load(artifact);
        using var session = model.CreateSession();
        for (int i = 0; i < model.Inputs.Count; i++) Read("input", i).Bytes.Span.CopyTo(session.Input(i));
        session.Run();
        for (int o = 0; o < model.Outputs.Count; o++)
        {
            var expected = Read("output", o);
            var port = model.Outputs[o];
            if (port.Type != expected.Type.Element || !session.OutputShape(o).SequenceEqual(expected.Type.Shape)) return (NodeOutcome.Failed, $"output {o} is {port.Type} {string.Join('x', session.OutputShape(o))} instead of {expected.Type}");
            if (Difference(new Tensor(expected.Type, session.Output(o).ToArray()), expected) is { } difference) return (NodeOutcome.Failed, $"output {o}: {difference}");
        }
        return (NodeOutcome.Passed, "");
    }

    // Null where an input that would be made an initializer is no tensor of its type, but a sequence or an optional.
    private string? WithInitializers(int open, string scratch)
    {
        string path = Path.Combine(folder, "model.onnx");
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        var graph = model.Graph;
        if (open >= graph.Input.Count) return open == int.MaxValue ? path : null;
        for (int i = open; i < graph.Input.Count; i++)
        {
            if (graph.Input[i].Type?.TensorType is not { } type) return null;
            var tensor = Proto("input", i);
            // The suite writes bfloat16 as what it is not.
            if (tensor.DataType != type.ElemType) return null;
            tensor.Name = graph.Input[i].Name;
            graph.Initializer.Add(tensor);
        }
        string file = Path.Combine(scratch, $"{Path.GetFileName(folder)}.{open}.onnx");
        File.WriteAllBytes(file, model.ToByteArray());
        return file;
    }

    private TensorProto Proto(string kind, int index) => TensorProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(_data, $"{kind}_{index}.pb")));

    private Tensor Read(string kind, int index) => OnnxTensors.Read(Proto(kind, index), null);

    private static string? Difference(Tensor actual, Tensor expected)
    {
        var (a, e) = (Numbers(actual), Numbers(expected));
        if (a is null) return actual.Bytes.Span.SequenceEqual(expected.Bytes.Span) ? null : $"[{Head(actual)}] instead of [{Head(expected)}]";
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].Equals(e![i]) || Math.Abs(a[i] - e[i]) <= Absolute + Relative * Math.Abs(e[i])) continue;
            return $"element {i} is {a[i]} instead of {e[i]}";
        }
        return null;
    }

    private static string Head(Tensor tensor) => string.Join(' ', tensor.ToInt64().Take(12));

    /// <summary>The elements of a tensor of floats; null where it holds others, which must be equal.</summary>
    private static double[]? Numbers(Tensor tensor) => tensor.Type.Element switch
    {
        ElementType.F16 => [.. tensor.Span<Half>().ToArray().Select(v => (double)v)],
        ElementType.F32 => [.. tensor.Span<float>().ToArray().Select(v => (double)v)],
        ElementType.F64 => [.. tensor.Span<double>()],
        _ => null,
    };
}
