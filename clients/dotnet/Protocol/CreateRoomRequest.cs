namespace WhatsSound.Client;

/// <summary>The request of <c>CreateRoom</c>.</summary>
internal sealed record CreateRoomRequest(string RoomId, string CommandId, string Name, string? Description, bool IsListed);
