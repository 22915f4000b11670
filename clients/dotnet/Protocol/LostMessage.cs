namespace WhatsSound.Client;

/// <summary>The server could not keep a live subscription whole; delivery goes on after the position.</summary>
internal sealed record LostMessage(string Channel, Position Position, long? LostFrom = null, long? LostTo = null);
