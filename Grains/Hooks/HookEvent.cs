using System.Buffers;
using System.Globalization;
using System.Text.Json;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Hooks;

/// <summary>Something that receivers are told.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">By which a receiver knows it again: told twice, it is the same.</param>
/// <param name="Content">As it is told: a JSON object.</param>
internal sealed record HookEvent(HookKind Kind, string Id, byte[] Content)
{
    public static HookEvent Published(string channel, string epoch, Publication publication)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"publication/{epoch}/{publication.Offset}/{channel}");
        return Of(HookKind.Published, id, channel, publication.TimeMs, json =>
        {
            json.WriteString("epoch", epoch);
            json.WritePropertyName("publication");
            JsonSerializer.Serialize(json, publication, WireJson.Default.Publication);
        });
    }

    /// <param name="channel">Where.</param>
    /// <param name="version">Of the channel's presence, with the change.</param>
    /// <param name="userId">Who.</param>
    /// <param name="timeMs">When.</param>
    public static HookEvent Joined(string channel, long version, string userId, long timeMs) => OfMember(HookKind.Joined, channel, version, userId, timeMs);

    /// <inheritdoc cref="Joined"/>
    public static HookEvent Left(string channel, long version, string userId, long timeMs) => OfMember(HookKind.Left, channel, version, userId, timeMs);

    public static HookEvent Occupied(string channel, long timeMs) => OfChannel(HookKind.Occupied, channel, timeMs);

    public static HookEvent Vacated(string channel, long timeMs) => OfChannel(HookKind.Vacated, channel, timeMs);

    /// <summary>The name by which receivers know a kind.</summary>
    public static string NameOf(HookKind kind) => kind switch
    {
        HookKind.Occupied => "channel.occupied",
        HookKind.Vacated => "channel.vacated",
        HookKind.Joined => "member.joined",
        HookKind.Left => "member.left",
        _ => "publication",
    };

    private static HookEvent OfMember(HookKind kind, string channel, long version, string userId, long timeMs)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{NameOf(kind)}/{version}/{channel}/{userId}");
        return Of(kind, id, channel, timeMs, json => json.WriteString("userId", userId));
    }

    // A channel is not vacated and occupied again, and vacated, within a millisecond: its gateways report in rounds.
    private static HookEvent OfChannel(HookKind kind, string channel, long timeMs) =>
        Of(kind, string.Create(CultureInfo.InvariantCulture, $"{NameOf(kind)}/{timeMs}/{channel}"), channel, timeMs, static _ => { });

    private static HookEvent Of(HookKind kind, string id, string channel, long timeMs, Action<Utf8JsonWriter> writeMore)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("event", NameOf(kind));
            json.WriteString("channel", channel);
            json.WriteNumber("timeMs", timeMs);
            writeMore(json);
            json.WriteEndObject();
        }

        return new(kind, id, bytes.WrittenSpan.ToArray());
    }
}
