namespace WhatsSound.Client;

/// <summary>The request of <c>Subscribe</c>.</summary>
internal sealed record SubscribeRequest(
    string Channel,
    Position? Since = null,
    int? RewindCount = null,
    long? RewindMs = null,
    bool? Echo = null,
    IReadOnlyList<string>? Events = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    bool? Occupancy = null,
    string? Presence = null);
