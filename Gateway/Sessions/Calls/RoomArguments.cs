namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>A command of a room: where, by which id, and what.</summary>
internal sealed record RoomArguments<T>(string RoomId, string CommandId, T What);
