namespace Qnn.Compiler.Import.TfLite;

/// <summary>
/// Keeps the work on a file linear in its size. A FlatBuffer can use one long list in a million places; converters never do,
/// but a hostile file of a few megabytes could ask for hours and terabytes that way.
/// </summary>
internal sealed class TfLiteReadBudget(long fileBytes)
{
    private long _elements = 16 * fileBytes + (1 << 20);
    private long _constantBytes = 8 * fileBytes + (64 << 20);

    /// <summary>Takes note of list elements or string bytes that are read.</summary>
    public void Charge(long elements)
    {
        if ((_elements -= elements) < 0) throw TfLiteFault.TooLarge("The file uses the same lists so often that reading them would take far more than its size.");
    }

    /// <summary>Takes note of a constant tensor's bytes, which importers may copy.</summary>
    public void ChargeConstant(long bytes)
    {
        if ((_constantBytes -= bytes) < 0) throw TfLiteFault.TooLarge("The file uses the same buffers for so many constants that they would take far more than its size.");
    }
}
