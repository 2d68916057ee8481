namespace Qnn.Runtime;

/// <summary>A session lent by a <see cref="ModelHost"/>, to be disposed exactly once.</summary>
public readonly ref struct SessionLease
{
    private readonly SessionPool _pool;

    internal SessionLease(SessionPool pool, InferenceSession session) => (_pool, Session) = (pool, session);

    /// <summary>The session, for the lease's holder alone.</summary>
    public InferenceSession Session { get; }

    /// <summary>Gives the session back.</summary>
    public void Dispose() => _pool.Return(Session);
}
