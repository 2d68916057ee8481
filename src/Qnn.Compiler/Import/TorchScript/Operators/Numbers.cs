using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Python's numbers, lists and comparisons, which are worked out while the model is imported.</summary>
internal static class Numbers
{
    [TorchOperator("builtin::int", "aten::Int", "aten::IntImplicit", "aten::ScalarImplicit", "aten::item")]
    public static object? Int(TorchCall call) => call.Argument(0) switch
    {
        double real => (long)Math.Clamp(Math.Truncate(real), -9.2e18, 9.2e18),
        Value { Constant: not null, Type: { Element: ElementType.F32 or ElementType.F64 } } => (long)Math.Clamp(Math.Truncate(call.Real(0)), -9.2e18, 9.2e18),
        _ => call.Long(0),
    };

    [TorchOperator("builtin::float", "aten::Float", "aten::FloatImplicit")]
    public static object? Float(TorchCall call) => call.Argument(0) is string text
        ? text switch { "inf" => double.PositiveInfinity, "-inf" => double.NegativeInfinity, "nan" => double.NaN, _ => throw call.Malformed($"makes a number of '{text}'") }
        : call.Real(0);

    [TorchOperator("builtin::bool", "aten::Bool")]
    public static object? Bool(TorchCall call) => call.Argument(0) is double real ? real != 0 : call.Long(0) != 0;

    [TorchOperator("aten::warn", "builtin::print")]
    public static object? Nothing(TorchCall call) => "";

    [TorchOperator("builtin::len", "aten::len")]
    public static object? Length(TorchCall call) => call.Argument(0) switch
    {
        object?[] tuple => (long)tuple.Length,
        TorchList list => (long)list.Items.Count,
        TorchDictionary dictionary => (long)dictionary.Items.Count,
        string text => (long)text.Length,
        Value { Type.Shape: { Rank: > 0 } shape } => (long)shape[0],
        _ => throw call.Malformed("asks for the length of what has none"),
    };

    [TorchOperator("builtin::range", "aten::range")]
    public static object? Range(TorchCall call)
    {
        long step = call.Count > 2 ? call.Long(2) : 1;
        if (step == 0) throw call.Malformed("steps by 0");
        return call.Count == 1 ? new TorchRange(0, call.Long(0), 1) : new TorchRange(call.Long(0), call.Long(1), step);
    }

    /// <summary>(from, to, step): how many numbers a range has.</summary>
    [TorchOperator("aten::__range_length")]
    public static object? RangeLength(TorchCall call)
    {
        long from = call.Long(0), to = call.Long(1), step = call.Long(2);
        if (step == 0) throw call.Malformed("steps by 0");
        return Math.Max(0, step > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step);
    }

    /// <summary>(place, from, step): a number of a range.</summary>
    [TorchOperator("aten::__derive_index")]
    public static object? DeriveIndex(TorchCall call) => call.Long(1) + call.Long(0) * call.Long(2);

    [TorchOperator("builtin::list", "aten::list", "aten::Size")]
    public static object? List(TorchCall call) => call.Argument(0) switch
    {
        TorchList list => new TorchList(list.Items),
        object?[] tuple => new TorchList(tuple),
        TorchRange range when Math.Abs((range.To - range.From) / range.Step) < 100_000 => new TorchList(range.Items),
        _ => throw call.Malformed("makes a list of what has no elements"),
    };

    [TorchOperator("builtin::torch.device", "aten::device", "prim::device", "prim::type")]
    public static object? Device(TorchCall call) => "cpu";

    [TorchOperator("prim::NumToTensor", "aten::detach", "aten::alias", "quantized::dropout", "aten::cpu", "aten::positive", "aten::Tensor", "aten::lift_fresh", "aten::resolve_conj", "aten::resolve_neg", "aten::real", "aten::conj", "aten::_conj", "aten::conj_physical", "aten::_conj_physical", "aten::_autocast_to_full_precision", "prim::data", "aten::data", "aten::requires_grad")]
    public static object? Same(TorchCall call) => call.Argument(0);

    /// <summary>The same elements; a value of its own, as their order in memory may be another.</summary>
    [TorchOperator("aten::contiguous", "aten::clone")]
    public static object? Copy(TorchCall call) => call.Argument(0) is Value value ? call.EmitQuantized(new Reshape(value.Type.Shape), value.Type.Quantization, value) : call.Argument(0);

    [TorchOperator("prim::unchecked_unwrap_optional", "aten::_unwrap_optional")]
    public static object? Unwrap(TorchCall call) => call.Argument(0) ?? throw call.Malformed("unwraps None");

    [TorchOperator("prim::RaiseException")]
    public static object? Raise(TorchCall call) => throw call.Unsupported($"the model's code raises an error: {call.Text(0)}");

    [TorchOperator("prim::layout")]
    public static object? Layout(TorchCall call) => 0L;

    [TorchOperator("aten::__is__")]
    public static object? Is(TorchCall call) => call.Argument(0) is null && call.Argument(1) is null || call.Argument(0) is { } a && call.Argument(1) is { } b && (ReferenceEquals(a, b) || a is not Value && a.Equals(b));

    [TorchOperator("aten::__isnot__")]
    public static object? IsNot(TorchCall call) => !(bool)Is(call)!;

    [TorchOperator("aten::__not__")]
    public static object? Not(TorchCall call) => !call.Flag(0);

    [TorchOperator("aten::append")]
    public static object? Append(TorchCall call)
    {
        call.Object<TorchList>(0).Items.Add(call.Argument(1));
        return call.Argument(0);
    }

    [TorchOperator("aten::extend")]
    public static object? Extend(TorchCall call)
    {
        call.Object<TorchList>(0).Items.AddRange(((TorchList)List(call.With(call.Argument(1)))!).Items);
        return null;
    }

    [TorchOperator("aten::__getitem__")]
    public static object? GetItem(TorchCall call)
    {
        if (call.Argument(0) is TorchDictionary dictionary && call.Argument(1) is { } key) return dictionary.Items.TryGetValue(key, out object? found) ? found : throw call.Malformed("looks up what the dictionary lacks");
        IReadOnlyList<object?> items = call.Argument(0) switch { TorchList list => list.Items, object?[] tuple => tuple, _ => throw call.Malformed("takes an element of what has none") };
        long index = call.Long(1);
        if (index < 0) index += items.Count;
        return index >= 0 && index < items.Count ? items[(int)index] : throw call.Malformed($"takes element {index} of {items.Count}");
    }

    [TorchOperator("aten::_set_item")]
    public static object? SetItem(TorchCall call)
    {
        if (call.Argument(0) is TorchDictionary dictionary && call.Argument(1) is { } key) dictionary.Items[key] = call.Argument(2);
        else
        {
            var items = call.Object<TorchList>(0).Items;
            long index = call.Long(1);
            if (index < 0) index += items.Count;
            if (index < 0 || index >= items.Count) throw call.Malformed($"sets element {index} of {items.Count}");
            items[(int)index] = call.Argument(2);
        }
        return null;
    }

    /// <summary>A dictionary of pairs, or the same entries again.</summary>
    [TorchOperator("aten::dict", "builtin::dict")]
    public static object? Dictionary(TorchCall call)
    {
        var dictionary = new TorchDictionary();
        foreach (var (key, value) in call.Count == 0 ? [] : call.Argument(0) is TorchDictionary other ? other.Items.Select(i => ((object?)i.Key, i.Value)) : call.Object<TorchList>(0).Items.Select(Pair))
        {
            dictionary.Items[key ?? throw call.Malformed("makes a dictionary with a key that is None")] = value;
        }
        return dictionary;

        (object?, object?) Pair(object? item) => item is object?[] { Length: 2 } pair ? (pair[0], pair[1]) : throw call.Malformed("makes a dictionary of what are no pairs");
    }

    [TorchOperator("aten::items")]
    public static object? Items(TorchCall call) => new TorchList([.. call.Object<TorchDictionary>(0).Items.Select(i => (object?)new object?[] { i.Key, i.Value })]);

    [TorchOperator("aten::keys")]
    public static object? Keys(TorchCall call) => new TorchList([.. call.Object<TorchDictionary>(0).Items.Keys]);

    [TorchOperator("aten::values")]
    public static object? Values(TorchCall call) => new TorchList([.. call.Object<TorchDictionary>(0).Items.Values]);

    [TorchOperator("aten::__contains__")]
    public static object? Contains(TorchCall call) => call.Argument(0) switch
    {
        TorchDictionary dictionary => call.Argument(1) is { } key && dictionary.Items.ContainsKey(key),
        TorchList list => list.Items.Exists(i => Equals(i, call.Argument(1))),
        object?[] tuple => tuple.Any(i => Equals(i, call.Argument(1))),
        _ => throw call.Malformed("looks into what has no elements"),
    };

    [TorchOperator("aten::eq")]
    public static object? Equal(TorchCall call) => Compare(call, CompareKind.Equal, (a, b) => a == b);

    [TorchOperator("aten::isnan")]
    public static object? IsNotANumber(TorchCall call) => call.Emit(new Compare(CompareKind.NotEqual), call.Tensor(0), call.Tensor(0));

    [TorchOperator("aten::ne", "aten::not_equal")]
    public static object? NotEqual(TorchCall call) => Compare(call, CompareKind.NotEqual, (a, b) => a != b);

    [TorchOperator("aten::lt", "aten::less")]
    public static object? Less(TorchCall call) => Compare(call, CompareKind.Less, (a, b) => a < b);

    [TorchOperator("aten::le", "aten::less_equal")]
    public static object? LessOrEqual(TorchCall call) => Compare(call, CompareKind.LessEqual, (a, b) => a <= b);

    [TorchOperator("aten::gt", "aten::greater")]
    public static object? Greater(TorchCall call) => Compare(call, CompareKind.Greater, (a, b) => a > b);

    [TorchOperator("aten::ge", "aten::greater_equal")]
    public static object? GreaterOrEqual(TorchCall call) => Compare(call, CompareKind.GreaterEqual, (a, b) => a >= b);

    /// <summary>Whether a number or a flag counts as true.</summary>
    public static bool IsTrue(object? value) => value switch { bool flag => flag, long whole => whole != 0, double real => real != 0, _ => value is not null };

    private static object? Compare(TorchCall call, CompareKind kind, Func<double, double, bool> compare)
    {
        var (a, b) = (call.Argument(0), call.Argument(1));
        if (a is string or null || b is string or null) return kind == CompareKind.Equal ? Equals(a, b) : !Equals(a, b);
        if (a is TorchList x && b is TorchList y) return x.Items.SequenceEqual(y.Items) == (kind == CompareKind.Equal);
        if (a is long p && b is long q) return compare(p.CompareTo(q), 0);
        if (a is not Value && b is not Value) return compare(call.Real(0), call.Real(1));
        var (left, right) = Arithmetic.Common(call, 0, 1);
        return call.Emit(new Compare(kind), left, right);
    }
}
