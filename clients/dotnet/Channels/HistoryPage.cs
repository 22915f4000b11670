namespace WhatsSound.Client;

/// <summary>A part of a channel's history, as later publications have left it.</summary>
/// <param name="Position">How far the channel had come: nothing above it is here, and everything above it is live.</param>
/// <param name="Publications">In the order of their offsets.</param>
/// <param name="Next">What the next page has as <see cref="HistoryOptions.Before"/>, or as <see cref="HistoryOptions.After"/> where it goes forward; null: there is none.</param>
/// <param name="IsComplete">False: something of the page is no longer kept.</param>
public sealed record HistoryPage(Position Position, IReadOnlyList<Publication> Publications, long? Next = null, bool IsComplete = false);
