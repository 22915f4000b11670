namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Who the connection is from now on.</summary>
internal sealed record AuthenticateResult(string UserId, string? DisplayName, long ExpiresAtMs, string ConnectionId);
