namespace Qnn.Runtime;

/// <summary>An artifact (.qnnc) is damaged, hostile, or of a version that this runtime does not read. The message says what is wrong and where.</summary>
public sealed class QnnFormatException : FormatException
{
    /// <summary>Creates the exception without detail.</summary>
    public QnnFormatException() : base("The compiled model is damaged.") { }

    /// <summary>Creates the exception with a message that names the faulty part.</summary>
    public QnnFormatException(string message) : base(message) { }

    /// <summary>Creates the exception with a message and the fault that led to it.</summary>
    public QnnFormatException(string message, Exception innerException) : base(message, innerException) { }
}
