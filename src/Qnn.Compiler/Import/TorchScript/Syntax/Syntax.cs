namespace Qnn.Compiler.Import.TorchScript.Syntax;

/// <summary>An expression of TorchScript code. Line counts from 1.</summary>
internal abstract record Expression(int Line);

/// <summary>A number, text, True, False or None.</summary>
internal sealed record Literal(object? Value, int Line) : Expression(Line);

/// <summary>A name.</summary>
internal sealed record Name(string Text, int Line) : Expression(Line);

/// <summary><c>target.member</c></summary>
internal sealed record Member(Expression Target, string Text, int Line) : Expression(Line);

/// <summary><c>target[index]</c></summary>
internal sealed record Index(Expression Target, Expression Key, int Line) : Expression(Line);

/// <summary><c>from:to:step</c> within an index.</summary>
internal sealed record Range(Expression? From, Expression? To, Expression? Step, int Line) : Expression(Line);

/// <summary><c>function(arguments, name=argument)</c></summary>
internal sealed record Call(Expression Function, IReadOnlyList<Expression> Arguments, IReadOnlyList<(string Name, Expression Value)> Named, int Line) : Expression(Line);

/// <summary><c>(a, b)</c></summary>
internal sealed record TupleOf(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

/// <summary><c>[a, b]</c></summary>
internal sealed record ListOf(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

/// <summary><c>{a: b}</c></summary>
internal sealed record DictionaryOf(IReadOnlyList<(Expression Key, Expression Value)> Items, int Line) : Expression(Line);

/// <summary><c>-a</c>, <c>not a</c>, <c>~a</c></summary>
internal sealed record Prefix(string Operator, Expression Operand, int Line) : Expression(Line);

/// <summary><c>a + b</c></summary>
internal sealed record Infix(string Operator, Expression Left, Expression Right, int Line) : Expression(Line);

/// <summary><c>a if condition else b</c></summary>
internal sealed record Choice(Expression Condition, Expression Then, Expression Else, int Line) : Expression(Line);

/// <summary>A statement.</summary>
internal abstract record Statement(int Line);

/// <summary>An expression for its effect.</summary>
internal sealed record Evaluate(Expression Value, int Line) : Statement(Line);

/// <summary><c>target = value</c></summary>
internal sealed record Assign(Expression Target, Expression Value, int Line) : Statement(Line);

/// <summary><c>return value</c></summary>
internal sealed record Return(Expression? Value, int Line) : Statement(Line);

/// <summary><c>if condition: ... else: ...</c></summary>
internal sealed record If(Expression Condition, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Else, int Line) : Statement(Line);

/// <summary><c>while condition: ...</c></summary>
internal sealed record While(Expression Condition, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <summary><c>for target in items: ...</c></summary>
internal sealed record For(Expression Target, Expression Items, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <summary><c>pass</c>, <c>break</c>, <c>continue</c></summary>
internal sealed record Jump(string Kind, int Line) : Statement(Line);

/// <summary>A parameter, and its type: <c>Tensor</c>, <c>Tuple[Tensor, Tensor]</c>.</summary>
internal sealed record Parameter(string Name, Expression? Type, Expression? Default);

/// <summary>A function or method.</summary>
internal sealed record Function(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Statement> Body, string File, int Line);

/// <summary>A class: its methods, and its attributes in order, of named tuples with their types.</summary>
internal sealed record Class(string Name, string Base, IReadOnlyDictionary<string, Function> Methods, IReadOnlyList<Parameter> Attributes);

/// <summary>What a file defines.</summary>
internal sealed record SourceFile(IReadOnlyDictionary<string, Class> Classes, IReadOnlyDictionary<string, Function> Functions);
