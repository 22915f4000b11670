using System.Text.Json;

namespace WhatsSound.Channels;

/// <summary>One field of <see cref="RuleDocument"/>.</summary>
/// <param name="name">As in the document.</param>
/// <param name="must">What it must be, for whoever has written something else.</param>
/// <param name="write">Writes the value of a rule.</param>
/// <param name="read">The rule with the value; null: that is none. Its bounds are checked afterwards, with all of the rule.</param>
internal sealed class RuleField(string name, string must, Action<Utf8JsonWriter, ChannelRule> write, Func<JsonElement, ChannelRule, ChannelRule?> read)
{
    /// <summary>Longer times are no rule's: 365 days.</summary>
    private const double MsMax = 365 * 86_400_000.0;

    public string Name => name;

    public string Must => must;

    public void Write(Utf8JsonWriter writer, ChannelRule rule)
    {
        writer.WritePropertyName(name);
        write(writer, rule);
    }

    public ChannelRule? Read(JsonElement value, ChannelRule rule) => read(value, rule);

    public static RuleField Number(string name, Func<ChannelRule, int> get, Func<ChannelRule, int, ChannelRule> with) => new(
        name,
        "must be a whole number",
        (writer, rule) => writer.WriteNumberValue(get(rule)),
        (value, rule) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? with(rule, number) : null);

    public static RuleField OptionalNumber(string name, Func<ChannelRule, int?> get, Func<ChannelRule, int?, ChannelRule> with) => new(
        name,
        "must be a whole number, or null",
        (writer, rule) => WriteOrNull(writer, get(rule)),
        (value, rule) => value.ValueKind == JsonValueKind.Null ? with(rule, null) : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? with(rule, number) : null);

    public static RuleField Flag(string name, Func<ChannelRule, bool> get, Func<ChannelRule, bool, ChannelRule> with) => new(
        name,
        "must be true or false",
        (writer, rule) => writer.WriteBooleanValue(get(rule)),
        (value, rule) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? with(rule, value.GetBoolean()) : null);

    public static RuleField Time(string name, Func<ChannelRule, TimeSpan> get, Func<ChannelRule, TimeSpan, ChannelRule> with) => new(
        name,
        "must be a number of milliseconds",
        (writer, rule) => writer.WriteNumberValue(get(rule).TotalMilliseconds),
        (value, rule) => TimeOf(value) is { } time ? with(rule, time) : null);

    public static RuleField OptionalTime(string name, Func<ChannelRule, TimeSpan?> get, Func<ChannelRule, TimeSpan?, ChannelRule> with) => new(
        name,
        "must be a number of milliseconds, or null",
        (writer, rule) => WriteOrNull(writer, get(rule)),
        (value, rule) => value.ValueKind == JsonValueKind.Null ? with(rule, null) : TimeOf(value) is { } time ? with(rule, time) : null);

    /// <summary>One word of an enumeration, or null.</summary>
    public static RuleField Word<T>(string name, Func<ChannelRule, T?> get, Func<ChannelRule, T?, ChannelRule> with)
        where T : struct, Enum => new(
            name,
            $"must be {string.Join(" or ", Enum.GetNames<T>().Select(static word => $"'{RuleWords.Of(word)}'"))}, or null",
            (writer, rule) => writer.WriteStringValue(get(rule) is { } word ? RuleWords.Of(word.ToString()) : null),
            (value, rule) => value.ValueKind == JsonValueKind.Null ? with(rule, null) : RuleWords.Read<T>(value) is { } word ? with(rule, word) : null);

    /// <summary>Several words of an enumeration of flags, in a list.</summary>
    public static RuleField Words<T>(string name, Func<ChannelRule, T> get, Func<ChannelRule, T, ChannelRule> with)
        where T : struct, Enum => new(
            name,
            $"must be a list of {string.Join(", ", RuleWords.AllOf<T>().Select(static word => $"'{RuleWords.Of(word.ToString())}'"))}, each at most once",
            (writer, rule) => WriteList(writer, get(rule)),
            (value, rule) => RuleWords.ReadList<T>(value) is { } words ? with(rule, words) : null);

    private static void WriteOrNull(Utf8JsonWriter writer, int? number)
    {
        if (number is { } value)
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }

    private static void WriteOrNull(Utf8JsonWriter writer, TimeSpan? time)
    {
        if (time is { } value)
            writer.WriteNumberValue(value.TotalMilliseconds);
        else
            writer.WriteNullValue();
    }

    private static void WriteList<T>(Utf8JsonWriter writer, T words)
        where T : struct, Enum
    {
        writer.WriteStartArray();
        foreach (var word in RuleWords.AllOf<T>().Where(word => words.HasFlag(word)))
            writer.WriteStringValue(RuleWords.Of(word.ToString()));
        writer.WriteEndArray();
    }

    private static TimeSpan? TimeOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var ms) && ms is >= 0 and <= MsMax ? TimeSpan.FromMilliseconds(ms) : null;
}
