using Google.Protobuf;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Import.Onnx;

/// <summary>ONNX models whose results' lengths are known at run time only: what has a bound compiles, what has none, or is not said by an operator, is rejected with what to do instead.</summary>
public sealed class VaryingAxesTests
{
    private const string Remedy = "how many elements there are is known at run time only. Cut the model before its postprocessing, and do that in the program";

    [Fact]
    public void ALengthIsBoundedByWhatCouldBeFound()
    {
        var model = Model([6]);
        Add(model, "NonZero", "x", "y");
        using var loaded = Load(model);
        Assert.Equal("y: int64 1x(0-6)", loaded.Outputs[0].ToString());
        using var session = loaded.CreateSession();
        foreach (var (data, expected) in new (float[], long[])[] { (new float[6], []), ([0, 0, -2, 0, float.NaN, 0], [2, 4]), ([1, 1, 1, 1, 1, 1], [0, 1, 2, 3, 4, 5]) })
        {
            data.CopyTo(session.Input<float>(0));
            session.Run();
            Assert.Equal(expected, session.Output<long>(0).ToArray());
        }
    }

    /// <summary>What was quantized lies within its type's range, less its zero point, times its scale: 55 * 0.5 here.</summary>
    [Fact]
    public void ALengthIsBoundedByWhatAQuantizedNumberCanBe()
    {
        var model = Model([1]);
        Constant(model, "scale", 0.5f);
        model.Graph.Initializer.Add(new TensorProto { Name = "zero", DataType = 2, Int32Data = { 200 } });
        Add(model, "QuantizeLinear", "x", "scale", "zero", "q");
        Add(model, "DequantizeLinear", "q", "scale", "zero", "r");
        Add(model, "Cast", "r", "n").Attribute.Add(new AttributeProto { Name = "to", I = 7, Type = 2 });
        Add(model, "ConstantOfShape", "n", "y");
        using var loaded = Load(model);
        Assert.Equal("y: float32 (0-27)", loaded.Outputs[0].ToString());
        using var session = loaded.CreateSession();
        foreach (var (count, expected) in new[] { (3.9f, 4), (-5f, 0), (1e9f, 27), (2f, 2) })
        {
            session.Input<float>(0)[0] = count;
            session.Run();
            Assert.Equal(expected, session.Output<float>(0).Length);
        }
    }

    /// <summary>The lengths of what a file computes twice in one way are one, so that a sum of both needs nothing when the model runs.</summary>
    [Fact]
    public void TheSameIsFoundOnce()
    {
        var model = Model([6]);
        Add(model, "NonZero", "x", "a");
        Add(model, "NonZero", "x", "b");
        Add(model, "Add", "a", "b", "y");
        using var loaded = Load(model);
        using var session = loaded.CreateSession(new InferenceOptions { Profile = true });
        Assert.Equal(["NonZero", "Binary", "PackCounted"], session.Profile().Select(s => s.Operator));
    }

    /// <summary>What is cut or filled up to a number has that many entries.</summary>
    [Fact]
    public void WhatIsFilledUpHasAKnownLength()
    {
        var model = Model([6]);
        model.Graph.Initializer.Add(new TensorProto { Name = "six", DataType = 7, Dims = { 1 }, Int64Data = { 6 } });
        model.Graph.Initializer.Add(new TensorProto { Name = "flat", DataType = 7, Dims = { 1 }, Int64Data = { -1 } });
        Add(model, "NonZero", "x", "a");
        Add(model, "Reshape", "a", "flat", "b");
        Add(model, "Shape", "b", "n");
        Add(model, "Sub", "six", "n", "m");
        Add(model, "ConstantOfShape", "m", "z").Attribute.Add(new AttributeProto { Name = "value", T = new TensorProto { DataType = 7, Dims = { 1 }, Int64Data = { -1 } } });
        Add(model, "Concat", "b", "z", "y").Attribute.Add(new AttributeProto { Name = "axis", I = 0 });
        using var loaded = Load(model);
        Assert.Equal("y: int64 6", loaded.Outputs[0].ToString());
        using var session = loaded.CreateSession();
        new float[] { 0, 1, 0, 0, 2, 0 }.CopyTo(session.Input<float>(0));
        session.Run();
        Assert.Equal([1, 4, -1, -1, -1, -1], session.Output<long>(0).ToArray());
    }

    /// <summary>Of two lengths, one may be 1, and is repeated then.</summary>
    [Fact]
    public void OneRowIsRepeated()
    {
        var model = Model([6]);
        Constant(model, "two", 2f);
        Constant(model, "five", 5f);
        Add(model, "Greater", "x", "two", "c");
        Add(model, "Greater", "x", "five", "d");
        Add(model, "NonZero", "c", "a");
        Add(model, "NonZero", "d", "b");
        Add(model, "Sub", "a", "b", "y");
        using var loaded = Load(model);
        using var session = loaded.CreateSession();
        foreach (var (data, expected) in new (float[], long[])[] { ([3, 0, 4, 9, 0, 3], [-3, -1, 0, 2]), ([9, 0, 9, 0, 0, 0], [0, 0]), ([0, 6, 0, 0, 0, 0], [0]) })
        {
            data.CopyTo(session.Input<float>(0));
            session.Run();
            Assert.Equal(expected, session.Output<long>(0).ToArray());
        }
    }

    [Theory]
    [InlineData("ReverseSequence")]
    [InlineData("Det")]
    [InlineData("Einsum")]
    [InlineData("LpNormalization")]
    public void AnOperatorThatSaysNothingIsRejected(string op)
    {
        var model = Model([6]);
        Add(model, "NonZero", "x", "a");
        Add(model, "Cast", "a", "b").Attribute.Add(new AttributeProto { Name = "to", I = 1 });
        Add(model, op, "b", "y");
        var fault = Fault(model);
        Assert.Equal((DiagnosticCodes.UnsupportedForm, true), (fault.Code, fault.Message.Contains(Remedy, StringComparison.Ordinal)));
    }

    [Fact]
    public void SeveralLengthsOfOneTensorAreRejected()
    {
        var model = Model([6]);
        Add(model, "NonZero", "x", "a");
        Add(model, "Cast", "a", "b").Attribute.Add(new AttributeProto { Name = "to", I = 1 });
        Add(model, "Transpose", "b", "c");
        Add(model, "MatMul", "c", "b", "y");
        Assert.Contains(Remedy, Fault(model).Message, StringComparison.Ordinal);
    }

    /// <summary>What nothing bounds is no extent, and a bound that no memory has room for is none either.</summary>
    [Theory]
    [InlineData("ConstantOfShape")]
    [InlineData("Range")]
    public void AnExtentWithoutABoundIsRejected(string op)
    {
        var model = Model([1]);
        model.Graph.Input[0].Type.TensorType.ElemType = 7;
        if (op == "Range")
        {
            Constant(model, "zero", 0L);
            Constant(model, "one", 1L);
            Add(model, "Squeeze", "x", "n");
            Add(model, "Range", "zero", "n", "one", "y");
        }
        else Add(model, op, "x", "y");
        var fault = Fault(model);
        Assert.Equal(DiagnosticCodes.UnsupportedForm, fault.Code);
        Assert.Contains("nothing bounds it; it must be constant", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAbsurdBoundIsAnError()
    {
        // Each pair of a pair's elements: 4096 ^ 2 places of 8 bytes, three times over.
        var model = Model([4096]);
        Add(model, "NonZero", "x", "a");
        Add(model, "Shape", "a", "s");
        Add(model, "Mul", "s", "s", "t");
        Add(model, "Mul", "t", "t", "u");
        Add(model, "ConstantOfShape", "u", "y");
        Assert.Equal(DiagnosticCodes.UnsupportedForm, Fault(model).Code);
    }

    [Fact]
    public void BothGraphsOfAConditionMayBeOfOtherLengths()
    {
        var model = Model([4]);
        Constant(model, "five", 5f);
        Add(model, "ReduceMax", "x", "m").Attribute.Add(new AttributeProto { Name = "keepdims", I = 0 });
        Add(model, "Greater", "m", "five", "c");
        var choice = Add(model, "If", "c", "y");
        foreach (var (name, op) in new[] { ("then_branch", "Concat"), ("else_branch", "Identity") })
        {
            var inner = new GraphProto { Name = name, Output = { new ValueInfoProto { Name = name } } };
            var node = new NodeProto { OpType = op, Output = { name } };
            node.Input.Add("x");
            if (op == "Concat")
            {
                node.Input.Add("x");
                node.Attribute.Add(new AttributeProto { Name = "axis", I = 0 });
            }
            inner.Node.Add(node);
            choice.Attribute.Add(new AttributeProto { Name = name, G = inner });
        }
        using var loaded = Load(model);
        using var session = loaded.CreateSession();
        foreach (float[] data in (float[][])[[1, 2, 3, 4], [1, 2, 3, 9]])
        {
            data.CopyTo(session.Input<float>(0));
            session.Run();
            Assert.Equal(data[3] > 5 ? [.. data, .. data] : data, session.Output<float>(0).ToArray());
        }
    }

    /// <summary>A loop is written out as often as it can run at most: without a bound it cannot be, nor where that would be more than a program.</summary>
    [Theory]
    [InlineData(false, 1, "nothing bounds it to 4096 times. Give it a constant number of turns")]
    [InlineData(true, 60, "of its turns are")]
    public void ALoopWithoutABoundIsRejected(bool isBounded, int steps, string expected)
    {
        var model = Model([4]);
        Add(model, "ReduceMax", "x", "m").Attribute.Add(new AttributeProto { Name = "keepdims", I = 0 });
        Add(model, "Cast", "m", "n").Attribute.Add(new AttributeProto { Name = "to", I = 7 });
        Constant(model, "most", 4000L);
        Add(model, "Min", "n", "most", "limit");
        model.Graph.Initializer.Add(new TensorProto { Name = "true", DataType = 9, Int32Data = { 1 } });
        var inner = new GraphProto { Name = "body", Input = { new ValueInfoProto { Name = "i" }, new ValueInfoProto { Name = "on" }, new ValueInfoProto { Name = "s0" } }, Output = { new ValueInfoProto { Name = "on" }, new ValueInfoProto { Name = $"s{steps}" } } };
        for (int i = 0; i < steps; i++) inner.Node.Add(new NodeProto { OpType = "Add", Input = { $"s{i}", "x" }, Output = { $"s{i + 1}" } });
        Add(model, "Loop", isBounded ? "limit" : "n", "true", "x", "y").Attribute.Add(new AttributeProto { Name = "body", G = inner });
        var fault = Fault(model);
        Assert.Equal(DiagnosticCodes.UnsupportedForm, fault.Code);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private static ModelProto Model(int[] shape)
    {
        var graph = new GraphProto { Name = "test" };
        var extents = new TensorShapeProto { Dim = { shape.Select(e => new TensorShapeProto.Types.Dimension { DimValue = e }) } };
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeTensor { ElemType = 1, Shape = extents } } });
        graph.Output.Add(new ValueInfoProto { Name = "y" });
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 13 } } };
    }

    // The last name is the result's.
    private static NodeProto Add(ModelProto model, string op, params string[] names)
    {
        var node = new NodeProto { OpType = op, Input = { names[..^1] }, Output = { names[^1] } };
        if (op == "Einsum") node.Attribute.Add(new AttributeProto { Name = "equation", S = ByteString.CopyFromUtf8("ij->ji") });
        model.Graph.Node.Add(node);
        return node;
    }

    private static void Constant(ModelProto model, string name, float value) => model.Graph.Initializer.Add(new TensorProto { Name = name, DataType = 1, FloatData = { value } });

    private static void Constant(ModelProto model, string name, long value) => model.Graph.Initializer.Add(new TensorProto { Name = name, DataType = 7, Int64Data = { value } });

    private static Diagnostic Fault(ModelProto model) => Assert.Single(Compile(model).Diagnostics);

    private static QuantizedModel Load(ModelProto model)
    {
        var result = Compile(model);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return QuantizedModel.LoadTrusted(result.Model!.Artifact);
    }

    private static CompilationResult Compile(ModelProto model)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            File.WriteAllBytes(path, model.ToByteArray());
            return ModelCompiler.Compile(new CompileOptions { ModelPath = path }, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
