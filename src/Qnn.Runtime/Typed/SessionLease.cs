namespace Qnn.Runtime;

/// <summary>A session lent by a <see cref="ModelHost"/>, to be disposed exactly once.</summary>
public readonly ref struct SessionLease
{
    private readonly ModelHost _host;

    internal SessionLease(ModelHost host, InferenceSession session) => (_host, Session) = (host, session);

    /// <summary>The session, for the lease's holder alone.</summary>
    public InferenceSession Session { get; }

    /// <summary>Gives the session back.</summary>
    public void Dispose() => _host.Return(Session);
}
