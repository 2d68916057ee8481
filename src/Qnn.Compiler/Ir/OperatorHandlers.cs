namespace Qnn.Compiler.Ir;

/// <summary>
/// Finds what a stage does for each operator: the classes of this assembly that derive from the stage's generic base, by its operator argument.
/// An operator is added by adding files; no list names them.
/// </summary>
internal static class OperatorHandlers
{
    /// <summary>Instances of all concrete subclasses of <paramref name="genericBase"/> (with one type parameter, the operator), by operator type.</summary>
    public static Dictionary<Type, T> Discover<T>(Type genericBase) where T : class
    {
        var handlers = new Dictionary<Type, T>();
        foreach (var type in typeof(OperatorHandlers).Assembly.GetTypes())
        {
            if (type.IsAbstract || type.IsGenericTypeDefinition) continue;
            for (var b = type.BaseType; b is not null; b = b.BaseType)
            {
                if (!b.IsGenericType || b.GetGenericTypeDefinition() != genericBase) continue;
                handlers.Add(b.GetGenericArguments()[0], (T)Activator.CreateInstance(type, nonPublic: true)!);
                break;
            }
        }
        return handlers;
    }
}
