using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Which publications of a channel a subscriber gets.</summary>
/// <param name="Filter">Those that pass; null: all.</param>
/// <param name="NotOf">None that came from this connection; null: of all. A connection that asks for no echo names itself.</param>
internal sealed record Wants(MessageFilter? Filter, string? NotOf)
{
    /// <summary>
    /// After so many publications that did not pass the subscriber is told how far the channel has come: a quarter of the shortest history that it would be recovered
    /// from by default.
    /// </summary>
    public const int UntoldMax = 128;

    public FrameMessage Of(FrameMessage message)
    {
        var matching = Filter is null ? message : message.Matching(Filter);
        return NotOf is null ? matching : matching.Without(NotOf);
    }

    public Recovery Of(Recovery recovery) => recovery with { Publications = [.. recovery.Publications.Where(IsWanted)] };

    private bool IsWanted(Publication publication) =>
        (Filter?.Matches(publication) ?? true) && (NotOf is null || !string.Equals(publication.Connection, NotOf, StringComparison.Ordinal));
}
