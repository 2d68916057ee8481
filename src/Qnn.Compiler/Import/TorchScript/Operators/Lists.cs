using Qnn.Compiler.Import.TorchScript.Archive;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Python's lists and dictionaries, which change while the model is imported.</summary>
internal static class Lists
{
    /// <summary>(list, place = -1) or (dictionary, key, otherwise): an element, which goes.</summary>
    [TorchOperator("aten::pop")]
    public static object? Pop(TorchCall call)
    {
        if (call.Argument(0) is TorchDictionary dictionary)
        {
            object key = Key(call);
            if (!dictionary.Items.Remove(key, out object? found)) return call.Count > 2 ? call.Argument(2) : throw call.Malformed("takes what the dictionary lacks");
            return found;
        }
        var items = call.Object<TorchList>(0).Items;
        int place = Place(call, call.Long(1, "idx", -1), items.Count);
        if (place == items.Count) throw call.Malformed("takes an element behind the last one");
        object? item = items[place];
        items.RemoveAt(place);
        return item;
    }

    /// <summary>(list, place, item)</summary>
    [TorchOperator("aten::insert")]
    public static object? Insert(TorchCall call)
    {
        var items = call.Object<TorchList>(0).Items;
        long place = call.Long(1);
        items.Insert((int)Math.Clamp(place < 0 ? place + items.Count : place, 0, items.Count), call.Argument(2));
        return null;
    }

    [TorchOperator("aten::clear")]
    public static object? Clear(TorchCall call)
    {
        if (call.Argument(0) is TorchDictionary dictionary) dictionary.Items.Clear();
        else call.Object<TorchList>(0).Items.Clear();
        return null;
    }

    [TorchOperator("aten::remove")]
    public static object? Remove(TorchCall call)
    {
        var items = call.Object<TorchList>(0).Items;
        items.RemoveAt(Find(call, items));
        return null;
    }

    [TorchOperator("aten::reverse")]
    public static object? Reverse(TorchCall call)
    {
        call.Object<TorchList>(0).Items.Reverse();
        return null;
    }

    [TorchOperator("aten::count")]
    public static object? Count(TorchCall call) => (long)call.Object<TorchList>(0).Items.Count(i => Equals(i, call.Argument(1)));

    [TorchOperator("aten::__delitem__", "aten::Delete")]
    public static object? Delete(TorchCall call)
    {
        if (call.Argument(0) is TorchDictionary dictionary) dictionary.Items.Remove(Key(call));
        else Pop(call);
        return null;
    }

    /// <summary>(dictionary, key, otherwise)</summary>
    [TorchOperator("aten::get")]
    public static object? Get(TorchCall call) => call.Object<TorchDictionary>(0).Items.TryGetValue(Key(call), out object? found) ? found : call.Argument(2);

    /// <summary>(dictionary, key, otherwise): the entry, which is made where there is none.</summary>
    [TorchOperator("aten::setdefault")]
    public static object? GetOrSet(TorchCall call)
    {
        var items = call.Object<TorchDictionary>(0).Items;
        return items.TryGetValue(Key(call), out object? found) ? found : items[Key(call)] = call.Argument(2);
    }

    [TorchOperator("aten::update")]
    public static object? Update(TorchCall call)
    {
        foreach (var (key, value) in call.Object<TorchDictionary>(1).Items) call.Object<TorchDictionary>(0).Items[key] = value;
        return null;
    }

    private static object Key(TorchCall call) => call.Argument(1) ?? throw call.Malformed("has a key that is None");

    private static int Find(TorchCall call, List<object?> items) => items.FindIndex(i => Equals(i, call.Argument(1))) is >= 0 and var place ? place : throw call.Malformed("looks for what the list lacks");

    private static int Place(TorchCall call, long place, int count)
    {
        if (place < 0) place += count;
        return place >= 0 && place <= count ? (int)place : throw call.Malformed($"takes element {place} of {count}");
    }
}
