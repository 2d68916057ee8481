using Iced.Intel;

namespace Qnn.Compiler.MachineCode;

/// <summary>Where a kernel has the epilogue numbers of sixteen channels (<see cref="Runtime.MachineCode.EpilogueLayout"/>): in memory, those that it has room for in registers as well.</summary>
/// <param name="Data">Points to the tile's numbers.</param>
/// <param name="At">Bytes from there to the vector's.</param>
/// <param name="Scale">Holds the scales.</param>
/// <param name="Offset">Holds the offsets.</param>
internal readonly record struct VectorNumbers(AssemblerRegister64 Data, int At, AssemblerRegisterZMM? Scale = null, AssemblerRegisterZMM? Offset = null);
