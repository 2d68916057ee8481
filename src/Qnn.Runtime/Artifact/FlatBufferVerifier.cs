using System.Buffers.Binary;

namespace Qnn.Runtime.Artifact;

/// <summary>
/// Checks that every offset, table, vector and string of a FlatBuffer lies inside its bytes, before anything is read from it.
/// The generated <c>*Verify</c> classes drive it. It stands in for the one of Google.FlatBuffers (25.2 to 26.1), which passes
/// tables behind the first 32 KB unchecked (it narrows their position to 16 bits) and takes a union's type from the wrong place.
/// Time is linear: no more tables and strings than <c>maxTables</c> are visited, however often a file shares them.
/// </summary>
internal sealed class FlatBufferVerifier
{
    /// <summary>Verifies a table; a generated <c>Verify</c> method.</summary>
    public delegate bool TableAction(FlatBufferVerifier verifier, uint table);

    /// <summary>Verifies a union's value; a generated <c>Verify</c> method.</summary>
    public delegate bool UnionAction(FlatBufferVerifier verifier, byte type, uint value);

    private readonly ReadOnlyMemory<byte> _buffer;
    private readonly int _maxDepth;
    private readonly bool _checkAlignment;
    private int _depth;
    private int _visitsLeft;

    /// <summary>Creates a verifier for one buffer.</summary>
    /// <param name="buffer">The FlatBuffer, from its root offset on.</param>
    /// <param name="maxTables">Tables and vector elements of string type to visit at most. A tree without sharing has no more than a quarter of its bytes.</param>
    /// <param name="maxDepth">Nesting of tables at most.</param>
    /// <param name="checkAlignment">Whether values must be aligned. Readers here do not depend on it.</param>
    public FlatBufferVerifier(ReadOnlyMemory<byte> buffer, int maxTables, int maxDepth = 64, bool checkAlignment = true) =>
        (_buffer, _visitsLeft, _maxDepth, _checkAlignment) = (buffer, maxTables, maxDepth, checkAlignment);

    /// <summary>What is wrong and at which byte, after verification has failed.</summary>
    public string? Fault { get; private set; }

    /// <summary>Verifies the whole buffer from its root table. Where it returns true, generated accessors stay inside the buffer.</summary>
    public bool VerifyBuffer(string? identifier, TableAction root)
    {
        if (_buffer.Length < 8) return Fail("the file ends within its header", 0);
        if (identifier is not null && !HasIdentifier(_buffer.Span, identifier)) return Fail($"the file identifier is not '{identifier}'", 4);
        return Follow(0, out uint table) && root(this, table);
    }

    /// <summary>Whether bytes 4 to 7 are the file identifier.</summary>
    public static bool HasIdentifier(ReadOnlySpan<byte> buffer, string identifier)
    {
        if (buffer.Length < 8) return false;
        for (int i = 0; i < 4; i++)
        {
            if (buffer[4 + i] != identifier[i]) return false;
        }
        return true;
    }

    // The methods from here on are those that generated code calls, under the names that it uses.

    public bool VerifyTableStart(uint table)
    {
        if (++_depth > _maxDepth) return Fail("tables are nested too deeply", table);
        if (!Visit(table) || !Inside(table, 4, 4)) return false;
        long vtable = table - (long)BinaryPrimitives.ReadInt32LittleEndian(_buffer.Span[(int)table..]);
        if (!Inside(vtable, 4, 2)) return false;
        // Accessors read a vtable's numbers as signed, so what does not fit is a fault, not a large number.
        short size = ReadInt16(vtable);
        if (size < 4 || (size & 1) != 0) return Fail("a table's field list is malformed", vtable);
        return Inside(vtable, size, 2);
    }

    public bool VerifyTableEnd(uint table)
    {
        _depth--;
        return true;
    }

    public bool VerifyField(uint table, short slot, ulong size, ulong alignment, bool required) =>
        Field(table, slot, required, out uint field) && (field == 0 || Inside(field, (long)size, (int)alignment));

    public bool VerifyString(uint table, short slot, bool required) =>
        FieldTarget(table, slot, required, out uint target) && (target == 0 || CheckString(target));

    public bool VerifyVectorOfData(uint table, short slot, ulong elementSize, bool required) =>
        FieldTarget(table, slot, required, out uint target) && (target == 0 || CheckVector(target, (int)elementSize, out _));

    public bool VerifyVectorOfStrings(uint table, short slot, bool required) =>
        FieldTarget(table, slot, required, out uint target) && (target == 0 || CheckElements(target, static (verifier, text) => verifier.Visit(text) && verifier.CheckString(text)));

    public bool VerifyVectorOfTables(uint table, short slot, TableAction verify, bool required) =>
        FieldTarget(table, slot, required, out uint target) && (target == 0 || CheckElements(target, verify));

    public bool VerifyTable(uint table, short slot, TableAction verify, bool required) =>
        FieldTarget(table, slot, required, out uint target) && (target == 0 || verify(this, target));

    public bool VerifyUnion(uint table, short typeSlot, short slot, UnionAction verify, bool required)
    {
        if (!Field(table, typeSlot, required, out uint type) || !FieldTarget(table, slot, required, out uint target)) return false;
        if (type == 0) return true;
        // A union without a value is read as absent, whatever its type.
        return Inside(type, 1, 1) && (target == 0 || verify(this, _buffer.Span[(int)type], target));
    }

    private bool CheckElements(uint vector, TableAction verify)
    {
        if (!CheckVector(vector, 4, out int count)) return false;
        for (int i = 0; i < count; i++)
        {
            if (!Follow(vector + 4 + 4 * (uint)i, out uint target) || !verify(this, target)) return false;
        }
        return true;
    }

    private bool CheckVector(uint vector, int elementSize, out int count)
    {
        count = 0;
        if (!Inside(vector, 4, 4)) return false;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.Span[(int)vector..]);
        if (!Inside(vector, 4 + (long)length * elementSize, 4)) return false;
        if (_checkAlignment && elementSize > 4 && (vector + 4) % elementSize != 0) return Fail("a vector is not aligned", vector);
        count = (int)length;
        return true;
    }

    private bool CheckString(uint text)
    {
        if (!CheckVector(text, 1, out int length)) return false;
        long end = text + 4 + (long)length;
        return Inside(end, 1, 1) && (_buffer.Span[(int)end] == 0 || Fail("a string has no terminator", text));
    }

    /// <summary>Where a field is; 0 where it is left out. Only for a table whose start was verified.</summary>
    private bool Field(uint table, short slot, bool required, out uint field)
    {
        var bytes = _buffer.Span;
        int vtable = (int)table - BinaryPrimitives.ReadInt32LittleEndian(bytes[(int)table..]);
        short offset = slot < ReadInt16(vtable) ? ReadInt16(vtable + slot) : (short)0;
        field = (uint)(table + Math.Max((short)0, offset));
        if (offset < 0) return Fail("a field lies before its table", table);
        if (offset > 0) return true;
        field = 0;
        return !required || Fail("a required field is missing", table);
    }

    /// <summary>What a field that holds an offset points to; 0 where it is left out.</summary>
    private bool FieldTarget(uint table, short slot, bool required, out uint target)
    {
        target = 0;
        return Field(table, slot, required, out uint field) && (field == 0 || Follow(field, out target));
    }

    private bool Follow(uint field, out uint target)
    {
        target = 0;
        if (!Inside(field, 4, 4)) return false;
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.Span[(int)field..]);
        if (offset == 0) return Fail("an offset points to itself", field);
        if (!Inside((long)field + offset, 1, 1)) return false;
        target = field + offset;
        return true;
    }

    private bool Visit(uint position) => --_visitsLeft >= 0 || Fail("the file holds more tables than its size allows", position);

    private bool Inside(long position, long size, int alignment)
    {
        if (position < 0 || position + size > _buffer.Length) return Fail("something reaches past the end of the file", position);
        return !_checkAlignment || position % alignment == 0 || Fail("a value is not aligned", position);
    }

    private short ReadInt16(long position) => BinaryPrimitives.ReadInt16LittleEndian(_buffer.Span[(int)position..]);

    private bool Fail(string what, long position)
    {
        Fault ??= $"{what} (at byte {position} of {_buffer.Length})";
        return false;
    }
}
