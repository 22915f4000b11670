namespace WhatsSound.Client;

/// <summary>The request of <c>Subscribe</c>.</summary>
internal sealed record SubscribeRequest(string Channel, Position? Since = null, int? RewindCount = null, long? RewindMs = null);
