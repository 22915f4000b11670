using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions;

/// <summary>A <see cref="Recovery"/> with the name of its channel.</summary>
internal sealed record ChannelRecovery(
    string Channel,
    Position Position,
    Verdict Verdict,
    DeliveryClass Class,
    long? LostFrom,
    long? LostTo,
    ImmutableArray<Publication> Publications)
{
    /// <summary>The pattern of the rule that the channel is under, for who subscribes; null: it is not said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    public static ChannelRecovery Of(string channel, Recovery recovery) =>
        new(channel, recovery.Position, recovery.Verdict, recovery.Class, recovery.LostFrom, recovery.LostTo, recovery.Publications);
}
