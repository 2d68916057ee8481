using Google.Protobuf;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import;
using Qnn.Compiler.Import.Onnx;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Tests.Import.Onnx;

/// <summary>What ONNX graphs become, and what is said of those that are no good.</summary>
public sealed class OnnxImportTests
{
    [Fact]
    public void AConvolutionBetweenQuantizersIsOneOperator()
    {
        var graph = PassPipeline.Run(Import(QuantizedConvolution()), null, TestContext.Current.CancellationToken);
        var convolution = Assert.Single(graph.Nodes, n => n.Operator is QnnConv2D);
        Assert.NotNull(((QnnConv2D)convolution.Operator).Epilogue);
        Assert.DoesNotContain(graph.Nodes, n => n.Operator is Quantize or Requantize or Conv2D);
        Assert.Equal("y", Assert.Single(graph.Outputs).Name);
    }

    /// <summary>A Shape beside the QuantizeLinear is worked out when ONNX Runtime loads a model whose extents are stated, and keeps a Conv float where they are not.</summary>
    [Theory]
    [InlineData(false, typeof(QnnConv2D))]
    [InlineData(true, typeof(Conv2D))]
    public void AKnownShapeIsNoUser(bool isOpen, Type expected)
    {
        var model = QuantizedConvolution();
        if (isOpen) model.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimParam = "batch" };
        model.Graph.Node.Insert(4, new NodeProto { OpType = "Shape", Input = { "r" }, Output = { "s" } });
        model.Graph.Output.Add(new ValueInfoProto { Name = "s" });
        Assert.Contains(Import(model, shapes: isOpen ? "1x2x5x6" : null).Nodes, n => n.Operator.GetType() == expected);
    }

    [Fact]
    public void AllUnsupportedOperatorsAreNamedAtOnce()
    {
        var model = QuantizedConvolution();
        model.Graph.Node.Add(new NodeProto { Name = "first", OpType = "MaxRoiPool", Input = { "y" }, Output = { "a" } });
        model.Graph.Node.Add(new NodeProto { Name = "second", OpType = "MyOp", Domain = "mine", Input = { "a" }, Output = { "b" } });
        var fault = Assert.Throws<ModelException>(() => Import(model)).Diagnostics.Single();
        Assert.Equal(DiagnosticCodes.UnsupportedOperator, fault.Code);
        Assert.Contains("'first': MaxRoiPool version 13", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'second': mine.MyOp", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheResultOfANamelessNodeKeepsItsName()
    {
        // It becomes several operators, which go by its result's name.
        var model = QuantizedConvolution();
        model.Graph.Node.Clear();
        model.Graph.Node.Add(new NodeProto { OpType = "InstanceNormalization", Input = { model.Graph.Input[0].Name, "one", "one" }, Output = { "n" } });
        model.Graph.Node.Add(new NodeProto { OpType = "MaxPool", Input = { "n" }, Output = { "y" }, Attribute = { new AttributeProto { Name = "kernel_shape", Ints = { 2, 2 } } } });
        model.Graph.Input[0].Type.TensorType.ElemType = 1;
        int channels = (int)model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue;
        model.Graph.Initializer.Add(new TensorProto { Name = "one", DataType = 1, Dims = { channels }, FloatData = { Enumerable.Repeat(1f, channels) } });
        Assert.Equal("y", Assert.Single(Import(model).Outputs).Name);
    }

    [Fact]
    public void ACycleIsRejected()
    {
        var model = QuantizedConvolution();
        model.Graph.Node.Clear();
        model.Graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "b" }, Output = { "y" } });
        model.Graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "y" }, Output = { "b" } });
        Assert.Equal(DiagnosticCodes.InconsistentModel, Assert.Throws<ModelException>(() => Import(model)).Diagnostics.Single().Code);
    }

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    public void DataOutsideTheModelsFolderAreNotRead(string location)
    {
        var model = QuantizedConvolution();
        var weights = model.Graph.Initializer.Single(i => i.Name == "w");
        weights.RawData = ByteString.Empty;
        weights.DataLocation = 1;
        weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        var fault = Assert.Throws<ModelException>(() => Import(model, Path.Combine(Path.GetTempPath(), "model.onnx"))).Diagnostics.Single();
        Assert.Equal(DiagnosticCodes.InconsistentModel, fault.Code);
    }

    [Fact]
    public void AnExtentOfOneNameIsSaidOnce()
    {
        static ValueInfoProto Open(string name, params string[] extents)
        {
            var shape = new TensorShapeProto();
            foreach (string extent in extents) shape.Dim.Add(int.TryParse(extent, out int known) ? new TensorShapeProto.Types.Dimension { DimValue = known } : new TensorShapeProto.Types.Dimension { DimParam = extent });
            return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeTensor { ElemType = 1, Shape = shape } } };
        }

        ModelProto Model()
        {
            var graph = new GraphProto();
            string[] names = ["a", "b", "c", "d", "e"];
            graph.Input.AddRange([Open("a", "batch", "rows"), .. names[1..].Select(name => Open(name, "batch", "past", "4"))]);
            var node = new NodeProto { OpType = "Concat" };
            node.Input.AddRange(names[1..]);
            node.Output.Add("y");
            node.Attribute.Add(new AttributeProto { Name = "axis", I = 1 });
            graph.Node.Add(node);
            graph.Output.Add(new ValueInfoProto { Name = "y" });
            var model = new ModelProto { IrVersion = 8, Graph = graph };
            model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
            return model;
        }

        Assert.Equal([2, 12, 4], Import(Model(), shapes: "a:2x5;b:2x3x4").Outputs[0].Type.Shape);
        string fault = Assert.Throws<ModelException>(() => Import(Model(), shapes: "a:2x5")).Diagnostics.Single().Message;
        Assert.Contains("'b', 'c', 'd', 'e'", fault, StringComparison.Ordinal);
        Assert.Contains("InputShapes=\"a:2x5;b:2x1x4\"", fault, StringComparison.Ordinal);
        Assert.Contains("'a', 'b', 'c' and 2 more", Assert.Throws<ModelException>(() => Import(Model())).Diagnostics.Single().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RandomUniformLike", "", "random")]
    [InlineData("StringNormalizer", "", "text")]
    [InlineData("BeamSearch", "com.microsoft", "Export the decoder alone")]
    public void WhatHasNoPlaceInAModelIsRefusedWithAReason(string op, string domain, string reason)
    {
        var model = QuantizedConvolution();
        var node = new NodeProto { OpType = op, Domain = domain };
        node.Input.Add("x");
        node.Output.Add("refused");
        model.Graph.Node.Add(node);
        model.Graph.Output.Add(new ValueInfoProto { Name = "refused" });
        var fault = Assert.Throws<ModelException>(() => Import(model)).Diagnostics.Single();
        Assert.Equal(DiagnosticCodes.UnsupportedForm, fault.Code);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOpenDimensionIsBoundByInputShapes()
    {
        var model = QuantizedConvolution();
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimParam = "batch" };
        Assert.Equal(DiagnosticCodes.OpenShape, Assert.Throws<ModelException>(() => Import(model)).Diagnostics.Single().Code);
        Assert.Equal(3, Import(model, shapes: "x:3x2x5x6:uint8").Outputs[0].Type.Shape[0]);
    }

    [Fact]
    public void TruncatedAndDamagedFilesGiveDiagnostics()
    {
        byte[] bytes = QuantizedConvolution().ToByteArray();
        var random = new Random(7);
        for (int trial = 0; trial < 400; trial++)
        {
            byte[] damaged = trial % 2 == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
            if (trial % 2 == 1) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                new OnnxFormat().Import(damaged, new ImportOptions("test", null, InputShapes.None), TestContext.Current.CancellationToken);
            }
            catch (ModelException fault)
            {
                Assert.NotEmpty(fault.Diagnostics);
            }
        }
    }

    [Theory]
    [InlineData(1, typeof(QnnConv2D))]
    [InlineData(0, typeof(Unary))]
    public void AConstantConditionChoosesAGraph(byte condition, Type expected)
    {
        var model = QuantizedConvolution();
        var nodes = model.Graph.Node.ToArray();
        model.Graph.Node.Clear();
        model.Graph.Node.Add(nodes[..2]);
        var (convolution, copy) = (new GraphProto(), new GraphProto());
        convolution.Node.Add(nodes[2..]);
        convolution.Output.Add(new ValueInfoProto { Name = "y" });
        copy.Node.Add(new NodeProto { OpType = "Abs", Input = { "xf" }, Output = { "a" } });
        copy.Output.Add(new ValueInfoProto { Name = "a" });
        model.Graph.Initializer.Add(new TensorProto { Name = "if", DataType = 9, RawData = ByteString.CopyFrom(condition) });
        model.Graph.Node.Add(new NodeProto { OpType = "If", Input = { "if" }, Output = { "z" }, Attribute = { new AttributeProto { Name = "then_branch", G = convolution }, new AttributeProto { Name = "else_branch", G = copy } } });
        model.Graph.Output[0].Name = "z";
        Assert.Contains(Import(model).Nodes, n => n.Operator.GetType() == expected);
    }

    [Fact]
    public void AGeluWrittenOutIsFound()
    {
        var graph = new GraphProto { Name = "test" };
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeTensor { ElemType = 1, Shape = Shape(2, 9) } } });
        graph.Output.Add(new ValueInfoProto { Name = "y" });
        graph.Initializer.Add(Floats("root", MathF.Sqrt(2)));
        graph.Initializer.Add(Floats("one", 1));
        graph.Initializer.Add(Floats("half", 0.5f));
        graph.Node.Add(new NodeProto { OpType = "Div", Input = { "x", "root" }, Output = { "a" } });
        graph.Node.Add(new NodeProto { OpType = "Erf", Input = { "a" }, Output = { "b" } });
        graph.Node.Add(new NodeProto { OpType = "Add", Input = { "b", "one" }, Output = { "c" } });
        graph.Node.Add(new NodeProto { OpType = "Mul", Input = { "x", "c" }, Output = { "d" } });
        graph.Node.Add(new NodeProto { OpType = "Mul", Input = { "d", "half" }, Output = { "y" } });
        var imported = PassPipeline.Run(Import(new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } }), null, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(imported.Nodes, n => n.Operator is Binary { Kind: BinaryKind.Divide });
        Assert.Single(imported.Nodes, n => n.Operator is Unary { Kind: UnaryKind.MlasGelu });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATermThatJoinedItsProductIsNotAskedForAgain(bool termFirst)
    {
        var graph = new GraphProto { Name = "test" };
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeTensor { ElemType = 1, Shape = Shape(1, 3, 4) } } });
        graph.Output.Add(new ValueInfoProto { Name = "y" });
        graph.Initializer.Add(new TensorProto { Name = "w", DataType = 1, Dims = { 4, 4 }, FloatData = { Enumerable.Range(0, 16).Select(i => i * 0.1f) } });
        foreach (string name in (string[])["bias", "gamma", "beta"]) graph.Initializer.Add(new TensorProto { Name = name, DataType = 1, Dims = { 4 }, FloatData = { 1, 2, 3, 4 } });
        graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { "x", "w" }, Output = { "a" } });
        graph.Node.Add(new NodeProto { OpType = "Add", Input = { "a", "bias" }, Output = { "b" } });
        graph.Node.Add(new NodeProto { OpType = "Add", Input = { termFirst ? "b" : "x", termFirst ? "x" : "b" }, Output = { "c" } });
        graph.Node.Add(new NodeProto { OpType = "LayerNormalization", Input = { "c", "gamma", "beta" }, Output = { "y" } });
        Assert.NotEmpty(Import(new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } }).Nodes);
    }

    /// <summary>Fifty times two paths that meet again behind a Transpose: looked at path by path, 2 to the 50.</summary>
    [Fact]
    public async Task PathsThatMeetAgainDoNotMultiplyTheWork()
    {
        const int Meetings = 50;
        var graph = new GraphProto { Name = "test" };
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeTensor { ElemType = 1, Shape = Shape(2, 5, 7) } } });
        graph.Output.Add(new ValueInfoProto { Name = "y" });
        graph.Output.Add(new ValueInfoProto { Name = "z" });
        graph.Node.Add(new NodeProto { OpType = "Transpose", Input = { "x" }, Output = { "m0" }, Attribute = { new AttributeProto { Name = "perm", Ints = { 0, 2, 1 } } } });
        for (int i = 0; i < Meetings; i++)
        {
            graph.Node.Add(new NodeProto { OpType = "Sigmoid", Input = { $"m{i}" }, Output = { $"s{i}" } });
            graph.Node.Add(new NodeProto { OpType = "Mul", Input = { $"m{i}", $"s{i}" }, Output = { $"m{i + 1}" } });
        }
        graph.Node.Add(new NodeProto { OpType = "ReduceMean", Input = { "m0" }, Output = { "y" }, Attribute = { new AttributeProto { Name = "axes", Ints = { 1 } } } });
        graph.Node.Add(new NodeProto { OpType = "ReduceMean", Input = { $"m{Meetings}" }, Output = { "z" }, Attribute = { new AttributeProto { Name = "axes", Ints = { 2 } } } });
        var model = new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 13 } } };
        var imported = await Task.Run(() => Import(model), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(Meetings, imported.Nodes.Count(n => n.Operator is Unary));
    }

    /// <summary>Weights that are doubled fifty times before they are multiplied by.</summary>
    [Fact]
    public async Task ConstantsTakenTwiceDoNotMultiplyTheWork()
    {
        const int Meetings = 50;
        var graph = new GraphProto { Name = "test" };
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeTensor { ElemType = 1, Shape = Shape(3, 4) } } });
        graph.Output.Add(new ValueInfoProto { Name = "y" });
        graph.Initializer.Add(new TensorProto { Name = "w0", DataType = 1, Dims = { 4, 2 }, FloatData = { 1, 2, 3, 4, 5, 6, 7, 8 } });
        for (int i = 0; i < Meetings; i++) graph.Node.Add(new NodeProto { OpType = "Add", Input = { $"w{i}", $"w{i}" }, Output = { $"w{i + 1}" } });
        graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { "x", $"w{Meetings}" }, Output = { "y" } });
        var model = new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 13 } } };
        var imported = await Task.Run(() => Import(model), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Single(imported.Nodes, n => n.Operator is BatchMatMul);
    }

    private static Graph Import(ModelProto model, string? path = null, string? shapes = null) =>
        new OnnxFormat().Import(model.ToByteArray(), new ImportOptions("test", null, InputShapes.Parse(shapes), path), TestContext.Current.CancellationToken).Graph;

    /// <summary>x: uint8 [1, 2, 5, 6] -> DequantizeLinear -> Conv 3x3 -> Relu -> QuantizeLinear -> y.</summary>
    private static ModelProto QuantizedConvolution()
    {
        var graph = new GraphProto { Name = "test" };
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeTensor { ElemType = 2, Shape = Shape(1, 2, 5, 6) } } });
        graph.Output.Add(new ValueInfoProto { Name = "y" });
        graph.Initializer.Add(Floats("sx", 0.1f));
        graph.Initializer.Add(Bytes("zx", 2, 3));
        graph.Initializer.Add(new TensorProto { Name = "w", DataType = 3, Dims = { 4, 2, 3, 3 }, RawData = ByteString.CopyFrom([.. Enumerable.Range(0, 72).Select(i => (byte)(i * 37))]) });
        graph.Initializer.Add(Floats("sw", 0.01f));
        graph.Initializer.Add(Bytes("zw", 3, 0));
        graph.Initializer.Add(Floats("sy", 0.2f));
        graph.Initializer.Add(Bytes("zy", 2, 0));
        graph.Node.Add(new NodeProto { OpType = "DequantizeLinear", Input = { "x", "sx", "zx" }, Output = { "xf" } });
        graph.Node.Add(new NodeProto { OpType = "DequantizeLinear", Input = { "w", "sw", "zw" }, Output = { "wf" } });
        graph.Node.Add(new NodeProto { Name = "conv", OpType = "Conv", Input = { "xf", "wf" }, Output = { "c" } });
        graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "c" }, Output = { "r" } });
        graph.Node.Add(new NodeProto { OpType = "QuantizeLinear", Input = { "r", "sy", "zy" }, Output = { "y" } });
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 13 } } };
    }

    private static TensorShapeProto Shape(params long[] extents) => new() { Dim = { extents.Select(e => new TensorShapeProto.Types.Dimension { DimValue = e }) } };

    private static TensorProto Floats(string name, float value) => new() { Name = name, DataType = 1, FloatData = { value } };

    private static TensorProto Bytes(string name, int type, byte value) => new() { Name = name, DataType = type, RawData = ByteString.CopyFrom(value) };
}
