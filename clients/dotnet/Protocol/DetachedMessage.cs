namespace WhatsSound.Client;

/// <summary>The server has ended a subscription.</summary>
internal sealed record DetachedMessage(string Channel, string Code);
