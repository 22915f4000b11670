namespace WhatsSound.Client;

/// <summary>A part of what plays when nothing is queued.</summary>
/// <param name="Tracks">From the one that was asked for.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">From which the next page is; null: there is none.</param>
/// <param name="Revision">Of which choice they are: that of another page may be another.</param>
public sealed record FallbackPage(IReadOnlyList<Track> Tracks, int Total, int? Next = null, long Revision = 0);
