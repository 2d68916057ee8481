using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import;

namespace Qnn.Compiler.Tests.Import;

/// <summary>Which sets of shapes the text of InputShapes holds.</summary>
public sealed class InputShapesTests
{
    [Theory]
    [InlineData("", "x", "")]
    [InlineData("1x8", "x", "1x8")]
    [InlineData("1x8;1x9", "x", "1x8 | 1x9")]
    [InlineData("1x8;1x9", "x y", "1x8 1x9")]
    [InlineData("1x8;1x9;2x8;2x9", "x y", "1x8 1x9 | 2x8 2x9")]
    [InlineData("1x8,1x9;2x8,2x9", "x y", "1x8 1x9 | 2x8 2x9")]
    [InlineData("y:1x8;y:1x9", "x y", "y:1x8 | y:1x9")]
    [InlineData("y:1x8;x:1x9;x:2x9;y:2x8", "x y", "y:1x8 x:1x9 | x:2x9 y:2x8")]
    [InlineData("x:1x8,y:1x9; x:2x8,y:2x9", "x y", "x:1x8 y:1x9 | x:2x8 y:2x9")]
    [InlineData("x:1x8;y::uint8", "x y", "x:1x8 y:scalar")]
    [InlineData("x:0:1x8;x:0:1x9", "x:0", "x:0:1x8 | x:0:1x9")]
    public void SetsAreSplit(string text, string inputs, string expected)
    {
        var sets = InputShapes.Parse(text).Split(inputs.Split(' '));
        Assert.Equal(expected, string.Join(" | ", sets.Select(set => string.Join(' ', set.Select(e => e.Name is null ? e.Shape.ToString() : $"{e.Name}:{e.Shape}")))));
    }

    [Theory]
    [InlineData("z:1x8", "x y")]
    [InlineData("1x8;1x9;2x8", "x y")]
    [InlineData("x:1x8;y:1x9;x:2x8", "x y")]
    [InlineData("1x8,1x9", "x")]
    [InlineData("x:1x8,x:1x9", "x y")]
    [InlineData("1x8,1x9;1x8", "x y")]
    public void WhatIsNoWholeSetIsAnError(string text, string inputs)
    {
        var fault = Assert.Throws<ModelException>(() => InputShapes.Parse(text).Split(inputs.Split(' '))).Diagnostics.Single();
        Assert.Equal(DiagnosticCodes.InvalidOption, fault.Code);
    }
}
