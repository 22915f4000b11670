using System.Collections.Immutable;
using System.Globalization;
using WhatsSound.Users;

namespace WhatsSound.Presence;

/// <summary>Some of the connections of a channel, in the order of their users' ids and their own, as they are told up to the position of the view that has this.</summary>
[GenerateSerializer, Immutable, Alias("ws.ConnectionsPage")]
public sealed record ConnectionsPage
{
    /// <summary>The most in one page: about 200 KB, with the largest infos and names.</summary>
    public const int CountMax = 128;

    /// <summary>The most characters of a cursor.</summary>
    public const int CursorCharsMax = 4 + UserId.LengthMax + UserConnection.IdLengthMax;

    /// <summary>The connections: all between the page before and <see cref="Next"/>.</summary>
    [Id(0)] public required ImmutableArray<PresenceConnection> Connections { get; init; }

    /// <summary>What to ask the next page with; null: there is none.</summary>
    [Id(1)] public string? Next { get; init; }

    /// <summary>How many there are in all.</summary>
    [Id(2)] public required int Total { get; init; }

    /// <summary>Whether publications continue it one by one; if not, there are too many for that, and they have the count.</summary>
    [Id(3)] public required bool IsContinued { get; init; }

    /// <summary>The cursor behind a connection.</summary>
    public static string CursorOf(string userId, string connectionId) => string.Create(CultureInfo.InvariantCulture, $"{userId.Length}:{userId}{connectionId}");

    /// <summary>The names in a cursor; null: it is none.</summary>
    public static (string UserId, string ConnectionId)? ReadCursor(string cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        var colon = cursor.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(cursor.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= cursor.Length - colon - 1
            ? (cursor.Substring(colon + 1, length), cursor[(colon + 1 + length)..])
            : null;
    }
}
