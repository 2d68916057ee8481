using System.Globalization;
using System.Text;

namespace Qnn.Compiler.Import.TorchScript.Syntax;

/// <summary>Kinds of tokens.</summary>
internal enum TokenKind
{
    Name,
    Number,
    Text,
    Symbol,
    NewLine,
    Indent,
    Dedent,
    End,
}

/// <summary>A token; Value is a number or a text's contents.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, object? Value, int Line);

/// <summary>Splits TorchScript code into tokens, lines and indentation included.</summary>
internal sealed class Lexer(string code, string file)
{
    private static readonly string[] s_symbols = ["...", "**=", "//=", "->", "**", "//", "==", "!=", "<=", ">=", "<<", ">>", "+=", "-=", "*=", "/="];

    private readonly List<Token> _tokens = [];
    private readonly Stack<int> _indents = new([0]);
    private int _at, _line = 1, _brackets;

    /// <summary>All tokens of a file.</summary>
    public static List<Token> Read(string code, string file) => new Lexer(code, file).Run();

    private List<Token> Run()
    {
        bool lineStart = true;
        while (_at < code.Length)
        {
            if (lineStart && _brackets == 0)
            {
                int indent = 0;
                while (_at < code.Length && code[_at] is ' ' or '\t') (_at, indent) = (_at + 1, indent + 1);
                if (_at >= code.Length) break;
                if (code[_at] is not ('\n' or '\r' or '#')) Indent(indent);
                lineStart = false;
                continue;
            }
            char c = code[_at];
            if (c == '\n')
            {
                if (_brackets == 0)
                {
                    if (_tokens.Count > 0 && _tokens[^1].Kind is not (TokenKind.NewLine or TokenKind.Indent or TokenKind.Dedent)) Add(TokenKind.NewLine, "");
                    lineStart = true;
                }
                _at++;
                _line++;
            }
            else if (c is ' ' or '\t' or '\r')
            {
                _at++;
            }
            else if (c == '\\' && _at + 1 < code.Length && code[_at + 1] == '\n')
            {
                _at += 2;
                _line++;
            }
            else if (c == '#')
            {
                while (_at < code.Length && code[_at] != '\n') _at++;
            }
            else if (c is '"' or '\'')
            {
                Text(c);
            }
            else if (char.IsAsciiDigit(c) || c == '.' && _at + 1 < code.Length && char.IsAsciiDigit(code[_at + 1]))
            {
                Number();
            }
            else if (char.IsLetter(c) || c == '_')
            {
                int start = _at;
                while (_at < code.Length && (char.IsLetterOrDigit(code[_at]) || code[_at] == '_')) _at++;
                Add(TokenKind.Name, code[start.._at]);
            }
            else
            {
                Symbol();
            }
        }
        if (_tokens.Count > 0 && _tokens[^1].Kind != TokenKind.NewLine) Add(TokenKind.NewLine, "");
        Indent(0);
        Add(TokenKind.End, "");
        return _tokens;
    }

    private void Indent(int indent)
    {
        if (indent > _indents.Peek())
        {
            if (_indents.Count > 200) throw Fault("is indented too deeply");
            _indents.Push(indent);
            Add(TokenKind.Indent, "");
        }
        while (indent < _indents.Peek())
        {
            _indents.Pop();
            Add(TokenKind.Dedent, "");
        }
        if (indent != _indents.Peek()) throw Fault("is indented unevenly");
    }

    private void Symbol()
    {
        string? symbol = Array.Find(s_symbols, s => string.CompareOrdinal(code, _at, s, 0, s.Length) == 0);
        symbol ??= "()[]{}:,.=+-*/%<>@&|^~".Contains(code[_at]) ? code[_at].ToString() : throw Fault($"has the character '{code[_at]}'");
        if (symbol is "(" or "[" or "{") _brackets++;
        if (symbol is ")" or "]" or "}" && --_brackets < 0) throw Fault($"has a '{symbol}' without its opening");
        Add(TokenKind.Symbol, symbol);
        _at += symbol.Length;
    }

    private void Number()
    {
        int start = _at;
        bool isFloat = false;
        while (_at < code.Length)
        {
            char c = code[_at];
            if (c is '.') isFloat = true;
            else if (c is 'e' or 'E')
            {
                isFloat = true;
                if (_at + 1 < code.Length && code[_at + 1] is '+' or '-') _at++;
            }
            else if (!char.IsAsciiDigit(c)) break;
            _at++;
        }
        string text = code[start.._at];
        if (isFloat && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real)) Add(TokenKind.Number, text, real);
        else if (!isFloat && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long whole)) Add(TokenKind.Number, text, whole);
        else throw Fault($"has the number '{text}'");
    }

    private void Text(char quote)
    {
        var text = new StringBuilder();
        List<byte> bytes = [];
        for (_at++; ; _at++)
        {
            if (_at >= code.Length || code[_at] == '\n') throw Fault("has a text without its end");
            char c = code[_at];
            if (c == quote) break;
            if (c != '\\' || _at + 1 >= code.Length)
            {
                text.Append(c);
                continue;
            }
            c = code[++_at];
            if (c is >= '0' and <= '7')
            {
                int value = 0, digits = 0;
                for (; digits < 3 && _at + digits < code.Length && code[_at + digits] is >= '0' and <= '7'; digits++) value = value * 8 + code[_at + digits] - '0';
                _at += digits - 1;
                bytes.Add((byte)value);
                // A letter outside of ASCII is written as the bytes of its UTF-8.
                if (_at + 2 < code.Length && code[_at + 1] == '\\' && code[_at + 2] is >= '0' and <= '7') continue;
                text.Append(Encoding.UTF8.GetString([.. bytes]));
                bytes.Clear();
                continue;
            }
            text.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', _ => c });
        }
        _at++;
        Add(TokenKind.Text, "", text.ToString());
    }

    private void Add(TokenKind kind, string text, object? value = null) => _tokens.Add(new Token(kind, text, value, _line));

    private Diagnostics.ModelException Fault(string what) => TorchFault.Damaged($"{file}, line {_line}: the code {what}.");
}
