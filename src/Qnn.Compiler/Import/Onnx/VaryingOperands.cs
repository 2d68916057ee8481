namespace Qnn.Compiler.Import.Onnx;

/// <summary>What the method that imports an operator does with operands of which an axis has an extent that is known at run time only.</summary>
internal enum VaryingOperands
{
    /// <summary>It says nothing of them, and the model is rejected.</summary>
    Rejected,

    /// <summary>It takes extents for bounds, and says itself what becomes of the axis where the operators that it emits do not.</summary>
    Taken,

    /// <summary>The same; operands that broadcast come brought to one length (<see cref="VaryingAxes.Align"/>).</summary>
    Aligned,
}
