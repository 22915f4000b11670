namespace WhatsSound.Client;

/// <summary>The request of <c>ListRooms</c>.</summary>
internal sealed record ListRoomsRequest(int Max, string? Query = null, IReadOnlyList<string>? Tags = null, string? Cursor = null);
