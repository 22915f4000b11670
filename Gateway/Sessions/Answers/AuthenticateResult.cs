namespace WhatsSound.Gateway.Sessions;

/// <summary>Who the connection is from now on; the user is empty where the token names none.</summary>
internal sealed record AuthenticateResult(string UserId, string? DisplayName, long ExpiresAtMs, string ConnectionId);
