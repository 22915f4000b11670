namespace WhatsSound.Client;

/// <summary>The request of <c>GetHistory</c>.</summary>
internal sealed record HistoryRequest(
    string Channel,
    long? Before = null,
    long? After = null,
    long? FromMs = null,
    long? ToMs = null,
    string? Direction = null,
    int? Max = null,
    IReadOnlyList<string>? Events = null);
