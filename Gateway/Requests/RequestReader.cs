using System.Globalization;
using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Requests;

/// <summary>
/// Reads the fields of a request, each within its bounds. The first that is wrong becomes <see cref="Refusal"/>, named in its detail; what is read after
/// that, or instead of it, is a harmless value which the caller never uses.
/// </summary>
/// <param name="body">The request.</param>
/// <param name="asked">Gets each field that is read; null: nobody wants to know.</param>
/// <param name="path">Where in a request the object stands, before the name of each of its fields: <c>tracks[0].</c>; nothing for the request itself.</param>
internal sealed class RequestReader(JsonElement body, ICollection<RequestField>? asked = null, string path = "")
{
    public const int IdCharsMax = 64;

    /// <summary>How long what people count as one character may be on average: a flag, or a picture with a colour of skin.</summary>
    private const int CharsPerGraphemeMax = 4;

    /// <summary>What is wrong with the request; null if nothing is, so far.</summary>
    public Refusal? Refusal { get; private set; }

    public string Text(string field, int charsMin, int charsMax)
    {
        Asked(field, FieldKind.Text, isRequired: true, charsMin, charsMax);
        if (!TryGet(field, out var value))
            return Wrong(field, Missing(field), "");
        return ReadText(field, value, charsMin, charsMax);
    }

    public string? OptionalText(string field, int charsMax)
    {
        Asked(field, FieldKind.Text, isRequired: false, max: charsMax);
        return TryGet(field, out var value) ? ReadText(field, value, 0, charsMax) : null;
    }

    /// <summary>An id that the client made.</summary>
    public string Id(string field) => Text(field, 1, IdCharsMax);

    /// <inheritdoc cref="Name"/>
    public string? OptionalName(string field, int graphemesMax)
    {
        Asked(field, FieldKind.Text, isRequired: false, 1, graphemesMax);
        return TryGet(field, out _) ? Name(field, graphemesMax) : null;
    }

    /// <summary>A name of so many characters as people count them; how else it must be is for whoever it names to say.</summary>
    public string Name(string field, int graphemesMax)
    {
        Asked(field, FieldKind.Text, isRequired: true, 1, graphemesMax);
        var name = Text(field, 0, int.MaxValue);
        return Refusal is null && (name.Length is 0 || name.Length > CharsPerGraphemeMax * graphemesMax || new StringInfo(name).LengthInTextElements > graphemesMax) ? Wrong(field, $"must have {Range(1, graphemesMax)} characters", "") : name;
    }

    public string Channel(string field)
    {
        Asked(field, FieldKind.Text, isRequired: true, 1, ChannelName.BytesMax);
        var name = Text(field, 0, int.MaxValue);
        return Refusal is null && !ChannelName.IsValid(name)
            ? Wrong(field, $"must be a channel name: 1 to {ChannelName.BytesMax} bytes of UTF-8, not white space alone, without control characters, and not starting with ':' or '['", "")
            : name;
    }

    /// <summary>A channel, or a pattern of channels, or nothing.</summary>
    public string? OptionalChannel(string field)
    {
        Asked(field, FieldKind.Text, isRequired: false, 1, ChannelName.BytesMax);
        return TryGet(field, out _) ? Channel(field) : null;
    }

    /// <param name="field">Its name.</param>
    /// <param name="min">The least.</param>
    /// <param name="max">The most.</param>
    /// <param name="more">What is to be said of the bounds behind them.</param>
    public long Integer(string field, long min, long max, string more = "")
    {
        Asked(field, FieldKind.Integer, isRequired: true, min, max);
        if (!TryGet(field, out var value))
            return Wrong(field, Missing(field), min);
        return ReadInteger(field, value, min, max, more);
    }

    public long? OptionalInteger(string field, long min, long max)
    {
        Asked(field, FieldKind.Integer, isRequired: false, min, max);
        return TryGet(field, out var value) ? ReadInteger(field, value, min, max) : null;
    }

    public bool Flag(string field)
    {
        Asked(field, FieldKind.Flag, isRequired: true);
        return TryGet(field, out var value) ? ReadFlag(field, value) : Wrong(field, Missing(field), false);
    }

    public bool? OptionalFlag(string field)
    {
        Asked(field, FieldKind.Flag, isRequired: false);
        return TryGet(field, out var value) ? ReadFlag(field, value) : null;
    }

    /// <summary>Any JSON value, as the bytes it came in; null counts as missing.</summary>
    public Payload Json(string field)
    {
        Asked(field, FieldKind.Json, isRequired: true);
        return TryGet(field, out var value) ? ReadJson(field, value) : Wrong(field, Missing(field), default(Payload));
    }

    /// <summary>
    /// The data of a publication: JSON, unless <paramref name="encodingField"/> says that it is a text (<c>text</c>) or bytes in base64 (<c>base64</c>), which come as a string.
    /// </summary>
    public Payload Data(string field, string encodingField)
    {
        var data = Json(field);
        Asked(encodingField, FieldKind.Text, isRequired: false);
        if (!TryGet(encodingField, out var encoding))
            return data;
        if (encoding.ValueKind != JsonValueKind.String)
            return Wrong(encodingField, "must be a string", data);
        if (!TryGet(field, out var value) || value.ValueKind != JsonValueKind.String)
            return Wrong(field, $"must be a string, since there is `{encodingField}`", data);
        if (encoding.ValueEquals("text"u8))
            return JsonText.TryRead(value, out var text) ? Payload.OfText(text) : Wrong(field, "must be Unicode text, without half a surrogate pair", data);
        if (!encoding.ValueEquals("base64"u8))
            return Wrong(encodingField, "must be 'text' or 'base64'", data);
        return value.TryGetBytesFromBase64(out var bytes) ? Payload.OfBytes(bytes) : Wrong(field, "must be base64", data);
    }

    /// <summary>A JSON object up to a size.</summary>
    public Payload Object(string field, int bytesMax)
    {
        Asked(field, FieldKind.Object, isRequired: true, max: bytesMax);
        return TryGet(field, out _) ? OptionalObject(field, bytesMax) : Wrong(field, Missing(field), default(Payload));
    }

    /// <summary>A JSON object up to a size, or nothing.</summary>
    public Payload OptionalObject(string field, int bytesMax)
    {
        Asked(field, FieldKind.Object, isRequired: false, max: bytesMax);
        return !TryGet(field, out var value) || value.ValueKind == JsonValueKind.Object
            ? OptionalJson(field, bytesMax)
            : Wrong(field, "must be an object", default(Payload));
    }

    /// <summary>A JSON object of texts, up to a count and a size, or nothing.</summary>
    public Payload OptionalTexts(string field, int countMax, int charsMax, int bytesMax)
    {
        OptionalTexts(field, countMax, charsMax);
        return OptionalObject(field, bytesMax);
    }

    /// <summary>An object from names to texts, up to a count; without the field it is empty.</summary>
    public IReadOnlyDictionary<string, string> OptionalTexts(string field, int countMax, int charsMax)
    {
        Asked(field, FieldKind.Texts, isRequired: false, max: countMax);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!TryGet(field, out var value))
            return texts;
        if (value.ValueKind != JsonValueKind.Object)
            return Wrong(field, "must be an object", texts);
        foreach (var property in value.EnumerateObject())
        {
            if (texts.Count == countMax)
                return Wrong(field, $"must have at most {countMax:N0} members", texts);
            var name = NameOf(field, property);
            if (name.Length > charsMax)
                return Wrong(field, $"must have names of at most {charsMax:N0} characters", texts);
            texts[name] = ReadText(field, property.Value, 0, charsMax, isEach: true);
        }

        return texts;
    }

    /// <summary>A list of texts, up to a count; without the field it is empty.</summary>
    public IReadOnlyList<string> OptionalTextList(string field, int countMax, int charsMax)
    {
        Asked(field, FieldKind.TextList, isRequired: false, max: countMax);
        if (!TryGet(field, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > countMax)
            return Wrong<IReadOnlyList<string>>(field, $"must be a list of at most {countMax:N0} strings", []);
        var texts = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
            texts.Add(ReadText(field, item, 1, charsMax, isEach: true));
        return texts;
    }

    /// <summary>Any JSON value up to a size, or nothing.</summary>
    public Payload OptionalJson(string field, int bytesMax)
    {
        Asked(field, FieldKind.Json, isRequired: false, max: bytesMax);
        if (!TryGet(field, out var value))
            return default;
        var payload = ReadJson(field, value);
        return payload.Length <= bytesMax ? payload : Wrong(field, $"must have at most {bytesMax:N0} bytes as JSON", default(Payload));
    }

    public Position? OptionalPosition(string field)
    {
        Asked(field, FieldKind.Position, isRequired: false);
        return TryGet(field, out var value) ? ReadPosition(field, value) : null;
    }

    /// <summary>An object from channel name to position.</summary>
    public IReadOnlyDictionary<string, Position>? OptionalPositions(string field, int countMax)
    {
        Asked(field, FieldKind.Positions, isRequired: false, max: countMax);
        if (!TryGet(field, out var value))
            return null;
        var positions = new Dictionary<string, Position>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Object)
            return Wrong(field, "must be an object", positions);
        foreach (var property in value.EnumerateObject())
        {
            if (positions.Count == countMax)
                return Wrong(field, $"must have at most {countMax:N0} positions", positions);
            positions[NameOf(field, property)] = ReadPosition(field, property.Value);
        }

        return positions;
    }

    /// <summary>A list of objects, each read by <paramref name="read"/>; what is wrong in one is named <c>field[i].inner</c>.</summary>
    public List<T> List<T>(string field, int countMin, int countMax, Func<RequestReader, T> read)
    {
        var items = new List<T>();
        foreach (var item in ListOfEach(field, countMin, countMax, read))
        {
            if (item.Refusal is { } refusal)
                return As(refusal, items);
            items.Add(item.Value!);
        }

        return items;
    }

    /// <summary>The same where what is wrong in one refuses that one alone, and not the request.</summary>
    public List<FieldItem<T>> ListOfEach<T>(string field, int countMin, int countMax, Func<RequestReader, T> read)
    {
        AskedList(field, countMin, countMax, read);
        var items = new List<FieldItem<T>>();
        if (!TryGet(field, out var value) || value.ValueKind != JsonValueKind.Array)
            return Wrong(field, "must be a list", items);
        if (value.GetArrayLength() < countMin || value.GetArrayLength() > countMax)
            return Wrong(field, $"must have {Range(countMin, countMax)} items", items);
        foreach (var item in value.EnumerateArray())
            items.Add(ReadItem($"{field}[{items.Count}]", item, read));
        return items;
    }

    /// <summary>Whether the field is there at all.</summary>
    public bool Has(string field) => TryGet(field, out _);

    /// <summary>Refuses the request, unless something before was wrong already.</summary>
    /// <param name="field">What is wrong.</param>
    /// <param name="must">What it must be, as the end of a sentence that begins with its name.</param>
    public void Refuse(string field, string must) => Wrong(field, must, value: 0);

    /// <summary>Whoever said null is told that it is not taken: the field is there.</summary>
    private string Missing(string field) => body.TryGetProperty(field, out _) ? "must not be null" : "is missing";

    private bool TryGet(string field, out JsonElement value)
    {
        return body.TryGetProperty(field, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }

    /// <summary>Of a field that is read in several steps the first says what it is.</summary>
    private void Asked(string field, FieldKind kind, bool isRequired, long? min = null, long? max = null)
    {
        if (asked is not null)
            Note(asked, new RequestField(field, kind, isRequired, min, max));
    }

    /// <summary>Apart from <see cref="Asked"/>, which each field of each request passes: what a lambda captures is allocated where it is declared, whether it is reached or not.</summary>
    private static void Note(ICollection<RequestField> asked, RequestField field)
    {
        if (!asked.Any(one => one.Name == field.Name))
            asked.Add(field);
    }

    private void AskedList<T>(string field, int countMin, int countMax, Func<RequestReader, T> read)
    {
        if (asked is null)
            return;
        var items = new List<RequestField>();
        using var nothing = JsonDocument.Parse("{}");
        read(new RequestReader(nothing.RootElement, items));
        asked.Add(new RequestField(field, FieldKind.List, countMin > 0, countMin, countMax) { Items = items });
    }

    private FieldItem<T> ReadItem<T>(string at, JsonElement item, Func<RequestReader, T> read)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return new(default, Refusals.WrongField($"{path}{at}", "must be an object"));
        var inner = new RequestReader(item, path: $"{path}{at}.");
        var value = read(inner);
        return new(value, inner.Refusal);
    }

    private string ReadText(string field, JsonElement value, int charsMin, int charsMax, bool isEach = false)
    {
        var each = isEach ? "must have strings, each of which " : "";
        if (value.ValueKind != JsonValueKind.String)
            return Wrong(field, isEach ? "must have nothing but strings" : "must be a string", "");
        if (!JsonText.TryRead(value, out var text))
            return Wrong(field, $"{each}must be Unicode text, without half a surrogate pair", "");
        return text.Length < charsMin || text.Length > charsMax ? Wrong(field, $"{each}must have {Range(charsMin, charsMax)} characters", "") : text;
    }

    private long ReadInteger(string field, JsonElement value, long min, long max, string more = "")
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
            return Wrong(field, "must be a whole number", min);
        return number < min || number > max ? Wrong(field, $"must be {(max == long.MaxValue ? $"at least {min:N0}" : $"{min:N0} to {max:N0}")}{more}", min) : number;
    }

    private bool ReadFlag(string field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Wrong(field, "must be true or false", false),
    };

    private Payload ReadJson(string field, JsonElement value)
    {
        var payload = Payload.Of(value);
        if (!JsonDepth.IsWithin(payload.Utf8.Span))
            return Wrong(field, $"must nest at most {JsonDepth.Max} deep", default(Payload));
        return JsonNames.AreReadable(value) ? payload : Wrong(field, "must have each name once in an object, and none that is '__proto__'", default(Payload));
    }

    private Position ReadPosition(string field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return Wrong(field, "must be a position: an object with `epoch` and `offset`", default(Position));
        var inner = new RequestReader(value, path: $"{path}{field}.");
        var position = new Position(inner.Text("epoch", 1, 32), inner.Integer("offset", 0, long.MaxValue));
        return inner.Refusal is { } refusal ? As(refusal, default(Position)) : position;
    }

    private string NameOf(string field, JsonProperty property) =>
        JsonText.TryReadName(property, out var name) ? name : Wrong(field, "must have names that are Unicode text, without half a surrogate pair", "");

    /// <summary>After "must have".</summary>
    private static string Range(int min, int max) => (min, max) switch
    {
        (0, _) => $"at most {max:N0}",
        (_, int.MaxValue) => $"at least {min:N0}",
        _ => $"{min:N0} to {max:N0}",
    };

    private T As<T>(Refusal refusal, T value)
    {
        Refusal ??= refusal;
        return value;
    }

    private T Wrong<T>(string field, string must, T value) => As(Refusals.WrongField($"{path}{field}", must), value);
}
