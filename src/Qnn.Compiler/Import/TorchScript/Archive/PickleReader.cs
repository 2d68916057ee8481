using System.Buffers.Binary;
using System.Text;

namespace Qnn.Compiler.Import.TorchScript.Archive;

/// <summary>
/// A pickle of protocol 2 to 4, read by interpreting its opcodes for data. Values are null, bool, long, double, string, object?[] for tuples,
/// <see cref="TorchList"/>, <see cref="TorchDictionary"/>, <see cref="TorchObject"/>, and what <see cref="TorchStorages"/> builds. Nothing is ever called but those builders.
/// </summary>
internal sealed class PickleReader(byte[] bytes, string entry, TorchStorages storages)
{
    private const int MaxStack = 10_000_000;

    private static readonly object s_mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<int, object?> _memo = [];
    private int _at;

    /// <summary>Reads the pickle's value.</summary>
    public object? Read()
    {
        while (true)
        {
            if (_stack.Count > MaxStack) throw Fault("has too many values");
            byte op = Byte();
            switch (op)
            {
                case 0x80:
                    if (Byte() is < 2 or > 5) throw Fault("is of a protocol that is not supported");
                    break;
                case 0x95: Take(8); break;
                case (byte)'.': return Pop();
                case (byte)'(': Push(s_mark); break;
                case (byte)'0': Pop(); break;
                case (byte)'1': PopMark(); break;
                case (byte)'2': Push(Top()); break;
                case (byte)'h': Get(Byte()); break;
                case (byte)'j': Get(Int32()); break;
                case (byte)'q': _memo[Byte()] = Top(); break;
                case (byte)'r': _memo[Int32()] = Top(); break;
                case 0x94: _memo[_memo.Count] = Top(); break;
                case (byte)'N': Push(null); break;
                case 0x88: Push(true); break;
                case 0x89: Push(false); break;
                case (byte)'J': Push((long)Int32()); break;
                case (byte)'K': Push((long)Byte()); break;
                case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
                case 0x8a: Push(Long(Byte())); break;
                case 0x8b: Push(Long(Length(Int32()))); break;
                case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
                case (byte)'X': Push(Text(Length(Int32()))); break;
                case 0x8c: Push(Text(Byte())); break;
                case 0x8d: Push(Text(Length(BinaryPrimitives.ReadInt64LittleEndian(Take(8))))); break;
                case (byte)'U' or (byte)'C': Push(Text(Byte())); break;
                case (byte)'T' or (byte)'B': Push(Text(Length(Int32()))); break;
                case 0x8e: Push(Text(Length(BinaryPrimitives.ReadInt64LittleEndian(Take(8))))); break;
                case (byte)')': Push(Array.Empty<object?>()); break;
                case (byte)'t': Push(PopMark()); break;
                case 0x85: Push(PopTuple(1)); break;
                case 0x86: Push(PopTuple(2)); break;
                case 0x87: Push(PopTuple(3)); break;
                case (byte)']': Push(new TorchList([])); break;
                case (byte)'l': Push(new TorchList(PopMark())); break;
                case (byte)'a':
                    var appended = Pop();
                    List().Items.Add(appended);
                    break;
                case (byte)'e':
                    var several = PopMark();
                    List().Items.AddRange(several);
                    break;
                case (byte)'}': Push(new TorchDictionary()); break;
                case (byte)'d':
                    var pairs = PopMark();
                    Push(new TorchDictionary());
                    SetItems(pairs);
                    break;
                case (byte)'s': SetItems(PopTuple(2)); break;
                case (byte)'u': SetItems(PopMark()); break;
                case (byte)'c': Push(new TorchGlobal($"{Line()}.{Line()}")); break;
                case 0x93:
                    var qualified = PopTuple(2);
                    Push(new TorchGlobal($"{qualified[0] as string}.{qualified[1] as string}"));
                    break;
                case 0x81: NewObject(); break;
                case (byte)'R':
                    var arguments = Pop() as object?[] ?? throw Fault("reduces without a tuple");
                    Push(Reduce(Pop() as TorchGlobal ?? throw Fault("reduces what is no name"), arguments));
                    break;
                case (byte)'b': Build(); break;
                case (byte)'Q': Push(storages.Find(Pop(), this)); break;
                default: throw Fault($"has the opcode 0x{op:x2}, which is none of data");
            }
        }
    }

    /// <summary>An error at the present place.</summary>
    public Diagnostics.ModelException Fault(string what) => TorchFault.Damaged($"Pickle '{entry}' {what}, at byte {_at}.");

    private object? Reduce(TorchGlobal global, object?[] arguments)
    {
        switch (global.Name)
        {
            case "collections.OrderedDict" when arguments.Length == 0:
                return new TorchDictionary();
            case "torch.device" when arguments.Length >= 1:
                return arguments[0];
            case "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor":
                return storages.Rebuild(arguments, this);
            case "torch._utils._rebuild_qtensor":
                return storages.RebuildQuantized(arguments, this);
            case "torch._utils._rebuild_parameter" when arguments.Length >= 1:
                return arguments[0];
            case "torch.jit._pickle.restore_type_tag" when arguments.Length >= 1:
                return arguments[0];
            case "torch.jit._pickle.build_intlist" or "torch.jit._pickle.build_tensorlist" or "torch.jit._pickle.build_doublelist" or "torch.jit._pickle.build_boollist" when arguments.Length == 1:
                return arguments[0];
            default:
                throw Fault($"wants {global.Name} called, which is not known");
        }
    }

    private void NewObject()
    {
        var arguments = Pop() as object?[];
        if (Pop() is not TorchGlobal type || arguments is not { Length: 0 }) throw Fault("makes an object of what is no class");
        if (!type.Name.StartsWith("__torch__.", StringComparison.Ordinal)) throw Fault($"makes a {type.Name}, which is not known");
        Push(new TorchObject(type.Name));
    }

    private void Build()
    {
        object? state = Pop();
        switch (Top())
        {
            case TorchObject instance when state is TorchDictionary attributes:
                foreach (var (name, value) in attributes.Items) instance.Attributes[name as string ?? throw Fault("names an attribute by what is no text")] = value;
                instance.IsReady = true;
                break;
            case TorchObject instance:
                instance.State = state;
                break;
            case TorchDictionary:
                break;
            default:
                throw Fault("sets the state of what is no object");
        }
    }

    private void SetItems(object?[] pairs)
    {
        if (Top() is not TorchDictionary dictionary || pairs.Length % 2 != 0) throw Fault("sets items of what is no dictionary");
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] is not (string or long or bool or double)) throw Fault("has a key that is no text or number");
            dictionary.Items[pairs[i]!] = pairs[i + 1];
        }
    }

    private TorchList List() => Top() as TorchList ?? throw Fault("appends to what is no list");

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack.Count > 0 ? _stack[^1] : throw Fault("takes more values than there are");

    private object? Pop()
    {
        object? top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return ReferenceEquals(top, s_mark) ? throw Fault("takes more values than there are") : top;
    }

    private object?[] PopTuple(int count)
    {
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--) items[i] = Pop();
        return items;
    }

    private object?[] PopMark()
    {
        int mark = _stack.LastIndexOf(s_mark);
        if (mark < 0) throw Fault("lacks a mark");
        object?[] items = [.. _stack.Skip(mark + 1)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void Get(int key) => Push(_memo.TryGetValue(key, out object? value) ? value : throw Fault($"recalls value {key}, which it never kept"));

    private byte Byte() => Take(1)[0];

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private int Length(long length) => length >= 0 && length <= bytes.Length - _at ? (int)length : throw Fault("is truncated");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - _at) throw Fault("is truncated");
        _at += count;
        return bytes.AsSpan(_at - count, count);
    }

    private string Text(int length) => Encoding.UTF8.GetString(Take(length));

    private long Long(int length)
    {
        if (length > 8) throw Fault("has an integer of more than 64 bits");
        var digits = Take(length);
        long value = 0;
        for (int i = 0; i < length; i++) value |= (long)digits[i] << (8 * i);
        return length is > 0 and < 8 && (digits[^1] & 0x80) != 0 ? value - (1L << (8 * length)) : value;
    }

    private string Line()
    {
        int end = bytes.AsSpan(_at).IndexOf((byte)'\n');
        if (end < 0) throw Fault("is truncated");
        string text = Encoding.UTF8.GetString(bytes, _at, end);
        _at += end + 1;
        return text;
    }
}
