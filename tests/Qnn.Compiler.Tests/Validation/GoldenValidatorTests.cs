using System.Runtime.InteropServices;
using Qnn.Compiler.Validation;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Validation;

public sealed class GoldenValidatorTests
{
    private static GoldenComparison Compare<T>(T[] actual, T[] expected, double tolerance = 0) where T : unmanaged =>
        GoldenValidator.Compare("case", new TensorDescription("y", ElementTypes.Of<T>(), [actual.Length], 0, 0, ""), MemoryMarshal.AsBytes<T>(actual), MemoryMarshal.AsBytes<T>(expected), tolerance);

    [Fact]
    public void CountsAndMeasuresDifferences()
    {
        var comparison = Compare<sbyte>([1, -128, 5, 7], [1, 127, 5, 8]);
        Assert.Equal((4, 2, 255.0, 1, 2, false), (comparison.Elements, comparison.Different, comparison.LargestDifference, comparison.FirstDifference, comparison.Outside, comparison.Passed));
        Assert.Equal((2, 1, false), (Compare<sbyte>([1, -128, 5, 7], [1, 127, 5, 8], 1) is var c ? (c.Different, c.Outside, c.Passed) : default));
        Assert.True(Compare<byte>([1, 2], [2, 1], 1).Passed);
    }

    [Fact]
    public void LargeIntegersAreNotRounded()
    {
        Assert.Equal(1, Compare([long.MaxValue], [long.MaxValue - 1]).LargestDifference);
        Assert.False(Compare([ulong.MaxValue], [0UL], 1e18).Passed);
        Assert.False(Compare([long.MinValue], [long.MaxValue], 1e18).Passed);
    }

    [Fact]
    public void NumbersAreComparedByValue()
    {
        Assert.Equal(0, Compare([0f, float.NaN, float.PositiveInfinity], [-0f, BitConverter.Int32BitsToSingle(-1), float.PositiveInfinity]).Different);
        Assert.Equal(double.PositiveInfinity, Compare([float.NaN], [1f], 1e30).LargestDifference);
        Assert.False(Compare([float.NaN], [1f], 1e30).Passed);
        Assert.False(Compare([float.PositiveInfinity], [float.NegativeInfinity], 1e30).Passed);
    }

    [Fact]
    public void ScoresAreRankedOnBothSides()
    {
        float[] actual = [0, 5, 1, 9, 2, 2, 0, 0, 0, 7, 3], expected = [0, 5, 1, 9, 2, 2, 0, 0, 8, 7, 3];
        var comparison = Compare(actual, expected);
        Assert.Equal([3, 9, 1], comparison.Top);
        Assert.Equal([3, 8, 9], comparison.ExpectedTop);
        Assert.Contains("top 3: 3, 9, 1, recorded: 3, 8, 9", comparison.ToString(), StringComparison.Ordinal);
        Assert.Contains("identical; top 3: 3, 9, 1", Compare(actual, actual).ToString(), StringComparison.Ordinal);
        Assert.Empty(Compare<sbyte>([1, 2, 3], [1, 2, 3]).Top);
    }

    [Fact]
    public void ARecordingIsFoundByItsSetAndRelease()
    {
        var tensor = new GoldenTensor("y", "file", new Dictionary<string, string> { ["torch1.13-qnnpack"] = "old", ["libtorch2.10-qnnpack"] = "new", ["reference"] = "r" });
        Assert.Equal(["new", "r", "file"], [tensor.FileFor("qnnpack"), tensor.FileFor("reference"), tensor.FileFor("fbgemm")]);
    }
}
