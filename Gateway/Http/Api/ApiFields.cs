using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>
/// Makes one JSON object of what a request of HTTP has in path, query and body, as a connection would send it: from there on the two are the same. What stands in the path counts, whatever the body says.
/// </summary>
internal static class ApiFields
{
    /// <summary>The object. Refusals: BAD_REQUEST where the body is no JSON object.</summary>
    /// <param name="route">Which fields there are.</param>
    /// <param name="http">Path and query.</param>
    /// <param name="body">What came as the body; empty: nothing.</param>
    public static (JsonElement Fields, Refusal? Refusal) Read(ApiRoute route, HttpRequest http, byte[] body)
    {
        JsonElement given = default;
        if (route.HasBody && TryParse(body, out given) is { } problem)
            return (default, Refusals.BadRequest("body", problem));
        if (route.Elsewhere.Count == 0 && route.HasBody)
            return (given, null);
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            foreach (var field in route.Elsewhere)
            {
                if (route.PlaceOf(field) == FieldPlace.Query)
                    Write(json, field, http.Query[field.Name]);
                else if (RawPath.TryRead(http, route.Path, field.Name, out var segment))
                    Write(json, field, new StringValues(segment));
                else
                    return (default, Refusals.WrongField(field.Name, "must be UTF-8"));
            }

            if (route.HasBody)
                Copy(json, given, route.Elsewhere);
            json.WriteEndObject();
        }

        using var all = JsonDocument.Parse(written.WrittenMemory);
        return (all.RootElement.Clone(), null);
    }

    private static string? TryParse(byte[] body, out JsonElement given)
    {
        given = default;
        if (!RequestJson.TryParse(new ReadOnlySequence<byte>(body), out given, out var problem))
            return problem;
        if (given.ValueKind != JsonValueKind.Object)
            return "The body must be a JSON object.";
        return JsonMarshal.GetRawUtf8Value(given).Length == body.AsSpan().Trim(" \t\r\n"u8).Length ? null : "The body must be one JSON object, and nothing else.";
    }

    private static void Copy(Utf8JsonWriter json, JsonElement given, IReadOnlyList<RequestField> elsewhere)
    {
        foreach (var property in given.EnumerateObject())
        {
            if (elsewhere.Any(field => property.NameEquals(field.Name)))
                continue;
            json.WritePropertyName(property.Name);
            // As it came: data is kept to the byte.
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(property.Value), skipInputValidation: true);
        }
    }

    /// <summary>What is not what the field takes goes on as the text that it is, and is refused where all fields are.</summary>
    private static void Write(Utf8JsonWriter json, RequestField field, StringValues texts)
    {
        if (texts.Count == 0)
            return;
        json.WritePropertyName(field.Name);
        if (field.Kind == FieldKind.TextList)
            WriteList(json, texts);
        else if (field.Kind == FieldKind.Integer && texts.Count == 1 && long.TryParse(texts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            json.WriteNumberValue(number);
        else if (field.Kind == FieldKind.Flag && texts is ["true" or "false"])
            json.WriteBooleanValue(texts[0] == "true");
        else if (texts.Count == 1)
            json.WriteStringValue(texts[0]);
        else
            WriteList(json, texts);
    }

    private static void WriteList(Utf8JsonWriter json, StringValues texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
