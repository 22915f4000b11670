namespace WhatsSound.Client;

/// <summary>The room has another host.</summary>
internal sealed record HostChanged(string? HostUserId = null);
