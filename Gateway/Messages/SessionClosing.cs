namespace WhatsSound.Gateway.Messages;

/// <summary>The content of the <c>closing</c> event.</summary>
/// <param name="Code">Why; one of <see cref="RefusalCode"/>.</param>
/// <param name="ReconnectAfterMs">When to come back; null: not by itself, since it would be sent away again.</param>
internal sealed record SessionClosing(string Code, long? ReconnectAfterMs);
