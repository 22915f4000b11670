using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsSound.Grains.Presence;

namespace WhatsSound.Grains.Channels;

/// <summary>Reads members that another version may have written: what cannot be read is said to be so, and the row around it can be written again.</summary>
internal sealed class KeptMembershipConverter : JsonConverter<MembershipMemory>
{
    /// <summary>Stands for what cannot be read.</summary>
    public static MembershipMemory Unreadable { get; } =
        new() { FirstVersion = 0, Version = 0, Members = [], Hosts = [], IsInSummary = false, NextSummaryMs = 0, IsSummaryDue = false };

    public override MembershipMemory? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return document.Deserialize<MembershipMemory>(options);
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    public override void Write(Utf8JsonWriter writer, MembershipMemory value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
}
