using WhatsSound.Publications;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What a client says that it has: positions, by channel, or how many of the messages that its door counts.</summary>
internal sealed record ResumeFrom
{
    private static readonly IReadOnlyDictionary<string, Position> Nothing = new Dictionary<string, Position>(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, Position>? _positions;
    private readonly long? _count;

    private ResumeFrom(IReadOnlyDictionary<string, Position>? positions, long? count) => (_positions, _count) = (positions, count);

    public static ResumeFrom Positions(IReadOnlyDictionary<string, Position>? positions) => new(positions, count: null);

    public static ResumeFrom Count(long count) => new(positions: null, count);

    /// <summary>The positions; null: what the client says cannot be of this session, or is too long ago.</summary>
    public IReadOnlyDictionary<string, Position>? In(ParkedSession session) => _count is { } count ? session.PositionsAt(count) : _positions ?? Nothing;
}
