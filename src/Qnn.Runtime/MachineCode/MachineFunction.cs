namespace Qnn.Runtime.MachineCode;

/// <summary>Calls functions of an artifact's machine code, which take one pointer by the System V convention.</summary>
internal static unsafe class MachineFunction
{
    private static readonly Lock s_lock = new();
    // Mapped once and kept as long as the process lives.
    private static ExecutableMemory? s_memory;
    private static void* s_bridge;

    /// <summary>To be called before the first call.</summary>
    /// <exception cref="InvalidOperationException">The system forbids executable memory.</exception>
    public static void Prepare()
    {
        if (!OperatingSystem.IsWindows()) return;
        lock (s_lock)
        {
            s_memory ??= new ExecutableMemory(WindowsBridge.Code);
            s_bridge = s_memory.Address;
        }
    }

    /// <summary>Calls a function.</summary>
    public static void Call(byte* function, void* argument)
    {
        if (OperatingSystem.IsWindows()) ((delegate* unmanaged<void*, byte*, void>)s_bridge)(argument, function);
        else ((delegate* unmanaged<void*, void>)function)(argument);
    }

    /// <summary>Calls a function that takes a few microseconds at most: a garbage collection waits for it.</summary>
    public static void CallShort(byte* function, void* argument)
    {
        if (OperatingSystem.IsWindows()) ((delegate* unmanaged[SuppressGCTransition]<void*, byte*, void>)s_bridge)(argument, function);
        else ((delegate* unmanaged[SuppressGCTransition]<void*, void>)function)(argument);
    }
}
