using System.Numerics;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>One step of one sequence of PyTorch's recurrent cells (RNN.cpp), every operation rounded; see <see cref="RecurrentCell"/>.</summary>
internal static unsafe class TorchCells
{
    private static int Width => Vector<float>.Count;

    /// <summary>From the gates of the input (none where oneDNN's LSTM has them in the others) and of the state, which are changed, [G * H] each, the biases that are added last [G * H] (oneDNN's LSTM), the state [H] and cells [H] (LSTM), to the next state and cells.</summary>
    public static void Step(RecurrentCell cell, float* input, float* gate, float* biases, float* h, float* c, int hidden)
    {
        switch (cell)
        {
            case RecurrentCell.Lstm: Lstm(input, gate, h, c, hidden); break;
            case RecurrentCell.OneDnnLstm: OneDnnLstm(input, gate, biases, h, c, hidden); break;
            case RecurrentCell.Gru: Gru(input, gate, h, hidden); break;
            default: Simple(cell, input, gate, h, hidden); break;
        }
    }

    private static void Simple(RecurrentCell cell, float* input, float* gate, float* h, int hidden)
    {
        Add(gate, input, h, hidden);
        if (cell == RecurrentCell.Tanh) TorchActivations.Tanh(h, hidden);
        else for (int i = 0; i < hidden; i++) h[i] = MathF.Max(h[i], 0);
    }

    private static void Gru(float* input, float* gate, float* h, int hidden)
    {
        float* update = gate + hidden, candidate = update + hidden, other = input + 2 * hidden;
        Add(gate, input, gate, 2 * hidden);
        TorchActivations.Logistic(gate, hidden);
        TorchActivations.Logistic(update, hidden);
        int i = 0;
        for (; i <= hidden - Width; i += Width) Vector.Store(Vector.Load(other + i) + Vector.Load(candidate + i) * Vector.Load(gate + i), candidate + i);
        for (; i < hidden; i++) candidate[i] = other[i] + candidate[i] * gate[i];
        TorchActivations.Tanh(candidate, hidden);
        i = 0;
        for (; i <= hidden - Width; i += Width)
        {
            var n = Vector.Load(candidate + i);
            Vector.Store((Vector.Load(h + i) - n) * Vector.Load(update + i) + n, h + i);
        }
        for (; i < hidden; i++) h[i] = (h[i] - candidate[i]) * update[i] + candidate[i];
    }

    private static void OneDnnLstm(float* input, float* gate, float* biases, float* h, float* c, int hidden)
    {
        float* forget = gate + hidden, update = forget + hidden, output = update + hidden;
        if (input != null) Add(input, gate, gate, 4 * hidden);
        Add(gate, biases, gate, 4 * hidden);
        OneDnnTanh.Apply(update, hidden);
        int i = 0;
        for (; i <= hidden - Width; i += Width)
        {
            var kept = Vector.Load(c + i) * OneDnnMath.Logistic(Vector.Load(forget + i));
            var cell = Vector.FusedMultiplyAdd(OneDnnMath.Logistic(Vector.Load(gate + i)), Vector.Load(update + i), kept);
            Vector.Store(cell, c + i);
            Vector.Store(cell, h + i);
        }
        for (; i < hidden; i++) h[i] = c[i] = MathF.FusedMultiplyAdd(OneDnnMath.Logistic(gate[i]), update[i], c[i] * OneDnnMath.Logistic(forget[i]));
        OneDnnTanh.Apply(h, hidden);
        i = 0;
        for (; i <= hidden - Width; i += Width) Vector.Store(Vector.Load(h + i) * OneDnnMath.Logistic(Vector.Load(output + i)), h + i);
        for (; i < hidden; i++) h[i] *= OneDnnMath.Logistic(output[i]);
    }

    private static void Lstm(float* input, float* gate, float* h, float* c, int hidden)
    {
        float* forget = gate + hidden, update = forget + hidden, output = update + hidden;
        Add(gate, input, gate, 4 * hidden);
        TorchActivations.Logistic(gate, hidden);
        TorchActivations.Logistic(forget, hidden);
        TorchActivations.Tanh(update, hidden);
        TorchActivations.Logistic(output, hidden);
        int i = 0;
        for (; i <= hidden - Width; i += Width)
        {
            var cell = Vector.Load(forget + i) * Vector.Load(c + i) + Vector.Load(gate + i) * Vector.Load(update + i);
            Vector.Store(cell, c + i);
            Vector.Store(cell, h + i);
        }
        for (; i < hidden; i++) h[i] = c[i] = forget[i] * c[i] + gate[i] * update[i];
        TorchActivations.Tanh(h, hidden);
        i = 0;
        for (; i <= hidden - Width; i += Width) Vector.Store(Vector.Load(h + i) * Vector.Load(output + i), h + i);
        for (; i < hidden; i++) h[i] *= output[i];
    }

    private static void Add(float* a, float* b, float* to, int count)
    {
        int i = 0;
        for (; i <= count - Width; i += Width) Vector.Store(Vector.Load(a + i) + Vector.Load(b + i), to + i);
        for (; i < count; i++) to[i] = a[i] + b[i];
    }
}
