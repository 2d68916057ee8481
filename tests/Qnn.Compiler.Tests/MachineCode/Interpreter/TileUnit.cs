using Iced.Intel;

namespace Qnn.Compiler.Tests.MachineCode.Interpreter;

/// <summary>The instructions of AMX that the emitters use, written from their definitions.</summary>
internal sealed unsafe class TileUnit(Registers registers, GuardedMemory memory)
{
    private const int Tiles = 8, MaxRows = 16, MaxRowBytes = 64;

    private readonly byte[][] _tiles = [.. Enumerable.Range(0, Tiles).Select(_ => new byte[MaxRows * MaxRowBytes])];
    private readonly int[] _rows = new int[Tiles], _rowBytes = new int[Tiles];

    /// <summary>Whether tiles are in use.</summary>
    public bool IsConfigured { get; private set; }

    /// <summary>Executes an instruction; false where it is not known.</summary>
    public bool Execute(in Instruction i)
    {
        switch (i.Mnemonic)
        {
            case Mnemonic.Ldtilecfg: Configure(i); break;
            case Mnemonic.Tilerelease: IsConfigured = false; break;
            case Mnemonic.Tileloadd: Load(i); break;
            case Mnemonic.Tilestored: Store(i); break;
            case Mnemonic.Tdpbusd: Multiply(i); break;
            default: return false;
        }
        return true;
    }

    private void Configure(in Instruction i)
    {
        byte* from = memory.Check(VectorUnit.Address(registers, i), 64, write: false);
        if (from[0] != 1) throw new InvalidOperationException("palette 1 is the one that there is");
        for (int t = 0; t < Tiles; t++)
        {
            (_rows[t], _rowBytes[t]) = (from[48 + t], *(ushort*)(from + 16 + t * 2));
            if (_rows[t] > MaxRows || _rowBytes[t] > MaxRowBytes || _rows[t] == 0 != (_rowBytes[t] == 0)) throw new InvalidOperationException("a tile's extent is bad");
            _tiles[t].AsSpan().Clear();
        }
        IsConfigured = true;
    }

    // Without an index register rows lie one upon the other.
    private static long Stride(Registers registers, in Instruction i) => i.MemoryIndex == Register.None ? 0 : registers[i.MemoryIndex] * i.MemoryIndexScale;

    private void Load(in Instruction i)
    {
        int tile = Tile(i.Op0Register);
        nint address = Base(i);
        long stride = Stride(registers, i);
        _tiles[tile].AsSpan().Clear();
        for (int row = 0; row < _rows[tile]; row++)
        {
            new Span<byte>(memory.Check((nint)(address + row * stride), _rowBytes[tile], write: false), _rowBytes[tile]).CopyTo(_tiles[tile].AsSpan(row * MaxRowBytes));
        }
    }

    private void Store(in Instruction i)
    {
        int tile = Tile(i.Op1Register);
        nint address = Base(i);
        long stride = Stride(registers, i);
        for (int row = 0; row < _rows[tile]; row++)
        {
            _tiles[tile].AsSpan(row * MaxRowBytes, _rowBytes[tile]).CopyTo(new Span<byte>(memory.Check((nint)(address + row * stride), _rowBytes[tile], write: true), _rowBytes[tile]));
        }
    }

    private nint Base(in Instruction i) => (nint)((long)i.MemoryDisplacement64 + registers[i.MemoryBase]);

    private void Multiply(in Instruction i)
    {
        int c = Tile(i.Op0Register), a = Tile(i.Op1Register), b = Tile(i.Op2Register);
        if (_rows[c] != _rows[a] || _rowBytes[c] != _rowBytes[b] || _rowBytes[a] != _rows[b] * 4) throw new InvalidOperationException("the extents of the tiles do not fit");
        for (int m = 0; m < _rows[c]; m++)
            for (int n = 0; n < _rowBytes[c] / 4; n++)
            {
                var sum = _tiles[c].AsSpan(m * MaxRowBytes + n * 4, 4);
                int value = BitConverter.ToInt32(sum);
                for (int k = 0; k < _rowBytes[a]; k++) value = unchecked(value + _tiles[a][m * MaxRowBytes + k] * (sbyte)_tiles[b][k / 4 * MaxRowBytes + n * 4 + k % 4]);
                BitConverter.TryWriteBytes(sum, value);
            }
    }

    private int Tile(Register register)
    {
        int tile = register - Register.TMM0;
        return IsConfigured && _rows[tile] > 0 ? tile : throw new InvalidOperationException($"{register} is not configured");
    }
}
