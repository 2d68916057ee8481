using System.Runtime.InteropServices;
using Qnn.Runtime;

namespace Qnn.Tool.Inputs;

/// <summary>Seeded inputs for measurements: 8- and 16-bit integers over their whole range, floats in [-1, 1), other types zero, since those are often indices.</summary>
internal static class SyntheticInputs
{
    public static void Fill(InferenceSession session)
    {
        for (int i = 0; i < session.Model.Inputs.Count; i++)
        {
            var random = new Random(i + 1);
            switch (session.Model.Inputs[i].Type)
            {
                case ElementType.U8 or ElementType.S8 or ElementType.U16 or ElementType.S16:
                    random.NextBytes(session.Input(i));
                    break;
                case ElementType.F32:
                    foreach (ref float x in MemoryMarshal.Cast<byte, float>(session.Input(i))) x = random.NextSingle() * 2 - 1;
                    break;
            }
        }
    }
}
