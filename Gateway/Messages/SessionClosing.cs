namespace WhatsSound.Gateway.Messages;

/// <summary>The content of the <c>closing</c> event.</summary>
internal sealed record SessionClosing(string Code, long ReconnectAfterMs);
