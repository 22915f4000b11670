using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// Which publications of a channel a subscriber gets. Where none passes it is told now and then how far the channel has come, well before the channel forgets what it was
/// last told: or it would come back to a loss of what it did not want.
/// </summary>
/// <param name="Filter">Those that pass; null: all.</param>
/// <param name="NotOf">None that came from this connection; null: of all. A connection that asks for no echo names itself.</param>
/// <param name="UntoldMax">After how many publications it is told.</param>
/// <param name="UntoldFor">After which time, about, it is told.</param>
internal sealed record Wants(MessageFilter? Filter, string? NotOf, int UntoldMax, TimeSpan UntoldFor)
{
    private const int UntoldCeiling = 128;
    private static readonly TimeSpan UntoldForCeiling = TimeSpan.FromSeconds(30);

    /// <summary>Tells four times in what the channel's history remembers.</summary>
    public static Wants Of(MessageFilter? filter, string? notOf, ChannelRule rule) => new(
        filter,
        notOf,
        Math.Clamp(rule.HistoryCountMax / 4, 1, UntoldCeiling),
        rule.HistoryAge / 4 < UntoldForCeiling ? rule.HistoryAge / 4 : UntoldForCeiling);

    public FrameMessage Of(FrameMessage message)
    {
        var matching = Filter is null ? message : message.Matching(Filter);
        return NotOf is null ? matching : matching.Without(NotOf);
    }

    public Recovery Of(Recovery recovery) => recovery with { Publications = recovery.Publications.RemoveAll(publication => !IsWanted(publication)) };

    private bool IsWanted(Publication publication) =>
        (Filter?.Matches(publication) ?? true) && (NotOf is null || !string.Equals(publication.Connection, NotOf, StringComparison.Ordinal));
}
