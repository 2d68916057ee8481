using System.Text;

namespace Qnn.Compiler.Tests.Import.MxNet;

/// <summary>Writes MXNet's .params files.</summary>
internal sealed class ParamsFile
{
    private readonly List<(string Name, int TypeFlag, int[] Shape, byte[] Data)> _arrays = [];

    /// <summary>Adds an array of float32.</summary>
    public ParamsFile Add(string name, int[] shape, params float[] values) => Add(name, 0, shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    /// <summary>Adds an array of int8.</summary>
    public ParamsFile AddBytes(string name, int[] shape, params sbyte[] values) => Add(name, 5, shape, [.. values.Select(v => (byte)v)]);

    /// <summary>The file, its arrays as records of a version: 0 to 3.</summary>
    public byte[] ToArray(int version = 2)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0x112UL);
        writer.Write(0UL);
        writer.Write((ulong)_arrays.Count);
        foreach (var (_, type, shape, data) in _arrays)
        {
            if (version == 0) writer.Write((uint)shape.Length);
            else writer.Write(version switch { 1 => 0xF993FAC8u, 2 => 0xF993FAC9u, _ => 0xF993FACAu });
            if (version >= 2) writer.Write(0);
            if (version > 0) writer.Write(shape.Length);
            foreach (int extent in shape)
            {
                if (version == 0) writer.Write((uint)extent);
                else writer.Write((long)extent);
            }
            writer.Write(1);
            writer.Write(0);
            writer.Write(type);
            writer.Write(data);
        }
        writer.Write((ulong)_arrays.Count);
        foreach (var (name, _, _, _) in _arrays)
        {
            writer.Write((ulong)Encoding.UTF8.GetByteCount(name));
            writer.Write(Encoding.UTF8.GetBytes(name));
        }
        return stream.ToArray();
    }

    private ParamsFile Add(string name, int type, int[] shape, byte[] data)
    {
        _arrays.Add((name, type, shape, data));
        return this;
    }
}
