namespace WhatsSound.Client;

/// <summary>A room in the list of rooms.</summary>
public sealed record RoomListing(string RoomId, string Name, int ListenerCount, long UpdatedAtMs, string? NowPlaying = null)
{
    /// <summary>The words that it can be found by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether it takes a password to come in.</summary>
    public bool HasPassword { get; init; }

    /// <summary>When it was made, in Unix milliseconds.</summary>
    public long CreatedAtMs { get; init; }
}
