using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>Exceptions for what can be wrong with a file. The caller that knows the file's name adds it.</summary>
internal static class TfLiteFault
{
    /// <summary>Bytes are missing or make no sense.</summary>
    public static ModelException Damaged(string message) => new(DiagnosticCodes.DamagedFile, message);

    /// <summary>The model contradicts itself.</summary>
    public static ModelException Inconsistent(string message) => new(DiagnosticCodes.InconsistentModel, message);

    /// <summary>The model is beyond a limit.</summary>
    public static ModelException TooLarge(string message) => new(DiagnosticCodes.TooLarge, message);
}
