using System.Diagnostics;
using Google.Protobuf;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import;
using Qnn.Compiler.Import.Onnx;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import.Onnx;

/// <summary>Models whose messages are sound and whose meaning is not: imported and lowered, or refused with a <see cref="ModelException"/>.</summary>
public sealed class OnnxFuzzTests
{
    private const int LargestFile = 40_000;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private static readonly string[] s_operators = [.. OnnxImporter.SupportedOperators.Where(o => o.Domain.Length == 0).Select(o => o.Name)];

    [Fact]
    public void ChangedModelsAreImportedOrRefused()
    {
        const int Rounds = 3;
        var faults = new ImportFaults();
        var clock = Stopwatch.StartNew();
        foreach (string name in TestModels.OwnNames("onnx"))
        {
            byte[] bytes = TestModels.Open("onnx", name).ReadModel();
            if (bytes.Length > LargestFile) continue;
            var random = new Random(bytes.Length);
            for (int i = 0; i < Rounds && clock.Elapsed < s_limit; i++)
            {
                var model = ModelProto.Parser.ParseFrom(bytes);
                for (int n = 1 + random.Next(3); n > 0; n--) Change(model.Graph, random);
                faults.Try(name, () => OnnxImporter.Import(model, "fuzz", InputShapes.None, null, TestContext.Current.CancellationToken));
            }
        }
        faults.AssertNone();
    }

    private static void Change(GraphProto graph, Random random)
    {
        if (graph.Node.Count == 0) return;
        var node = graph.Node[random.Next(graph.Node.Count)];
        long Any() => random.Next(10) switch { 0 => 0, 1 => -1, 2 => long.MaxValue, 3 => long.MinValue, 4 => 1 << 16, 5 => int.MaxValue, _ => random.Next(6) };
        string Name() => graph.Node.SelectMany(n => n.Output).Concat(graph.Input.Select(i => i.Name)).Concat(graph.Initializer.Select(i => i.Name)).ElementAt(random.Next(graph.Node.Sum(n => n.Output.Count) + graph.Input.Count + graph.Initializer.Count));
        switch (random.Next(12))
        {
            case 0 when node.Input.Count > 0:
                node.Input[random.Next(node.Input.Count)] = random.Next(3) == 0 ? "" : Name();
                break;
            case 1 when node.Input.Count > 0:
                node.Input.RemoveAt(random.Next(node.Input.Count));
                break;
            case 2:
                node.Input.Add(Name());
                break;
            case 3:
                node.OpType = s_operators[random.Next(s_operators.Length)];
                break;
            case 4 when node.Attribute.Count > 0:
                node.Attribute.RemoveAt(random.Next(node.Attribute.Count));
                break;
            case 5 or 6 when node.Attribute.Count > 0:
                var attribute = node.Attribute[random.Next(node.Attribute.Count)];
                if (attribute.G is { } body) Change(body, random);
                else if (attribute.Ints.Count > 0 && random.Next(3) != 0) attribute.Ints[random.Next(attribute.Ints.Count)] = Any();
                else if (attribute.Ints.Count > 0) attribute.Ints.Add(Any());
                else if (attribute.S.Length > 0) attribute.S = ByteString.CopyFromUtf8("nonsense");
                else if (attribute.Type == 1) attribute.F = random.Next(3) switch { 0 => float.NaN, 1 => -1, _ => 1e30f };
                else attribute.I = Any();
                break;
            case 7 or 8 when graph.Initializer.Count > 0:
                ChangeTensor(graph.Initializer[random.Next(graph.Initializer.Count)], random, Any);
                break;
            case 9 when graph.Input.Count > 0 && graph.Input[random.Next(graph.Input.Count)].Type?.TensorType is { } type:
                if (random.Next(3) == 0) type.ElemType = random.Next(24);
                else if (type.Shape is { Dim.Count: > 0 } shape)
                {
                    int axis = random.Next(shape.Dim.Count);
                    switch (random.Next(3))
                    {
                        case 0: shape.Dim[axis].DimValue = Any(); break;
                        case 1: shape.Dim.RemoveAt(axis); break;
                        default: shape.Dim.Insert(axis, new TensorShapeProto.Types.Dimension { DimValue = 1 + random.Next(3) }); break;
                    }
                }
                break;
            case 10 when node.Output.Count > 0:
                if (random.Next(2) == 0) node.Output.Add(random.Next(2) == 0 ? "" : "another");
                else node.Output.RemoveAt(random.Next(node.Output.Count));
                break;
            case 11:
                graph.Node.RemoveAt(random.Next(graph.Node.Count));
                break;
        }
    }

    private static void ChangeTensor(TensorProto tensor, Random random, Func<long> any)
    {
        switch (random.Next(5))
        {
            case 0:
                tensor.DataType = random.Next(24);
                break;
            case 1 when tensor.Dims.Count > 0:
                tensor.Dims[random.Next(tensor.Dims.Count)] = any();
                break;
            case 2 when tensor.RawData.Length > 0:
                byte[] data = tensor.RawData.ToByteArray();
                if (random.Next(2) == 0) data[random.Next(data.Length)] ^= (byte)(1 << random.Next(8));
                else data.AsSpan().Fill((byte)random.Next(256));
                tensor.RawData = ByteString.CopyFrom(data);
                break;
            case 3 when tensor.Dims.Count > 0:
                tensor.Dims.RemoveAt(0);
                break;
            case 4:
                tensor.Dims.Insert(0, 1);
                break;
        }
    }
}
