namespace Qnn.Compiler.Diagnostics;

/// <summary>A fault in the user's model or options that ends compilation. Carries one diagnostic or more; never a fault of the compiler.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Creates it for one diagnostic.</summary>
    public ModelException(Diagnostic diagnostic) : this([diagnostic]) { }

    /// <summary>Creates it for several.</summary>
    public ModelException(IReadOnlyList<Diagnostic> diagnostics) : base(string.Join(Environment.NewLine, diagnostics)) => Diagnostics = diagnostics;

    /// <summary>Creates it for a code and a message; the caller that knows the file adds it.</summary>
    public ModelException(string code, string message) : this(Diagnostic.Error(code, message)) { }

    /// <summary>What is wrong, at least one error.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
