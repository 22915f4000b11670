namespace WhatsSound.Client;

/// <summary>The queue as far as it is shown.</summary>
/// <param name="Revision">Of the room.</param>
/// <param name="Window">The next songs.</param>
/// <param name="Total">How many are queued.</param>
/// <param name="Current">The song that is playing or paused.</param>
/// <param name="Reason">What changed it.</param>
/// <param name="EntryId">The song that was changed.</param>
/// <param name="Mode">How it is ordered: <c>fair</c>, <c>dj</c>, <c>fifo</c> or <c>votes</c>.</param>
/// <param name="Limits">What it takes; null: nobody has set anything.</param>
public sealed record RoomQueue(
    long Revision,
    IReadOnlyList<QueueEntry> Window,
    int Total,
    QueueEntry? Current = null,
    string Reason = "",
    string? EntryId = null,
    string Mode = "fair",
    QueueSettings? Limits = null);
