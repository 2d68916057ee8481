using System.Runtime.InteropServices;
using Qnn.Runtime;

namespace Qnn.Bench;

/// <summary>A compiled model.</summary>
internal sealed class QnnContender : Contender
{
    private readonly QuantizedModel _model;
    private readonly InferenceSession _session;

    public QnnContender(string name, string artifact, InferenceOptions options) : base(name, options.Threads)
    {
        // Compiled by the parent process a moment ago: its machine code may run.
        _model = QuantizedModel.LoadTrusted(File.ReadAllBytes(artifact));
        _session = _model.CreateSession(options);
        for (int i = 0; i < _model.Inputs.Count; i++) FillInput(_model.Inputs[i].Type, _session.Input(i), i);
    }

    public InferenceSession Session => _session;

    public override void Run() => _session.Run();

    public override void Dispose()
    {
        _session.Dispose();
        _model.Dispose();
    }

    private static void FillInput(ElementType type, Span<byte> bytes, int seed)
    {
        var random = new Random(seed);
        if (type == ElementType.S64)
        {
            foreach (ref long x in MemoryMarshal.Cast<byte, long>(bytes)) x = random.NextInt64(16);
            return;
        }
        if (type != ElementType.F32)
        {
            random.NextBytes(bytes);
            return;
        }
        foreach (ref float x in MemoryMarshal.Cast<byte, float>(bytes)) x = random.NextSingle() * 2 - 1;
    }
}
