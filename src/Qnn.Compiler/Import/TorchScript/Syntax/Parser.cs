namespace Qnn.Compiler.Import.TorchScript.Syntax;

/// <summary>TorchScript code, as PyTorch prints it, to a tree. By recursive descent, binary operators by precedence.</summary>
internal sealed class Parser
{
    // Traced code nests the calls of modules that follow each other.
    private const int MaxDepth = 400;

    private static readonly Dictionary<string, int> s_precedence = new()
    {
        ["or"] = 1,
        ["and"] = 2,
        ["in"] = 4,
        ["is"] = 4,
        ["<"] = 4,
        [">"] = 4,
        ["<="] = 4,
        [">="] = 4,
        ["=="] = 4,
        ["!="] = 4,
        ["|"] = 5,
        ["^"] = 6,
        ["&"] = 7,
        ["<<"] = 8,
        [">>"] = 8,
        ["+"] = 9,
        ["-"] = 9,
        ["*"] = 10,
        ["/"] = 10,
        ["//"] = 10,
        ["%"] = 10,
        ["@"] = 10,
        ["**"] = 12,
    };

    private readonly List<Token> _tokens;
    private readonly string _file;
    private int _at, _depth;

    private Parser(string code, string file) => (_tokens, _file) = (Lexer.Read(code, file), file);

    /// <summary>Parses a file.</summary>
    public static SourceFile Parse(string code, string file) => new Parser(code, file).File();

    private Token Current => _tokens[_at];

    private SourceFile File()
    {
        var classes = new Dictionary<string, Class>(StringComparer.Ordinal);
        var functions = new Dictionary<string, Function>(StringComparer.Ordinal);
        while (Current.Kind != TokenKind.End)
        {
            if (Current.Kind == TokenKind.NewLine) _at++;
            else if (Is("class"))
            {
                var type = ClassDefinition();
                classes[type.Name] = type;
            }
            else if (Is("def"))
            {
                var function = FunctionDefinition();
                functions[function.Name] = function;
            }
            else StatementOf();
        }
        return new SourceFile(classes, functions);
    }

    private Class ClassDefinition()
    {
        Expect("class");
        string name = Identifier(), parent = "";
        if (Accept("("))
        {
            if (!Is(")")) parent = TypeName();
            Expect(")");
        }
        Expect(":");
        var methods = new Dictionary<string, Function>(StringComparer.Ordinal);
        var attributes = new List<Parameter>();
        if (!BeginBlock())
        {
            SkipLine();
            return new Class(name, parent, methods, attributes);
        }
        while (!EndBlock())
        {
            if (Is("def"))
            {
                var method = FunctionDefinition();
                methods[method.Name] = method;
                continue;
            }
            if (Current.Kind == TokenKind.Name && _tokens[_at + 1] is { Kind: TokenKind.Symbol, Text: ":" })
            {
                string attribute = Identifier();
                Expect(":");
                attributes.Add(new Parameter(attribute, parent == "NamedTuple" ? Postfix() : null, null));
            }
            SkipLine();
        }
        return new Class(name, parent, methods, attributes);
    }

    private Function FunctionDefinition()
    {
        int line = Current.Line;
        Expect("def");
        string name = Identifier();
        Expect("(");
        var parameters = new List<Parameter>();
        while (!Accept(")"))
        {
            Accept("*");
            string parameter = Identifier();
            var type = Accept(":") ? Postfix() : null;
            parameters.Add(new Parameter(parameter, type, Accept("=") ? Expression() : null));
            if (!Is(")")) Expect(",");
        }
        if (Accept("->")) Postfix();
        Expect(":");
        return new Function(name, parameters, Block(), _file, line);
    }

    // A type is skipped; its first name is enough.
    private string TypeName()
    {
        var type = Postfix();
        while (type is Index index) type = index.Target;
        return type switch { Name name => name.Text, Member member => member.Text, Literal { Value: null } => "NoneType", _ => "" };
    }

    private List<Statement> Block()
    {
        var statements = new List<Statement>();
        if (!BeginBlock())
        {
            statements.Add(StatementOf());
            return statements;
        }
        while (!EndBlock()) statements.Add(StatementOf());
        return statements;
    }

    private Statement StatementOf()
    {
        Enter();
        var statement = Statement();
        _depth--;
        return statement;
    }

    private Statement Statement()
    {
        int line = Current.Line;
        if (Accept("if") || Accept("elif"))
        {
            var condition = Expression();
            Expect(":");
            var then = Block();
            if (Is("elif")) return new If(condition, then, [StatementOf()], line);
            List<Statement> otherwise = [];
            if (Accept("else"))
            {
                Expect(":");
                otherwise = Block();
            }
            return new If(condition, then, otherwise, line);
        }
        if (Accept("while"))
        {
            var condition = Expression();
            Expect(":");
            return new While(condition, Block(), line);
        }
        if (Accept("for"))
        {
            var target = Targets();
            Expect("in");
            var items = Expression();
            Expect(":");
            return new For(target, items, Block(), line);
        }
        Statement statement;
        if (Accept("return")) statement = new Return(Current.Kind == TokenKind.NewLine ? null : Expressions(), line);
        else if (Is("pass") || Is("break") || Is("continue")) statement = new Jump(Identifier(), line);
        else if (Accept("import"))
        {
            while (Current.Kind is not (TokenKind.NewLine or TokenKind.End)) _at++;
            statement = new Jump("pass", line);
        }
        else statement = Simple(line);
        if (Current.Kind == TokenKind.NewLine) _at++;
        else if (Current.Kind != TokenKind.End) throw Fault($"has '{Current.Text}' where a line should end");
        return statement;
    }

    private Statement Simple(int line)
    {
        var first = Expressions();
        if (Accept(":"))
        {
            TypeName();
            return Accept("=") ? new Assign(first, Expressions(), line) : new Jump("pass", line);
        }
        foreach (string compound in (ReadOnlySpan<string>)["+=", "-=", "*=", "/="])
        {
            if (Accept(compound)) return new Assign(first, new Infix(compound[..1], first, Expressions(), line), line);
        }
        return Accept("=") ? new Assign(first, Expressions(), line) : new Evaluate(first, line);
    }

    // The target of a for, which must not take the word in for an operator.
    private Expression Targets()
    {
        int line = Current.Line;
        var items = new List<Expression> { Postfix() };
        bool several = false;
        while (Accept(","))
        {
            several = true;
            if (!Is("in")) items.Add(Postfix());
        }
        return several ? new TupleOf(items, line) : items[0];
    }

    private Expression Expressions()
    {
        int line = Current.Line;
        var first = Expression();
        if (!Is(",")) return first;
        var items = new List<Expression> { first };
        while (Accept(","))
        {
            if (Is("=") || Current.Kind == TokenKind.NewLine) break;
            items.Add(Expression());
        }
        return new TupleOf(items, line);
    }

    private Expression Expression()
    {
        Enter();
        int line = Current.Line;
        var value = Binary(0);
        if (Accept("if"))
        {
            var condition = Binary(0);
            Expect("else");
            value = new Choice(condition, value, Expression(), line);
        }
        _depth--;
        return value;
    }

    private Expression Binary(int least)
    {
        var left = Unary();
        while (true)
        {
            int line = Current.Line;
            string op = Current.Kind is TokenKind.Name or TokenKind.Symbol ? Current.Text : "";
            bool notIn = op == "not" && _tokens[_at + 1].Text == "in";
            if (notIn) op = "in";
            if (!s_precedence.TryGetValue(op, out int precedence) || precedence <= least) return left;
            _at += notIn ? 2 : 1;
            if (op == "is" && Accept("not")) op = "is not";
            var right = Binary(op == "**" ? precedence - 1 : precedence);
            left = new Infix(notIn ? "not in" : op, left, right, line);
        }
    }

    private Expression Unary()
    {
        int line = Current.Line;
        foreach (string op in (ReadOnlySpan<string>)["-", "+", "~", "not"])
        {
            if (!Accept(op)) continue;
            Enter();
            var operand = op == "not" ? Binary(3) : Unary();
            _depth--;
            return operand is Literal { Value: long whole } && op == "-" ? new Literal(-whole, line)
                : operand is Literal { Value: double real } && op == "-" ? new Literal(-real, line)
                : new Prefix(op, operand, line);
        }
        return Postfix();
    }

    private Expression Postfix()
    {
        var value = Atom();
        while (true)
        {
            int line = Current.Line;
            if (Accept(".")) value = new Member(value, Identifier(), line);
            else if (Accept("(")) value = CallOf(value, line);
            else if (Accept("["))
            {
                value = new Index(value, Subscript(), line);
                Expect("]");
            }
            else return value;
        }
    }

    private Call CallOf(Expression function, int line)
    {
        var arguments = new List<Expression>();
        var named = new List<(string, Expression)>();
        while (!Accept(")"))
        {
            if (Current.Kind == TokenKind.Name && _tokens[_at + 1] is { Kind: TokenKind.Symbol, Text: "=" })
            {
                string name = Identifier();
                Expect("=");
                named.Add((name, Expression()));
            }
            else arguments.Add(Expression());
            if (!Is(")")) Expect(",");
        }
        return new Call(function, arguments, named, line);
    }

    private Expression Subscript()
    {
        int line = Current.Line;
        if (Is("]")) return new TupleOf([], line);
        var first = Is(":") ? null : Expression();
        if (Accept(":"))
        {
            var to = Is("]") || Is(":") ? null : Expression();
            var step = Accept(":") && !Is("]") ? Expression() : null;
            return new Range(first, to, step, line);
        }
        if (!Is(",")) return first!;
        var items = new List<Expression> { first! };
        while (Accept(",") && !Is("]")) items.Add(Expression());
        return new TupleOf(items, line);
    }

    private Expression Atom()
    {
        var token = Current;
        int line = token.Line;
        if (token.Kind is TokenKind.Number or TokenKind.Text)
        {
            _at++;
            return new Literal(token.Value, line);
        }
        if (token.Kind == TokenKind.Name)
        {
            _at++;
            return token.Text switch
            {
                "True" => new Literal(true, line),
                "False" => new Literal(false, line),
                "None" => new Literal(null, line),
                "inf" => new Literal(double.PositiveInfinity, line),
                "nan" => new Literal(double.NaN, line),
                _ => new Name(token.Text, line),
            };
        }
        if (Accept("..."))
        {
            return new Literal(null, line);
        }
        if (Accept("("))
        {
            var (items, comma) = Items(")");
            return items.Count == 1 && !comma ? items[0] : new TupleOf(items, line);
        }
        if (Accept("[")) return new ListOf(Items("]").Items, line);
        if (Accept("{"))
        {
            var pairs = new List<(Expression, Expression)>();
            while (!Accept("}"))
            {
                var key = Expression();
                Expect(":");
                pairs.Add((key, Expression()));
                if (!Is("}")) Expect(",");
            }
            return new DictionaryOf(pairs, line);
        }
        throw Fault(token.Kind == TokenKind.Symbol ? $"has '{token.Text}' where a value should be" : "ends where a value should be");
    }

    private (List<Expression> Items, bool Comma) Items(string end)
    {
        var items = new List<Expression>();
        bool comma = false;
        while (!Accept(end))
        {
            items.Add(Expression());
            comma = Accept(",");
            if (!comma && !Is(end)) throw Fault($"lacks a '{end}'");
        }
        return (items, comma);
    }

    private bool BeginBlock()
    {
        if (Current.Kind != TokenKind.NewLine || _tokens[_at + 1].Kind != TokenKind.Indent) return false;
        _at += 2;
        return true;
    }

    private bool EndBlock()
    {
        if (Current.Kind == TokenKind.End) return true;
        if (Current.Kind != TokenKind.Dedent) return false;
        _at++;
        return true;
    }

    private void SkipLine()
    {
        while (Current.Kind is not (TokenKind.NewLine or TokenKind.End)) _at++;
        if (Current.Kind == TokenKind.NewLine) _at++;
    }

    private void Enter()
    {
        if (++_depth > MaxDepth) throw Fault("is nested too deeply");
    }

    private bool Is(string text) => Current.Kind is TokenKind.Name or TokenKind.Symbol && Current.Text == text;

    private bool Accept(string text)
    {
        if (!Is(text)) return false;
        _at++;
        return true;
    }

    private void Expect(string text)
    {
        if (!Accept(text)) throw Fault($"has '{Current.Text}' where '{text}' should be");
    }

    private string Identifier()
    {
        if (Current.Kind != TokenKind.Name) throw Fault($"has '{Current.Text}' where a name should be");
        return _tokens[_at++].Text;
    }

    private Diagnostics.ModelException Fault(string what) => TorchFault.Damaged($"{_file}, line {Current.Line}: the code {what}.");
}
