namespace Qnn.Compiler.Import.TorchScript.Archive;

/// <summary>A pickled name, <c>torch._utils._rebuild_tensor_v2</c>. Only those that the reader knows ever mean anything.</summary>
internal sealed record TorchGlobal(string Name);

/// <summary>An instance of a class of the archive: a module, or one of PyTorch's packed parameters.</summary>
internal sealed class TorchObject(string className)
{
    /// <summary>The class: <c>__torch__.torch.nn.modules.linear.Linear</c>.</summary>
    public string ClassName { get; } = className;

    /// <summary>Attributes by name.</summary>
    public Dictionary<string, object?> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>What the class's <c>__setstate__</c> is to make of, or null.</summary>
    public object? State { get; set; }

    /// <summary>The module's place in the model, <c>features.3.conv.1</c>; null until it is first reached.</summary>
    public string? Path { get; set; }

    /// <summary>Whether <see cref="State"/> has become attributes.</summary>
    public bool IsReady { get; set; }
}

/// <summary>A list, which TorchScript code can append to.</summary>
internal sealed class TorchList(IEnumerable<object?> items)
{
    public List<object?> Items { get; } = [.. items];
}

/// <summary>A dictionary.</summary>
internal sealed class TorchDictionary
{
    public Dictionary<object, object?> Items { get; } = [];
}

/// <summary>An embedding's weights: unsigned integers of 8 or 4 bits, with a float scale and a float zero point for each row.</summary>
internal sealed record FloatQuantized(Ir.Tensor Data, float[] Scales, float[] ZeroPoints, int Bits);
