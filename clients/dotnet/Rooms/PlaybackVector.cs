namespace WhatsSound.Client;

/// <summary>Playback, from which everybody computes the position.</summary>
/// <param name="Epoch">A higher one is newer, whatever its revision.</param>
/// <param name="Revision">Within an epoch a higher one is newer.</param>
/// <param name="Status">What the player does.</param>
/// <param name="AnchorPositionMs">Where the song was at the anchor time.</param>
/// <param name="AnchorTimeMs">Unix milliseconds of the server's clock.</param>
/// <param name="RatePermille">How fast it plays: 1000 is as recorded.</param>
/// <param name="DurationMs">How long the song is.</param>
/// <param name="EntryId">Which song.</param>
public sealed record PlaybackVector(
    long Epoch, long Revision, PlaybackStatus Status, long AnchorPositionMs, long AnchorTimeMs, int RatePermille, long DurationMs, string? EntryId = null)
{
    /// <summary>Where the song is at a time of the server's clock, in milliseconds: between 0 and the duration, and before a scheduled start the anchor.</summary>
    public double PositionAt(double serverTimeMs)
    {
        var isMoving = Status == PlaybackStatus.Playing && serverTimeMs > AnchorTimeMs;
        var moved = isMoving ? (serverTimeMs - AnchorTimeMs) * RatePermille / 1_000 : 0;
        return Math.Clamp(AnchorPositionMs + moved, 0, DurationMs);
    }

    /// <summary>Whether this is newer than another.</summary>
    public bool IsNewerThan(PlaybackVector other) => Epoch != other.Epoch ? Epoch > other.Epoch : Revision > other.Revision;
}
