using System.Globalization;
using System.Text;

namespace Qnn.Tool.Inputs;

/// <summary>Reads PGM and PPM images (Netpbm P2, P3, P5, P6), of 8 bits or scaled down to them.</summary>
internal sealed class PortableAnymap(byte[] file)
{
    private int _position = 2;

    /// <summary>Whether a file begins like one.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) => file is [(byte)'P', (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6', ..];

    /// <summary>Reads the image.</summary>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public DecodedImage Read()
    {
        bool color = file[1] is (byte)'3' or (byte)'6', binary = file[1] is (byte)'5' or (byte)'6';
        int width = Number(), height = Number(), maximum = Number();
        DecodedImage.CheckSize(width, height);
        if (maximum is < 1 or > 65535) throw new InvalidDataException($"its largest value is {maximum}");
        var pixels = new byte[width * height * (color ? 3 : 1)];
        if (binary) _position++;
        int size = maximum > 255 ? 2 : 1;
        if (binary && file.Length - _position < (long)pixels.Length * size) throw new InvalidDataException("it is truncated");
        for (int i = 0; i < pixels.Length; i++)
        {
            int value = !binary ? Number() : size == 1 ? file[_position + i] : file[_position + 2 * i] << 8 | file[_position + 2 * i + 1];
            pixels[i] = (byte)(maximum == 255 ? Math.Min(value, 255) : (Math.Min(value, maximum) * 255 + maximum / 2) / maximum);
        }
        return new DecodedImage(pixels, width, height, color);
    }

    private int Number()
    {
        while (_position < file.Length && (IsSpace(file[_position]) || file[_position] == '#'))
        {
            if (file[_position] == '#') while (_position < file.Length && file[_position] != '\n') _position++;
            else _position++;
        }
        int start = _position;
        while (_position < file.Length && char.IsAsciiDigit((char)file[_position])) _position++;
        string text = Encoding.ASCII.GetString(file, start, Math.Min(_position - start, 12));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw new InvalidDataException("a number is missing or malformed");
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\v' or (byte)'\f';
}
