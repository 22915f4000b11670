namespace WhatsSound.Gateway.Sessions;

/// <summary>Who the connection is from now on.</summary>
internal sealed record AuthenticateResult(string UserId, string? DisplayName, long ExpiresAtMs, string ConnectionId);
