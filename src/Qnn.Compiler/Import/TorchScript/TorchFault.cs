using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>Exceptions for what can be wrong with an archive. The caller that knows the file's name adds it.</summary>
internal static class TorchFault
{
    /// <summary>Bytes are missing or make no sense.</summary>
    public static ModelException Damaged(string message) => new(DiagnosticCodes.DamagedFile, message);

    /// <summary>The model contradicts itself.</summary>
    public static ModelException Inconsistent(string message) => new(DiagnosticCodes.InconsistentModel, message);

    /// <summary>The model is beyond a limit.</summary>
    public static ModelException TooLarge(string message) => new(DiagnosticCodes.TooLarge, message);

    /// <summary>A form that is not supported.</summary>
    public static ModelException Unsupported(string message) => new(DiagnosticCodes.UnsupportedForm, message);
}
