namespace Qnn.Runtime;

/// <summary>Sessions of one model (one of its shape sets), for calls to take turns with.</summary>
internal sealed class SessionPool(QuantizedModel model)
{
    // Those that find no place here are freed.
    private readonly InferenceSession?[] _idle = new InferenceSession?[Math.Clamp(Environment.ProcessorCount, 1, 64)];

    public QuantizedModel Model => model;

    public SessionLease Rent()
    {
        for (int i = 0; i < _idle.Length; i++)
        {
            if (Volatile.Read(ref _idle[i]) is null || Interlocked.Exchange(ref _idle[i], null) is not { } idle) continue;
            if (model.HasState) idle.ResetState();
            return new SessionLease(this, idle);
        }
        return new SessionLease(this, model.CreateSession());
    }

    public void Return(InferenceSession session)
    {
        for (int i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], session, null) is null) return;
        }
        session.Dispose();
    }
}
