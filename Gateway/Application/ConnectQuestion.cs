namespace WhatsSound.Gateway.Application;

/// <summary>May this connection, or request, be whose it says?</summary>
/// <param name="Caller">Whose it says.</param>
/// <param name="ExpiresAtMs">Until when its token counts: Unix time in milliseconds.</param>
public sealed record ConnectQuestion(Caller Caller, long ExpiresAtMs);
