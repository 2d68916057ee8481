using System.Globalization;
using System.Text;
using System.Text.Json;
using Qnn.Runtime;

namespace Qnn.Compiler.Emit;

/// <summary>What became of a model: inputs, outputs, sizes, and every operator with its shape, quantization and cost, for programs (JSON) and for people (HTML).</summary>
public static class ModelReport
{
    /// <summary>The report as JSON.</summary>
    public static string Json(CompiledModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("model", model.Name);
            json.WriteString("source", model.Signature.SourceFile);
            json.WriteString("source_sha256", Convert.ToHexStringLower(model.Metadata.SourceHash.Span));
            json.WriteString("numerics", model.Metadata.Numerics);
            json.WriteString("description", model.Metadata.Description);
            json.WriteNumber("multiply_adds", model.MultiplyAdds);
            json.WriteNumber("artifact_bytes", model.Artifact.Length);
            json.WriteNumber("arena_bytes", model.ArenaBytes);
            json.WriteNumber("labels", model.Metadata.Labels.Count);
            WritePorts(json, "inputs", model.Signature.Inputs);
            WritePorts(json, "outputs", model.Signature.Outputs);
            json.WriteStartArray("operators");
            foreach (var layer in Layers(model))
            {
                json.WriteStartObject();
                json.WriteString("operator", layer.Operator);
                json.WriteString("source", layer.Source);
                json.WriteString("output", layer.Output);
                json.WriteNumber("multiply_adds", layer.MultiplyAdds);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("steps");
            foreach (var step in Steps(model))
            {
                json.WriteStartObject();
                json.WriteString("step", step.Operator);
                json.WriteString("source", step.Name);
                json.WriteString("kernel", step.Kernel);
                json.WriteNumber("multiply_adds", step.MultiplyAdds);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The report as a page without scripts or references to other files.</summary>
    public static string Html(CompiledModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Text(model.Name)).Append("</title>\n<style>")
            .Append("body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:75em;padding:0 1em}table{border-collapse:collapse;width:100%;margin:1em 0}")
            .Append("th,td{border-bottom:1px solid #ccc;padding:.25em .6em;text-align:left;vertical-align:top}td.n,th.n{text-align:right}code{font-size:90%;overflow-wrap:anywhere}")
            .Append("</style></head><body>\n");
        html.Append("<h1>").Append(Text(model.Name)).Append("</h1>\n<p>").Append(Text(model.Metadata.Description)).Append("</p>\n");
        Table(html, ["", ""], [
            ["source", model.Signature.SourceFile], ["SHA-256", Convert.ToHexStringLower(model.Metadata.SourceHash.Span)], ["numerics", model.Metadata.Numerics],
            ["operators", Number(model.OperatorCount)], ["multiply-adds", Number(model.MultiplyAdds)], ["artifact bytes", Number(model.Artifact.Length)], ["activation bytes", Number(model.ArenaBytes)]]);
        html.Append("<h2>Inputs and outputs</h2>\n");
        Table(html, ["", "name", "type", "description"], [.. model.Signature.Inputs.Select(i => Row("input", i)), .. model.Signature.Outputs.Select(o => Row("output", o))]);
        html.Append("<h2>Operators</h2>\n");
        Table(html, ["operator", "from", "result", "#multiply-adds"], [.. Layers(model).Select(l => new[] { l.Operator, l.Source, l.Output, Number(l.MultiplyAdds) })]);
        html.Append("<h2>Steps</h2>\n<p>Kernels are those of the machine that compiled the model; each CPU gets its own when the model is loaded.</p>\n");
        Table(html, ["step", "from", "kernel", "#multiply-adds"], [.. Steps(model).Select(s => new[] { s.Operator, s.Name, s.Kernel, Number(s.MultiplyAdds) })]);
        return html.Append("</body></html>\n").ToString();
    }

    private sealed record Layer(string Operator, string Source, string Output, long MultiplyAdds);

    private static IEnumerable<Layer> Layers(CompiledModel model) => model.Graph.Nodes.Select(n => new Layer(
        n.Operator.Mnemonic,
        n.Location.ToString(),
        string.Join(", ", n.Outputs.Select(o => o.Type.ToString())),
        n.Operator.MultiplyAdds([.. n.Inputs.Select(i => i?.Type)], [.. n.Outputs.Select(o => o.Type)])));

    private static IReadOnlyList<StepProfile> Steps(CompiledModel model)
    {
        using var loaded = QuantizedModel.Load(model.Artifact);
        using var session = loaded.CreateSession(new InferenceOptions { Profile = true });
        return session.Profile();
    }

    private static void WritePorts(Utf8JsonWriter json, string name, IReadOnlyList<TensorDescription> ports)
    {
        json.WriteStartArray(name);
        foreach (var port in ports)
        {
            json.WriteStartObject();
            json.WriteString("name", port.Name);
            json.WriteString("type", port.Type.Name());
            json.WriteStartArray("shape");
            foreach (int extent in port.Shape) json.WriteNumberValue(extent);
            json.WriteEndArray();
            if (port.IsQuantized)
            {
                json.WriteNumber("scale", port.Scale);
                json.WriteNumber("zero_point", port.ZeroPoint);
            }
            if (port.VaryingAxis >= 0) json.WriteNumber("varying_axis", port.VaryingAxis);
            json.WriteString("description", port.Description);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string[] Row(string role, TensorDescription port)
    {
        string quantization = port.IsQuantized ? string.Create(CultureInfo.InvariantCulture, $", real = {port.Scale:R} * (q - {port.ZeroPoint})") : "";
        return [role, port.Name, $"{port.Type.Name()} {port.ShapeText}{quantization}", port.Description];
    }

    // A heading that begins with # is of a column of numbers.
    private static void Table(StringBuilder html, string[] headings, string[][] rows)
    {
        html.Append("<table><tr>");
        foreach (string heading in headings) html.Append(heading.StartsWith('#') ? "<th class=\"n\">" : "<th>").Append(Text(heading.TrimStart('#'))).Append("</th>");
        html.Append("</tr>\n");
        foreach (string[] row in rows)
        {
            html.Append("<tr>");
            for (int i = 0; i < row.Length; i++) html.Append(headings[i].StartsWith('#') ? "<td class=\"n\">" : "<td>").Append("<code>").Append(Text(row[i])).Append("</code></td>");
            html.Append("</tr>\n");
        }
        html.Append("</table>\n");
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(string text) => CodeWriter.Xml(text);
}
