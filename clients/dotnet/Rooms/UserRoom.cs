namespace WhatsSound.Client;

/// <summary>A room of a user's.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Name">Its name.</param>
/// <param name="AtMs">Of an own room: since when it is as it is; of another: when the user joined it last. Unix milliseconds.</param>
/// <param name="Status">Of an own room <c>open</c>, <c>closed</c>, or <c>archived</c>: it closed by itself. Otherwise null.</param>
public sealed record UserRoom(string RoomId, string Name, long AtMs, string? Status = null);
