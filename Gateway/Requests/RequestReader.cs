using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Requests;

/// <summary>
/// Reads the fields of a request, each within its bounds. The first that is wrong becomes <see cref="Refusal"/>, named in its detail; what is read after
/// that, or instead of it, is a harmless value which the caller never uses.
/// </summary>
internal sealed class RequestReader(JsonElement body)
{
    public const int IdCharsMax = 64;

    /// <summary>What is wrong with the request; null if nothing is, so far.</summary>
    public Refusal? Refusal { get; private set; }

    public string Text(string field, int charsMin, int charsMax)
    {
        if (!TryGet(field, out var value))
            return Wrong(field, "The field is missing.", "");
        return ReadText(field, value, charsMin, charsMax);
    }

    public string? OptionalText(string field, int charsMax) =>
        TryGet(field, out var value) ? ReadText(field, value, 0, charsMax) : null;

    /// <summary>An id that the client made.</summary>
    public string Id(string field) => Text(field, 1, IdCharsMax);

    public string Channel(string field)
    {
        var name = Text(field, 1, ChannelName.BytesMax);
        return Refusal is null && !ChannelName.IsValid(name) ? Wrong(field, "The field is no channel name.", "") : name;
    }

    public long Integer(string field, long min, long max)
    {
        if (!TryGet(field, out var value))
            return Wrong(field, "The field is missing.", min);
        return ReadInteger(field, value, min, max);
    }

    public long? OptionalInteger(string field, long min, long max) =>
        TryGet(field, out var value) ? ReadInteger(field, value, min, max) : null;

    public bool Flag(string field) =>
        TryGet(field, out var value) ? ReadFlag(field, value) : Wrong(field, "The field is missing.", false);

    public bool? OptionalFlag(string field) => TryGet(field, out var value) ? ReadFlag(field, value) : null;

    /// <summary>Any JSON value, as the bytes it came in; null counts as missing.</summary>
    public Payload Json(string field) => TryGet(field, out var value) ? ReadJson(field, value) : Wrong(field, "The field is missing.", default(Payload));

    /// <summary>
    /// The data of a publication: JSON, unless <paramref name="encodingField"/> says that it is a text (<c>text</c>) or bytes in base64 (<c>base64</c>), which come as a string.
    /// </summary>
    public Payload Data(string field, string encodingField)
    {
        var data = Json(field);
        if (!TryGet(encodingField, out var encoding))
            return data;
        if (!TryGet(field, out var value) || value.ValueKind != JsonValueKind.String)
            return Wrong(field, "The field is no text, though it has an encoding.", data);
        if (encoding.ValueEquals("text"u8))
            return JsonText.TryRead(value, out var text) ? Payload.OfText(text) : Wrong(field, "The field is not Unicode text.", data);
        if (!encoding.ValueEquals("base64"u8))
            return Wrong(encodingField, "The field is neither 'text' nor 'base64'.", data);
        return value.TryGetBytesFromBase64(out var bytes) ? Payload.OfBytes(bytes) : Wrong(field, "The field is no base64.", data);
    }

    /// <summary>A JSON object up to a size, or nothing.</summary>
    public Payload OptionalObject(string field, int bytesMax) =>
        !TryGet(field, out var value) || value.ValueKind == JsonValueKind.Object
            ? OptionalJson(field, bytesMax)
            : Wrong(field, "The field is no object.", default(Payload));

    /// <summary>A JSON object of texts, up to a count and a size, or nothing.</summary>
    public Payload OptionalTexts(string field, int countMax, int charsMax, int bytesMax)
    {
        OptionalTexts(field, countMax, charsMax);
        return OptionalObject(field, bytesMax);
    }

    /// <summary>An object from names to texts, up to a count; without the field it is empty.</summary>
    public IReadOnlyDictionary<string, string> OptionalTexts(string field, int countMax, int charsMax)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!TryGet(field, out var value))
            return texts;
        if (value.ValueKind != JsonValueKind.Object)
            return Wrong(field, "The field is no object.", texts);
        foreach (var property in value.EnumerateObject())
        {
            if (texts.Count == countMax)
                return Wrong(field, $"The field has more than {countMax} members.", texts);
            var name = NameOf(field, property);
            if (name.Length > charsMax)
                return Wrong(field, $"The field has a name longer than {charsMax} characters.", texts);
            texts[name] = ReadText(field, property.Value, 0, charsMax);
        }

        return texts;
    }

    /// <summary>A list of texts, up to a count; without the field it is empty.</summary>
    public IReadOnlyList<string> OptionalTextList(string field, int countMax, int charsMax)
    {
        if (!TryGet(field, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > countMax)
            return Wrong<IReadOnlyList<string>>(field, $"The field is no list of at most {countMax} texts.", []);
        return [.. value.EnumerateArray().Select(item => ReadText(field, item, 1, charsMax))];
    }

    /// <summary>Any JSON value up to a size, or nothing.</summary>
    public Payload OptionalJson(string field, int bytesMax)
    {
        if (!TryGet(field, out var value))
            return default;
        var payload = ReadJson(field, value);
        return payload.Length <= bytesMax ? payload : Wrong(field, $"The field is larger than {bytesMax} bytes.", default(Payload));
    }

    public Position? OptionalPosition(string field) => TryGet(field, out var value) ? ReadPosition(field, value) : null;

    /// <summary>An object from channel name to position.</summary>
    public IReadOnlyDictionary<string, Position>? OptionalPositions(string field, int countMax)
    {
        if (!TryGet(field, out var value))
            return null;
        var positions = new Dictionary<string, Position>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Object)
            return Wrong(field, "The field is no object.", positions);
        foreach (var property in value.EnumerateObject())
        {
            if (positions.Count == countMax)
                return Wrong(field, $"The field has more than {countMax} positions.", positions);
            positions[NameOf(field, property)] = ReadPosition(field, property.Value);
        }

        return positions;
    }

    /// <summary>A list of objects, each read by <paramref name="read"/>; what is wrong in one is named <c>field[i].inner</c>.</summary>
    public List<T> List<T>(string field, int countMin, int countMax, Func<RequestReader, T> read)
    {
        var items = new List<T>();
        if (!TryGet(field, out var value) || value.ValueKind != JsonValueKind.Array)
            return Wrong(field, "The field is no list.", items);
        if (value.GetArrayLength() < countMin || value.GetArrayLength() > countMax)
            return Wrong(field, $"The field has not {countMin} to {countMax} items.", items);
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
                return Wrong($"{field}[{items.Count}]", "The item is no object.", items);
            var inner = new RequestReader(item);
            var read1 = read(inner);
            if (inner.Refusal is { } refusal)
                return Wrong($"{field}[{items.Count}].{refusal.Detail}", refusal.Message, items);
            items.Add(read1);
        }

        return items;
    }

    /// <summary>Refuses the request, unless something before was wrong already.</summary>
    public void Refuse(string field, string message) => Wrong(field, message, value: 0);

    private bool TryGet(string field, out JsonElement value) =>
        body.TryGetProperty(field, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private string ReadText(string field, JsonElement value, int charsMin, int charsMax)
    {
        if (value.ValueKind != JsonValueKind.String)
            return Wrong(field, "The field is no text.", "");
        if (!JsonText.TryRead(value, out var text))
            return Wrong(field, "The field is not Unicode text.", "");
        return text.Length < charsMin || text.Length > charsMax ? Wrong(field, $"The field has not {charsMin} to {charsMax} characters.", "") : text;
    }

    private long ReadInteger(string field, JsonElement value, long min, long max)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
            return Wrong(field, "The field is no whole number.", min);
        return number < min || number > max ? Wrong(field, $"The field is not {min} to {max}.", min) : number;
    }

    private bool ReadFlag(string field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Wrong(field, "The field is neither true nor false.", false),
    };

    private Payload ReadJson(string field, JsonElement value)
    {
        var payload = Payload.Of(value);
        return JsonDepth.IsWithin(payload.Utf8.Span) ? payload : Wrong(field, $"The field nests deeper than {JsonDepth.Max}.", default(Payload));
    }

    private Position ReadPosition(string field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return Wrong(field, "The field is no position.", default(Position));
        var inner = new RequestReader(value);
        var position = new Position(inner.Text("epoch", 1, 32), inner.Integer("offset", 0, long.MaxValue));
        return inner.Refusal is { } refusal ? Wrong($"{field}.{refusal.Detail}", refusal.Message, default(Position)) : position;
    }

    private string NameOf(string field, JsonProperty property) =>
        JsonText.TryReadName(property, out var name) ? name : Wrong(field, "The field has a name that is not Unicode text.", "");

    private T Wrong<T>(string field, string message, T value)
    {
        Refusal ??= Refusals.BadRequest(field, message);
        return value;
    }
}
