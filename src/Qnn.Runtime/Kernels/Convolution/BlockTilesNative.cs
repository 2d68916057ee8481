using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Four rows by sixteen columns, by the machine code of the artifact.</summary>
internal readonly unsafe struct BlockTilesNative : IBlockTiles
{
    public static string Name => "native";

    public static int Rows => 4;

    public static void One<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights => MachineFunction.CallShort(run->One, run);

    public static void Many<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights => MachineFunction.CallShort(run->Many, run);
}
