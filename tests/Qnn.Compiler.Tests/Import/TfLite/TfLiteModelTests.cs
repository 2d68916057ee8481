using Qnn.Compiler.Import.TfLite;
using Qnn.Runtime;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Reading the models of the test folder.</summary>
public sealed class TfLiteModelTests
{
    public static IEnumerable<object[]> Models => TestModels.Rows("tflite");

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryTestModelOpensWithTheInputsAndOutputsThatWereRecorded(string name)
    {
        Assert.SkipWhen(TestModels.Root is null, TestModels.MissingReason);
        var model = TestModels.Open("tflite", name);
        var file = TfLiteFile.Open(model.ReadModel());

        Assert.NotEmpty(file.Main.Operators);
        AssertSame(model.Golden.Cases[0].Inputs, file.Main.Inputs);
        AssertSame(model.Golden.Cases[0].Outputs, file.Main.Outputs);
        Assert.All(file.Main.Operators, op => Assert.True(Enum.IsDefined(op.Code), op.ToString()));
        Assert.All(file.Main.Tensors, tensor => Assert.Equal(tensor.Element is not null, tensor.IrType is not null));
        _ = file.ReadMetadata();
    }

    private static void AssertSame(IReadOnlyList<GoldenTensor> expected, IReadOnlyList<TfLiteTensor> actual) =>
        Assert.Equal(
            expected.Zip(actual, (e, a) => (e.Name.Length > 0 ? e.Name : $"tensor_{a.Index}", e.Dtype)),
            actual.Select(a => (a.Name, a.Element!.Value.Name())));
}
