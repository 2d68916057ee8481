using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>A transformed convolution whose products are machine code of the artifact (vpdpwssd on 512 bits, for which .NET has no intrinsic).</summary>
internal unsafe class WinogradMachineCode<TTiles, TShort, TLanes, TInt, TFloat> : WinogradConvolution<TTiles, TShort, TLanes, TInt, TFloat>
    where TTiles : struct, IWinogradTiles<TShort>
    where TShort : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private readonly TileStep* _step;

    /// <summary>Makes the kernel of a layer; <paramref name="step"/> is the step's entry in the machine code, which has <see cref="TileStep.WinogradCode"/>.</summary>
    public WinogradMachineCode(in ConvolutionDescription d, TileStep* step, EpilogueStore store) : base(d, store, WinogradTiling.MostNativeBlocks) => _step = step;

    /// <inheritdoc/>
    public sealed override string Name => "conv2d.winograd.native";

    /// <inheritdoc/>
    protected sealed override void Multiply(WinogradArguments* arguments, int kind, int blocks) =>
        Call((byte*)_step + (blocks == WinogradTiling.MostNativeBlocks ? _step->WinogradCode : _step->LastWinogradCode)[kind], arguments, kind, blocks);

    /// <summary>Calls a function of the machine code. Tests interpret it instead.</summary>
    protected virtual void Call(byte* function, WinogradArguments* arguments, int kind, int blocks) => MachineFunction.Call(function, arguments);
}
