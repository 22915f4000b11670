namespace WhatsSound.Client;

/// <summary>The connection is about to be closed.</summary>
internal sealed record ClosingMessage(string Code, double? ReconnectAfterMs = null);
