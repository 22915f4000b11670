namespace WhatsSound.Client;

/// <summary>A part of the queue in playing order.</summary>
/// <param name="Entries">The songs after the place that was asked for.</param>
/// <param name="Total">How many are queued in all.</param>
/// <param name="Next">What to ask for the next page with; null: there is none.</param>
/// <param name="IsRestarted">Whether this is the first page, since the queue has another mode than when the cursor was made.</param>
public sealed record QueuePage(IReadOnlyList<QueueEntry> Entries, int Total, string? Next = null, bool IsRestarted = false);
