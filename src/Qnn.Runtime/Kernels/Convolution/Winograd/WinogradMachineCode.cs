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
    private readonly byte* _code, _lastCode;

    /// <summary>Makes the kernel of a layer; <paramref name="step"/> is the step's entry in the machine code, which has <see cref="TileStep.WinogradCode"/>.</summary>
    public WinogradMachineCode(in ConvolutionDescription d, TileStep* step, EpilogueStore store) : base(d, store, WinogradTiling.MostNativeBlocks)
    {
        _code = (byte*)step + step->WinogradCode;
        _lastCode = (byte*)step + step->LastWinogradCode;
    }

    /// <inheritdoc/>
    public sealed override string Name => "conv2d.winograd.native";

    /// <inheritdoc/>
    protected sealed override void Multiply(short* inputs, int tiles, short* weights, int blocks, int* products)
    {
        var arguments = new TileArguments { Activations = (byte*)inputs, Weights = (sbyte*)weights, Results = (byte*)products, Rows = tiles };
        Call(blocks == WinogradTiling.MostNativeBlocks ? _code : _lastCode, &arguments);
    }

    /// <summary>Calls a function of the machine code. Tests interpret it instead.</summary>
    protected virtual void Call(byte* function, TileArguments* arguments) => MachineFunction.Call(function, arguments);
}
