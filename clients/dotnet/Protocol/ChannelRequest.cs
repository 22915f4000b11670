namespace WhatsSound.Client;

/// <summary>The request of the methods that name a channel and nothing else.</summary>
internal sealed record ChannelRequest(string Channel);
