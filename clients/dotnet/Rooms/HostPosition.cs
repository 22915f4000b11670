namespace WhatsSound.Client;

/// <summary>Where the player of the host says it is.</summary>
public sealed record HostPosition(string EntryId, long PositionMs, long AtMs);
