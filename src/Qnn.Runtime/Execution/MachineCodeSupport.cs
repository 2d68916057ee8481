namespace Qnn.Runtime;

/// <summary>Whether machine code of an artifact can run in this process.</summary>
internal static class MachineCodeSupport
{
    /// <summary>No artifact carries machine code yet; issue 3 adds it.</summary>
    public static bool IsSupported => false;
}
