using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>One step of one sequence of PyTorch's recurrent cells (RNN.cpp), every operation rounded; see <see cref="RecurrentCell"/>.</summary>
internal static unsafe class TorchCells
{
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
        for (int i = 0; i < hidden; i++) h[i] = gate[i] + input[i];
        if (cell == RecurrentCell.Tanh) TorchActivations.Tanh(h, hidden);
        else for (int i = 0; i < hidden; i++) h[i] = MathF.Max(h[i], 0);
    }

    private static void Gru(float* input, float* gate, float* h, int hidden)
    {
        float* update = gate + hidden, candidate = update + hidden;
        for (int i = 0; i < 2 * hidden; i++) gate[i] += input[i];
        TorchActivations.Logistic(gate, hidden);
        TorchActivations.Logistic(update, hidden);
        for (int i = 0; i < hidden; i++) candidate[i] = input[2 * hidden + i] + candidate[i] * gate[i];
        TorchActivations.Tanh(candidate, hidden);
        for (int i = 0; i < hidden; i++) h[i] = (h[i] - candidate[i]) * update[i] + candidate[i];
    }

    private static void OneDnnLstm(float* input, float* gate, float* biases, float* h, float* c, int hidden)
    {
        float* forget = gate + hidden, update = forget + hidden, output = update + hidden;
        for (int i = 0; i < 4 * hidden; i++) gate[i] = (input == null ? gate[i] : input[i] + gate[i]) + biases[i];
        for (int i = 0; i < hidden; i++)
        {
            c[i] = MathF.FusedMultiplyAdd(OneDnnMath.Logistic(gate[i]), OneDnnTanh.Apply(update[i]), c[i] * OneDnnMath.Logistic(forget[i]));
            h[i] = OneDnnTanh.Apply(c[i]) * OneDnnMath.Logistic(output[i]);
        }
    }

    private static void Lstm(float* input, float* gate, float* h, float* c, int hidden)
    {
        float* forget = gate + hidden, update = forget + hidden, output = update + hidden;
        for (int i = 0; i < 4 * hidden; i++) gate[i] += input[i];
        TorchActivations.Logistic(gate, hidden);
        TorchActivations.Logistic(forget, hidden);
        TorchActivations.Tanh(update, hidden);
        TorchActivations.Logistic(output, hidden);
        for (int i = 0; i < hidden; i++) h[i] = c[i] = forget[i] * c[i] + gate[i] * update[i];
        TorchActivations.Tanh(h, hidden);
        for (int i = 0; i < hidden; i++) h[i] *= output[i];
    }
}
