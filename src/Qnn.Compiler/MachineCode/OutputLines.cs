namespace Qnn.Compiler.MachineCode;

/// <summary>Lines of an output that a call of a tile kernel computes.</summary>
/// <param name="Width">Pixels of a line, rows of a tile; 0 where a call's rows are no lines.</param>
/// <param name="Step">Bytes from the activations of a line to those of the next.</param>
internal readonly record struct OutputLines(int Width, int Step);
