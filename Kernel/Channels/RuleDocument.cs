using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WhatsSound.Channels;

/// <summary>
/// A rule as JSON: an object with every field of <see cref="ChannelRule"/>, times in milliseconds. What is written has all of them; what is read may leave any out but the pattern, and has their defaults then. A field that is not
/// known, that is there twice, or of another kind, is a problem. At most <see cref="BytesMax"/>.
/// </summary>
public static class RuleDocument
{
    /// <summary>The most bytes of a document: several times what one with every field has.</summary>
    public const int BytesMax = 4_096;

    private const string Pattern = "pattern";

    /// <summary>All but the pattern. A field of a rule that is not here cannot be set; a test sees to that.</summary>
    private static readonly RuleField[] Fields =
    [
        RuleField.Number("historyCountMax", static rule => rule.HistoryCountMax, static (rule, value) => rule with { HistoryCountMax = value }),
        RuleField.Number("historyBytesMax", static rule => rule.HistoryBytesMax, static (rule, value) => rule with { HistoryBytesMax = value }),
        RuleField.Time("historyAgeMs", static rule => rule.HistoryAge, static (rule, value) => rule with { HistoryAge = value }),
        RuleField.OptionalTime("persistAllMs", static rule => rule.PersistAll, static (rule, value) => rule with { PersistAll = value }),
        RuleField.Flag("persistLast", static rule => rule.PersistLast, static (rule, value) => rule with { PersistLast = value }),
        RuleField.OptionalTime("conflateIntervalMs", static rule => rule.ConflateInterval, static (rule, value) => rule with { ConflateInterval = value }),
        RuleField.Number("batchCountMax", static rule => rule.BatchCountMax, static (rule, value) => rule with { BatchCountMax = value }),
        RuleField.Time("batchIntervalMs", static rule => rule.BatchInterval, static (rule, value) => rule with { BatchInterval = value }),
        RuleField.Flag("presence", static rule => rule.Presence, static (rule, value) => rule with { Presence = value }),
        RuleField.Number("presenceDetailMax", static rule => rule.PresenceDetailMax, static (rule, value) => rule with { PresenceDetailMax = value }),
        RuleField.Time("presenceLeaseMs", static rule => rule.PresenceLease, static (rule, value) => rule with { PresenceLease = value }),
        RuleField.Time("presenceGraceMs", static rule => rule.PresenceGrace, static (rule, value) => rule with { PresenceGrace = value }),
        RuleField.Word<ChannelManager>("managedBy", static rule => rule.ManagedBy, static (rule, value) => rule with { ManagedBy = value }),
        RuleField.Flag("tlsOnly", static rule => rule.TlsOnly, static (rule, value) => rule with { TlsOnly = value }),
        RuleField.Flag("clientUse", static rule => rule.ClientUse, static (rule, value) => rule with { ClientUse = value }),
        RuleField.Flag("clientPublish", static rule => rule.ClientPublish, static (rule, value) => rule with { ClientPublish = value }),
        RuleField.Words<AnonymousUse>("anonymous", static rule => rule.Anonymous, static (rule, value) => rule with { Anonymous = value }),
        RuleField.Flag("identified", static rule => rule.Identified, static (rule, value) => rule with { Identified = value }),
        RuleField.Number("publicationBytesMax", static rule => rule.PublicationBytesMax, static (rule, value) => rule with { PublicationBytesMax = value }),
        RuleField.Number("publicationsPerSecondMax", static rule => rule.PublicationsPerSecondMax, static (rule, value) => rule with { PublicationsPerSecondMax = value }),
        RuleField.OptionalNumber(
            "connectionPublicationsPerSecondMax", static rule => rule.ConnectionPublicationsPerSecondMax, static (rule, value) => rule with { ConnectionPublicationsPerSecondMax = value }),
        RuleField.OptionalNumber("channelPublicationsPerSecondMax", static rule => rule.ChannelPublicationsPerSecondMax, static (rule, value) => rule with { ChannelPublicationsPerSecondMax = value }),
    ];

    /// <summary>The names of the fields, in the order in which they are written.</summary>
    public static IEnumerable<string> Names => Fields.Select(static one => one.Name).Prepend(Pattern);

    /// <summary>All of the rule.</summary>
    public static string Write(ChannelRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(Pattern, rule.Pattern);
            foreach (var field in Fields)
                field.Write(writer, rule);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The rule that a document describes, with nothing wrong with it; null: there are problems.</summary>
    /// <param name="json">The document.</param>
    /// <param name="problems">What is wrong, in a sentence each.</param>
    /// <param name="pattern">What the pattern must be; the document need not say it then. Null: what it says.</param>
    public static ChannelRule? Read(string json, out IReadOnlyList<string> problems, string? pattern = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        var found = new List<string>();
        var rule = Parse(json, pattern, takesUnknown: false, found);
        if (rule is not null && found.Count == 0)
            found.AddRange(ChannelRuleCheck.ProblemsOf(rule));
        problems = found;
        return found.Count == 0 ? rule : null;
    }

    /// <summary>The rule of a document that was checked when it was kept, maybe by a newer version: what is not known of it is passed over. Null: it cannot be read.</summary>
    public static ChannelRule? ReadKept(string json)
    {
        var found = new List<string>();
        var rule = Parse(json, pattern: null, takesUnknown: true, found);
        return found.Count == 0 && rule is not null && ChannelRuleCheck.ProblemsOf(rule).Count == 0 ? rule : null;
    }

    private static ChannelRule? Parse(string json, string? pattern, bool takesUnknown, List<string> problems)
    {
        if (Encoding.UTF8.GetByteCount(json) > BytesMax)
        {
            problems.Add($"A rule has at most {BytesMax:N0} bytes.");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            return Parse(document.RootElement, pattern, takesUnknown, problems);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not Unicode.
            problems.Add("A rule must be valid JSON.");
            return null;
        }
    }

    private static ChannelRule? Parse(JsonElement root, string? pattern, bool takesUnknown, List<string> problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add("A rule must be an object.");
            return null;
        }

        var rule = new ChannelRule { Pattern = pattern ?? "" };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (!seen.Add(property.Name))
                problems.Add($"`{property.Name}` is there twice.");
            else if (property.Name == Pattern)
                rule = WithPattern(rule, property.Value, pattern, problems);
            else if (Array.Find(Fields, field => field.Name == property.Name) is { } field)
                rule = With(rule, field, property.Value, problems);
            else if (!takesUnknown)
                problems.Add($"`{Shown(property.Name)}` is not a field of a rule.");
        }

        if (pattern is null && !seen.Contains(Pattern))
            problems.Add("`pattern` is missing.");
        return rule;
    }

    private static ChannelRule With(ChannelRule rule, RuleField field, JsonElement value, List<string> problems)
    {
        if (field.Read(value, rule) is { } read)
            return read;
        problems.Add($"`{field.Name}` {field.Must}.");
        return rule;
    }

    private static ChannelRule WithPattern(ChannelRule rule, JsonElement value, string? expected, List<string> problems)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } pattern && (expected is null || pattern == expected))
            return rule with { Pattern = pattern };
        problems.Add(expected is null ? "`pattern` must be a string." : $"`pattern` must be '{expected}', or absent.");
        return rule;
    }

    private static string Shown(string name) => name.Length <= 64 ? name : string.Concat(name.AsSpan(0, 64), "…");
}
