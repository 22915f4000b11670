namespace WhatsSound.Client;

/// <summary>The request of <c>Authenticate</c>.</summary>
internal sealed record AuthenticateRequest(string Token);
