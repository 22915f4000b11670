namespace WhatsSound.Client;

/// <summary>The request of every other method of a room; each sets what it takes.</summary>
internal sealed record RoomRequest(
    string RoomId,
    string? CommandId = null,
    string? Text = null,
    IReadOnlyList<Track>? Tracks = null,
    string? EntryId = null,
    int? Value = null,
    bool? IsOn = null,
    long? PositionMs = null,
    string? ToUserId = null);
