using System.Reflection;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Import.TorchScript.Syntax;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>
/// Runs the code of a model's <c>forward</c> on values of a graph: tensors are values, everything else is known. Methods of submodules are run in place,
/// conditions and loops must be decided by what is known.
/// </summary>
internal sealed class TorchInterpreter
{
    private const int MaxCalls = 120;
    private const int MaxSteps = 2_000_000;
    // A loop that does not end makes operators all the while.
    private const int MaxTurns = 4096;

    private static readonly Lazy<Dictionary<string, Func<TorchCall, object?>>> s_operators = new(Discover);

    private readonly TorchModule _module;
    private readonly TorchNumerics _numerics;
    private readonly GraphBuilder _builder;
    private readonly CancellationToken _cancellation;
    private readonly List<Frame> _frames = [];
    private readonly List<string> _unsupported = [];
    private readonly List<Diagnostic> _faults = [];
    private readonly Dictionary<Value, double[]> _wideScales = [];
    private readonly MemoryFormats _formats;
    private readonly TensorViews _views = new();
    private readonly CombinedConcats _joins = new();
    // The fields' names of tuples that have them.
    private readonly Dictionary<object?[], string[]> _fields = new(ReferenceEqualityComparer.Instance);
    private int _steps, _calls;

    private TorchInterpreter(TorchModule module, TorchNumerics numerics, string name, CancellationToken cancellation)
    {
        (_module, _numerics, _builder, _cancellation) = (module, numerics, new GraphBuilder(name), cancellation);
        _formats = new MemoryFormats(module.Trained, module.Strides, _builder);
    }

    /// <summary>The operators that can be imported, for reports and tests.</summary>
    public static IEnumerable<string> SupportedOperators => s_operators.Value.Keys.Order(StringComparer.Ordinal);

    /// <summary>Imports a model.</summary>
    /// <exception cref="ModelException">The model is malformed, or has parts that are not supported; all operators of that kind at once.</exception>
    public static Graph Import(TorchModule module, TorchNumerics numerics, string name, InputShapes inputShapes, CancellationToken cancellation) =>
        new TorchInterpreter(module, numerics, name, cancellation).Run(inputShapes);

    private Graph Run(InputShapes inputShapes)
    {
        var forward = _module.FindClass(_module.Root.ClassName)?.Methods.GetValueOrDefault("forward")
            ?? throw TorchFault.Unsupported($"The root module {_module.Root.ClassName} has no method forward. Export the model in Python with torch.jit.trace(model.eval(), example).save('model.pt').");
        var inputs = forward.Parameters.Skip(1).Where(p => p.Default is null).ToArray();
        var forms = TorchInput.Of(inputs, inputShapes, _module.FindClass, Named);
        TorchInput[] leaves = [.. forms.SelectMany(f => f.Leaves)];
        inputShapes = inputShapes.Select([.. leaves.Select(l => l.Name)]);
        var tensors = new Dictionary<string, object>(StringComparer.Ordinal);
        int place = 0;
        foreach (var leaf in leaves)
        {
            // A number has no shape to be said.
            var entry = leaf.Number is { } number ? new InputShapes.Entry(leaf.Name, Shape.Scalar, number) : inputShapes.Find(place++, leaf.Name)
                ?? throw new ModelException(DiagnosticCodes.OpenShape, $"Input '{leaf.Name}' leaves its shape open, as TorchScript does. Say it: InputShapes=\"{string.Join(';', leaves.Where(l => l.Number is null).Select(l => $"{l.Name}:1x3x224x224"))}\".");
            tensors[leaf.Name] = _builder.AddInput(leaf.Name, new TensorType(entry.Type ?? ElementType.F32, entry.Shape));
        }
        List<object?> arguments = [_module.Root, .. forms.Select(f => f.Value(n => tensors[n]))];
        object? result;
        try
        {
            result = CallFunction(forward, arguments, new Dictionary<string, object?>(), "");
        }
        catch (PoisonedException)
        {
            result = null;
        }
        RejectUnsupported();
        var outputs = new List<Value>();
        Flatten(result, outputs, 0);
        if (outputs.Count == 0) throw TorchFault.Unsupported("forward returns no tensor.");
        foreach (var output in outputs)
        {
            _joins.Use(output);
            _builder.AddOutput(output);
        }
        var graph = _joins.Combine(_builder.Build());
        return _numerics is TorchNumerics.Fbgemm or TorchNumerics.X86 ? FbgemmDepthwise.MakeExactWhereWrong(graph) : graph;
    }

    private void RejectUnsupported()
    {
        if (_unsupported.Count > 0)
        {
            _faults.Insert(0, Diagnostic.Error(DiagnosticCodes.UnsupportedOperator,
                $"{_unsupported.Count} operator(s) are not supported: {string.Join("; ", _unsupported)}. Replace them in the model, or cut the model before them."));
        }
        if (_faults.Count > 0) throw new ModelException(_faults);
    }

    private static void Flatten(object? result, List<Value> outputs, int depth)
    {
        if (depth > 20) throw TorchFault.Unsupported("forward returns tuples nested too deeply.");
        switch (result)
        {
            case Value value:
                outputs.Add(value);
                break;
            case object?[] tuple:
                foreach (object? item in tuple) Flatten(item, outputs, depth + 1);
                break;
            case TorchList list:
                foreach (object? item in list.Items) Flatten(item, outputs, depth + 1);
                break;
            case TorchDictionary dictionary:
                foreach (object? item in dictionary.Items.Values) Flatten(item, outputs, depth + 1);
                break;
        }
    }

    private object? CallFunction(Function function, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named, string path)
    {
        if (_frames.Count >= MaxCalls) throw Fault(function.File, function.Line, "calls itself too deeply");
        var frame = new Frame(function.File, path);
        if (arguments.Count > function.Parameters.Count) throw Fault(function.File, function.Line, $"{function.Name} is called with {arguments.Count} arguments; it takes {function.Parameters.Count}");
        _frames.Add(frame);
        for (int i = 0; i < function.Parameters.Count; i++)
        {
            var parameter = function.Parameters[i];
            frame.Variables[parameter.Name] = i < arguments.Count ? arguments[i]
                : named.TryGetValue(parameter.Name, out object? value) ? value
                : parameter.Default is { } otherwise ? Evaluate(otherwise, frame)
                : throw Fault(function.File, function.Line, $"{function.Name} is called without '{parameter.Name}'");
        }
        Run(function.Body, frame);
        _frames.RemoveAt(_frames.Count - 1);
        return frame.Result;
    }

    private Flow Run(IReadOnlyList<Statement> statements, Frame frame)
    {
        foreach (var statement in statements)
        {
            var flow = Run(statement, frame);
            if (flow != Flow.Next) return flow;
        }
        return Flow.Next;
    }

    private Flow Run(Statement statement, Frame frame)
    {
        Step(frame, statement.Line);
        switch (statement)
        {
            case Evaluate evaluate:
                Evaluate(evaluate.Value, frame);
                return Flow.Next;
            case Assign assign:
                Store(assign.Target, Evaluate(assign.Value, frame), frame);
                return Flow.Next;
            case Return { Value: { } value }:
                frame.Result = Evaluate(value, frame);
                return Flow.Return;
            case Return:
                return Flow.Return;
            case If choice:
                return Run(IsTrue(Evaluate(choice.Condition, frame), frame, choice.Line) ? choice.Then : choice.Else, frame);
            case While loop:
                for (int turn = 0; IsTrue(Evaluate(loop.Condition, frame), frame, loop.Line); turn++)
                {
                    if (turn == MaxTurns) throw TorchFault.TooLarge($"{frame.File}, line {loop.Line}: the loop has more than {MaxTurns} turns.");
                    Step(frame, loop.Line);
                    var flow = Run(loop.Body, frame);
                    if (flow == Flow.Break) break;
                    if (flow == Flow.Return) return flow;
                }
                return Flow.Next;
            case For loop:
                foreach (object? item in ItemsOf(Evaluate(loop.Items, frame), frame, loop.Line))
                {
                    Step(frame, loop.Line);
                    Store(loop.Target, item, frame);
                    var flow = Run(loop.Body, frame);
                    if (flow == Flow.Break) break;
                    if (flow == Flow.Return) return flow;
                }
                return Flow.Next;
            case Jump jump:
                return jump.Kind switch { "break" => Flow.Break, "continue" => Flow.Continue, _ => Flow.Next };
            default:
                throw Fault(frame.File, statement.Line, "has a statement that is not known");
        }
    }

    private void Store(Expression target, object? value, Frame frame)
    {
        switch (target)
        {
            case Name name:
                frame.Variables[name.Text] = value;
                break;
            case TupleOf tuple:
                if (value is Poison)
                {
                    foreach (var item in tuple.Items) Store(item, value, frame);
                    break;
                }
                object?[] values = [.. ItemsOf(value, frame, target.Line)];
                if (values.Length != tuple.Items.Count) throw Fault(frame.File, target.Line, $"unpacks {values.Length} values to {tuple.Items.Count} names");
                for (int i = 0; i < values.Length; i++) Store(tuple.Items[i], values[i], frame);
                break;
            case Member { Target: var owner } member when Evaluate(owner, frame) is TorchObject instance:
                instance.Attributes[member.Text] = value;
                break;
            case Syntax.Index { Target: var owner, Key: var key }:
                SetItem(Evaluate(owner, frame), Evaluate(key, frame), value, frame, target.Line);
                break;
            default:
                throw Fault(frame.File, target.Line, "assigns to what cannot be assigned to");
        }
    }

    private void SetItem(object? owner, object? key, object? value, Frame frame, int line)
    {
        if (owner is TorchList list && key is long index) list.Items[Place(index, list.Items.Count, frame, line)] = value;
        else if (owner is TorchDictionary dictionary && key is string or long or bool or double) ((TorchDictionary)owner).Items[key!] = value;
        else throw Fault(frame.File, line, "assigns to an element of what has none");
    }

    private object? Evaluate(Expression expression, Frame frame)
    {
        Step(frame, expression.Line);
        switch (expression)
        {
            case Literal literal:
                return literal.Value;
            case Name name:
                return frame.Variables.TryGetValue(name.Text, out object? variable) ? variable : throw Fault(frame.File, name.Line, $"uses '{name.Text}', which has no value");
            case TupleOf tuple:
                return tuple.Items.Select(i => Evaluate(i, frame)).ToArray();
            case ListOf list:
                return new TorchList([.. list.Items.Select(i => Evaluate(i, frame))]);
            case DictionaryOf pairs:
                var dictionary = new TorchDictionary();
                foreach (var (key, value) in pairs.Items) SetItem(dictionary, Evaluate(key, frame), Evaluate(value, frame), frame, pairs.Line);
                return dictionary;
            case Member { Target: Name { Text: "CONSTANTS" } } constant:
                return constant.Text.Length > 1 && int.TryParse(constant.Text.AsSpan(1), out int number) && (uint)number < (uint)_module.Constants.Count ? _module.Constants[number] : throw Fault(frame.File, constant.Line, $"uses CONSTANTS.{constant.Text}, which the archive lacks");
            case Member member:
                return Dotted(member, frame) is { } dotted && _module.FindFunction(dotted) is { } alias ? alias : Attribute(Evaluate(member.Target, frame), member.Text, frame, member.Line);
            case Syntax.Index index:
                return Element(Evaluate(index.Target, frame), index.Key, frame, index.Line);
            case Choice choice:
                return Evaluate(IsTrue(Evaluate(choice.Condition, frame), frame, choice.Line) ? choice.Then : choice.Else, frame);
            case Prefix prefix:
                return prefix.Operator == "not" ? !IsTrue(Evaluate(prefix.Operand, frame), frame, prefix.Line)
                    : prefix.Operator == "-" ? CallOperator("aten::neg", [Evaluate(prefix.Operand, frame)], [], frame, prefix.Line)
                    : Evaluate(prefix.Operand, frame);
            case Infix { Operator: "and" } and:
                return IsTrue(Evaluate(and.Left, frame), frame, and.Line) ? Evaluate(and.Right, frame) : false;
            case Infix { Operator: "or" } or:
                return IsTrue(Evaluate(or.Left, frame), frame, or.Line) ? true : Evaluate(or.Right, frame);
            case Infix infix:
                return InfixOf(infix, frame);
            case Call call:
                return CallOf(call, frame);
            default:
                throw Fault(frame.File, expression.Line, "has an expression where it cannot be");
        }
    }

    private object? InfixOf(Infix infix, Frame frame)
    {
        object?[] operands = [Evaluate(infix.Left, frame), Evaluate(infix.Right, frame)];
        string name = infix.Operator switch
        {
            "+" => "add",
            "-" => "sub",
            "*" => "mul",
            "/" => "div",
            "//" => "floordiv",
            "%" => "remainder",
            "**" => "pow",
            "@" => "matmul",
            "==" => "eq",
            "!=" => "ne",
            "<" => "lt",
            "<=" => "le",
            ">" => "gt",
            ">=" => "ge",
            "is" => "__is__",
            "is not" => "__isnot__",
            "in" => "__contains__",
            "not in" => "__contains__",
            "&" => "__and__",
            "|" => "__or__",
            "^" => "__xor__",
            _ => throw Fault(frame.File, infix.Line, $"has the operator '{infix.Operator}'"),
        };
        if (infix.Operator is "in" or "not in") operands = [operands[1], operands[0]];
        object? result = CallOperator($"aten::{name}", operands, [], frame, infix.Line);
        return infix.Operator == "not in" ? !IsTrue(result, frame, infix.Line) : result;
    }

    private object? CallOf(Call call, Frame frame)
    {
        string? dotted = Dotted(call.Function, frame);
        // Types as arguments are not evaluated.
        if (dotted is "annotate" or "unchecked_cast" && call.Arguments.Count == 2) return Evaluate(call.Arguments[1], frame);
        if (dotted == "uninitialized") return null;
        if (dotted == "isinstance") throw Fault(frame.File, call.Line, "asks for a type");
        object?[] arguments = [.. call.Arguments.Select(a => Evaluate(a, frame))];
        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in call.Named) named[name] = Evaluate(value, frame);
        if (dotted is null)
        {
            // Scripted code gives the functions that it calls names of its own.
            if (call.Function is Name variable && frame.Variables.GetValueOrDefault(variable.Text) is Function alias) return CallFunction(alias, arguments, named, frame.Path);
            if (call.Function is not Member method) throw Fault(frame.File, call.Line, "calls what is no function");
            return CallMethod(Evaluate(method.Target, frame), method.Text, arguments, named, frame, call.Line);
        }
        if (dotted == "getattr" && arguments is [var owner, string attribute, ..]) return Attribute(owner, attribute, frame, call.Line);
        if (dotted.StartsWith("__torch__.", StringComparison.Ordinal))
        {
            if (_module.FindFunction(dotted) is { } function) return CallFunction(function, arguments, named, frame.Path);
            if (_module.FindClass(dotted) is { } type) return Construct(type, dotted, arguments, named);
            throw Fault(frame.File, call.Line, $"calls {dotted}, which the archive lacks");
        }
        string @operator = dotted switch
        {
            _ when dotted.StartsWith("torch.", StringComparison.Ordinal) => $"aten::{dotted["torch.".Length..]}",
            _ when dotted.StartsWith("ops.", StringComparison.Ordinal) => dotted["ops.".Length..].Replace(".", "::", StringComparison.Ordinal),
            _ => $"builtin::{dotted}",
        };
        return CallOperator(@operator, arguments, named, frame, call.Line);
    }

    // torch.add, ops.quantized.conv2d, __torch__.a.f; null for a method of a value.
    private static string? Dotted(Expression function, Frame frame)
    {
        var parts = new Stack<string>();
        while (function is Member member)
        {
            parts.Push(member.Text);
            function = member.Target;
        }
        if (function is not Name root || frame.Variables.ContainsKey(root.Text)) return null;
        if (parts.Count > 0 && root.Text is not ("torch" or "ops" or "__torch__")) return null;
        parts.Push(root.Text);
        return string.Join('.', parts);
    }

    private object? CallMethod(object? target, string name, object?[] arguments, Dictionary<string, object?> named, Frame frame, int line)
    {
        if (target is Poison) return target;
        if (target is TorchObject instance)
        {
            if (_module.FindClass(instance.ClassName)?.Methods.TryGetValue(name, out var method) == true) return CallFunction(method, [instance, .. arguments], named, instance.Path ?? frame.Path);
            return CallOperator($"{instance.ClassName}::{name}", [instance, .. arguments], named, frame, line);
        }
        return CallOperator($"aten::{name}", [target, .. arguments], named, frame, line);
    }

    // A tuple whose items are known by their fields' names, too.
    private object?[] Named(Class type, object?[] tuple)
    {
        _fields.Add(tuple, [.. type.Attributes.Select(f => f.Name)]);
        return tuple;
    }

    private object Construct(Class type, string name, object?[] arguments, Dictionary<string, object?> named)
    {
        if (type.Base == "NamedTuple")
        {
            return Named(type, [.. type.Attributes.Select((field, i) => i < arguments.Length ? arguments[i] : named.GetValueOrDefault(field.Name))]);
        }
        var instance = new TorchObject(name) { IsReady = true };
        if (type.Methods.TryGetValue("__init__", out var constructor)) CallFunction(constructor, [instance, .. arguments], named, "");
        return instance;
    }

    private object? CallOperator(string name, object?[] arguments, Dictionary<string, object?> named, Frame frame, int line)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (arguments.Any(IsPoison) || named.Values.Any(IsPoison)) return Poison.Instance;
        // Names that PyTorch keeps for older models.
        if (name.StartsWith("_quantized::", StringComparison.Ordinal)) name = name[1..];
        object? target = named.Remove("out", out object? given) ? given : arguments is [.., Value last] && IsOut(name, arguments) ? last : null;
        var location = new SourceLocation(frame.Path.Length > 0 ? frame.Path : name[(name.LastIndexOf(':') + 1)..], name, _calls++);
        bool inPlace = name.EndsWith('_') && !name.EndsWith("__", StringComparison.Ordinal);
        if (!s_operators.Value.TryGetValue(name, out var import) && !(inPlace && s_operators.Value.TryGetValue(name[..^1], out import)))
        {
            _unsupported.Add($"'{location.Node}': {name} ({frame.File}, line {line})");
            return Poison.Instance;
        }
        try
        {
            foreach (object? argument in arguments.Concat(named.Values)) _joins.Use(argument);
            var call = CallWith(arguments);
            object? result = import(call);
            _formats.Follow(name, arguments, named, result);
            _views.Note(name, arguments, result, data => import(CallWith([data, .. arguments[1..]])));
            if (inPlace && arguments is [Value old, ..] && result is Value changed) return Write(call, old, changed);
            if (target is Value taker && result is Value answer) return Into(call, taker, answer);
            return result;
        }
        catch (ModelException fault)
        {
            return Failed(fault);
        }
        catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException or ArithmeticException or InvalidOperationException or InvalidCastException)
        {
            return Failed(CallWith(arguments).Malformed($"does not fit its operands: {fault.Message.TrimEnd('.')}"));
        }

        Poison Failed(ModelException fault)
        {
            _faults.AddRange(fault.Diagnostics);
            return _faults.Count > 100 ? throw new ModelException(_faults) : Poison.Instance;
        }

        // In place an operator is the same.
        TorchCall CallWith(object?[] operands) => new(_builder, _numerics, inPlace ? name.TrimEnd('_') : name, operands, named, location, _wideScales, _formats, _joins);
    }

    // Quantized operators have the tensor that takes their result behind the others.
    private static bool IsOut(string name, object?[] arguments) => name.StartsWith("quantized::", StringComparison.Ordinal)
        && (name.EndsWith("_out", StringComparison.Ordinal) || arguments.Length == 3 && name is "quantized::add" or "quantized::add_relu" or "quantized::mul" or "quantized::mul_relu");

    // out=: the tensor is changed in place, or made anew where it has another shape.
    private Value Into(TorchCall call, Value taker, Value answer)
    {
        if (taker.Type.Element != answer.Type.Element && taker.Type.Quantization is null && answer.Type.Quantization is null) answer = call.Emit(new Ir.Operators.Cast(taker.Type.Element), answer);
        return taker.Type.Shape.Equals(answer.Type.Shape) ? Write(call, taker, answer) : Renew(held => ReferenceEquals(held, taker) ? answer : held, taker);
    }

    // An operator in place changes the tensor for all who hold it, or a tensor that it is a view of, or a view of it.
    private Value Write(TorchCall call, Value old, Value changed)
    {
        Func<Value, Value> renew = TensorViews.IsView(call.Operator) ? held => ReferenceEquals(held, old) ? changed : held : _views.Write(call, old, changed);
        return Renew(renew, old);
    }

    private Value Renew(Func<Value, Value> renew, Value old)
    {
        foreach (var frame in _frames)
        {
            foreach (var (name, held) in frame.Variables.ToArray()) frame.Variables[name] = TensorViews.Renew(held, renew);
        }
        return renew(old);
    }

    private object? Attribute(object? owner, string name, Frame frame, int line)
    {
        if (owner is Poison) return owner;
        if (owner is Value tensor && name is "dtype" or "device" or "shape" or "is_quantized" or "ndim" or "T" or "layout" or "data") return CallOperator($"prim::{name}", [owner], [], frame, line);
        if (owner is object?[] tuple && _fields.TryGetValue(tuple, out string[]? fields) && Array.IndexOf(fields, name) is >= 0 and var place) return tuple[place];
        if (owner is not TorchObject instance) throw Fault(frame.File, line, $"takes '{name}' of what has no attributes");
        Prepare(instance);
        if (!instance.Attributes.TryGetValue(name, out object? value)) throw Fault(frame.File, line, $"takes '{name}' of a {instance.ClassName}, which has none");
        // Models answer as after model.eval(), which a C++ program would call.
        if (name == "training" && value is bool) return false;
        if (value is TorchObject { Path: null } child) child.Path = string.IsNullOrEmpty(instance.Path) ? name : child.ClassName.Contains(".classes.", StringComparison.Ordinal) || name.StartsWith('_') ? instance.Path : $"{instance.Path}.{name}";
        return value;
    }

    // What was pickled as another state than attributes becomes them by the class's own code.
    private void Prepare(TorchObject instance)
    {
        if (instance.IsReady) return;
        instance.IsReady = true;
        if (_module.FindClass(instance.ClassName)?.Methods.TryGetValue("__setstate__", out var method) == true) CallFunction(method, [instance, instance.State], new Dictionary<string, object?>(), instance.Path ?? "");
    }

    private object? Element(object? owner, Expression key, Frame frame, int line)
    {
        if (owner is Poison) return owner;
        if (key is Syntax.Range range)
        {
            object? from = range.From is null ? null : Evaluate(range.From, frame), to = range.To is null ? null : Evaluate(range.To, frame), step = range.Step is null ? null : Evaluate(range.Step, frame);
            return CallOperator("aten::slice", owner is Value ? [owner, 0L, from, to, step ?? 1L] : [owner, from, to, step ?? 1L], [], frame, line);
        }
        object? index = Evaluate(key, frame);
        switch (owner)
        {
            case object?[] tuple when index is long place:
                return tuple[Place(place, tuple.Length, frame, line)];
            case TorchList list when index is long place:
                return list.Items[Place(place, list.Items.Count, frame, line)];
            case TorchDictionary dictionary when index is not null:
                return dictionary.Items.TryGetValue(index, out object? value) ? value : throw Fault(frame.File, line, $"looks up '{index}', which is none of the dictionary");
            case Value when index is long place:
                return CallOperator("aten::select", [owner, 0L, place], [], frame, line);
            default:
                throw Fault(frame.File, line, "takes an element of what has none");
        }
    }

    private static int Place(long index, int count, Frame frame, int line)
    {
        if (index < 0) index += count;
        return index >= 0 && index < count ? (int)index : throw Fault(frame.File, line, $"takes element {index} of {count}");
    }

    private static IEnumerable<object?> ItemsOf(object? value, Frame frame, int line) => value switch
    {
        object?[] tuple => tuple,
        // A loop may append to the list that it goes through.
        TorchList list => [.. list.Items],
        TorchDictionary dictionary => [.. dictionary.Items.Keys],
        Poison => throw new PoisonedException(),
        TorchRange range => range.Items,
        TorchObject modules => modules.Attributes.Values.OfType<TorchObject>(),
        _ => throw Fault(frame.File, line, "goes through what has no elements"),
    };

    private static bool IsTrue(object? value, Frame frame, int line) => value switch
    {
        bool flag => flag,
        long whole => whole != 0,
        double real => real != 0,
        Value { Constant: { } constant } when constant.Type.Shape.ElementCount == 1 && constant.Type.Element is not (ElementType.F32 or ElementType.F64 or ElementType.F16) => constant.ToInt64()[0] != 0,
        Poison => throw new PoisonedException(),
        Value => throw TorchFault.Unsupported($"{frame.File}, line {line}: a condition depends on a tensor's contents. Trace the model instead of scripting it, or take the condition out"),
        null => false,
        _ => throw Fault(frame.File, line, "has a condition that is no truth value"),
    };

    private static bool IsPoison(object? value) => value switch
    {
        Poison => true,
        object?[] tuple => Array.Exists(tuple, i => i is Poison),
        TorchList list => list.Items.Exists(i => i is Poison),
        _ => false,
    };

    private void Step(Frame frame, int line)
    {
        if (++_steps > MaxSteps) throw TorchFault.TooLarge($"{frame.File}, line {line}: the code takes more than {MaxSteps} steps.");
    }

    private static ModelException Fault(string file, int line, string what) => TorchFault.Inconsistent($"{file}, line {line}: the code {what}.");

    private static Dictionary<string, Func<TorchCall, object?>> Discover() => typeof(TorchInterpreter).Assembly.GetTypes()
        .Where(t => t.IsAbstract && t.IsSealed && t.Namespace == "Qnn.Compiler.Import.TorchScript.Operators")
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .SelectMany(m => (m.GetCustomAttribute<TorchOperatorAttribute>()?.Names ?? []).Select(n => (Name: n, Method: m.CreateDelegate<Func<TorchCall, object?>>())))
        .ToDictionary(p => p.Name, p => p.Method, StringComparer.Ordinal);

    private enum Flow
    {
        Next,
        Return,
        Break,
        Continue,
    }

    private sealed class Frame(string file, string path)
    {
        public string File { get; } = file;
        public string Path { get; } = path;
        public Dictionary<string, object?> Variables { get; } = new(StringComparer.Ordinal);
        public object? Result { get; set; }
    }

    /// <summary>The result of what has failed; what depends on it adds nothing to the list of faults.</summary>
    private sealed class Poison
    {
        public static Poison Instance { get; } = new();
    }

    /// <summary>The run cannot go on without a result that failed.</summary>
    private sealed class PoisonedException : Exception;
}

/// <summary>Python's range.</summary>
internal sealed record TorchRange(long From, long To, long Step)
{
    public IEnumerable<object?> Items
    {
        get
        {
            for (long i = From; Step > 0 ? i < To : i > To; i += Step) yield return i;
        }
    }
}
