using System.Text.Encodings.Web;
using System.Text.Json;
using Qnn.Runtime;

namespace Qnn.Tool.Output;

/// <summary>The objects that <c>--json</c> prints to the standard output. Their members are never renamed: others script against them.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints one object.</summary>
    public static void Print(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        using var output = Console.OpenStandardOutput();
        output.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary><c>model</c>, <c>format</c>, <c>numerics</c>.</summary>
    public static void WriteIdentity(Utf8JsonWriter json, QuantizedModel model)
    {
        json.WriteString("model", model.Name);
        json.WriteString("format", ModelText.Format(model));
        json.WriteString("numerics", ModelText.Numerics(model));
    }

    /// <summary>An array of <c>{ name, type, shape, scale, zero_point }</c>, scale and zero point null where the tensor is not quantized; <c>varying_axis</c> where the shape is a bound along an axis.</summary>
    public static void WriteTensors(Utf8JsonWriter json, string name, IReadOnlyList<TensorDescription> tensors, Action<int>? more = null)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < tensors.Count; i++)
        {
            var tensor = tensors[i];
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("type", tensor.Type.Name());
            json.WriteStartArray("shape");
            foreach (int extent in tensor.Shape) json.WriteNumberValue(extent);
            json.WriteEndArray();
            if (tensor.IsQuantized)
            {
                json.WriteNumber("scale", tensor.Scale);
                json.WriteNumber("zero_point", tensor.ZeroPoint);
            }
            else
            {
                json.WriteNull("scale");
                json.WriteNull("zero_point");
            }
            if (tensor.VaryingAxis >= 0) json.WriteNumber("varying_axis", tensor.VaryingAxis);
            if (tensor.Description.Length > 0) json.WriteString("description", tensor.Description);
            more?.Invoke(i);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>A time or other real number, rounded to six digits after the point.</summary>
    public static void WriteReal(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 6));
}
