namespace WhatsSound.Gateway.Messages;

/// <summary>The content of the <c>detached</c> event.</summary>
/// <param name="Channel">What the session is attached to no more.</param>
/// <param name="Code">Why; one of <see cref="RefusalCode"/>.</param>
internal sealed record ChannelDetached(string Channel, string Code);
