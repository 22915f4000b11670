using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// Which publications of a channel a subscriber gets. Where none passes it is told now and then how far the channel has come, well before the channel forgets what it was
/// last told: or it would come back to a loss of what it did not want.
/// </summary>
/// <param name="Filter">Those that pass; null: all.</param>
/// <param name="NotOf">None that came from this connection; null: of all. A connection that asks for no echo names itself.</param>
/// <param name="Presence">What it is told of presence.</param>
/// <param name="UntoldMax">After how many publications it is told.</param>
/// <param name="UntoldBytesMax">After how many bytes of them it is told.</param>
/// <param name="UntoldFor">After which time, about, it is told.</param>
internal sealed record Wants(MessageFilter? Filter, string? NotOf, PresenceShape Presence, int UntoldMax, int UntoldBytesMax, TimeSpan UntoldFor)
{
    /// <summary>None with this key: the subscriber takes another that says the same in fewer words. Null: of all.</summary>
    public string? NotKey { get; init; }

    private const int UntoldCeiling = 128;
    private static readonly TimeSpan UntoldForCeiling = TimeSpan.FromSeconds(30);

    /// <summary>Tells four times in what the channel's history remembers.</summary>
    public static Wants Of(MessageFilter? filter, string? notOf, ChannelRule rule, PresenceShape presence = PresenceShape.Members) => new(
        filter,
        notOf,
        presence,
        Math.Clamp(rule.HistoryCountMax / 4, 1, UntoldCeiling),
        rule.HistoryBytesMax / 4,
        rule.HistoryAge / 4 < UntoldForCeiling ? rule.HistoryAge / 4 : UntoldForCeiling);

    public FrameMessage Of(FrameMessage message)
    {
        var matching = Filter is null ? message : message.Matching(Filter);
        var brief = NotKey is null ? matching : matching.WithoutKey(NotKey);
        var others = NotOf is null ? brief : brief.Without(NotOf);
        return others.Showing(Presence);
    }

    public Recovery Of(Recovery recovery)
    {
        var wanted = recovery.Publications.RemoveAll(publication => !IsWanted(publication));
        return recovery with { Publications = PresenceShapes.Of(Presence, NotKey is null ? wanted : QueueWindows.Newest(wanted)) };
    }

    private bool IsWanted(Publication publication) =>
        (Filter?.Matches(publication, MessageFilter.HeadersOf) ?? true) && (NotKey is null || !string.Equals(publication.Key, NotKey, StringComparison.Ordinal)) && (NotOf is null || !string.Equals(publication.Connection, NotOf, StringComparison.Ordinal));
}
