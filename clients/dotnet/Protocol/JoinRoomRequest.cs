using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>The request of <c>JoinRoom</c>.</summary>
internal sealed record JoinRoomRequest(string RoomId, string CommandId, JsonElement? Info, IReadOnlyDictionary<string, Position>? Since, string? Password = null, string? Invite = null, bool QueueOrder = true);
