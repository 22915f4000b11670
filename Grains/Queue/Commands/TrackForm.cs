using WhatsSound.Queue;
using WhatsSound.Text;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>What a song's description must be like; the field that a refusal names is the one of its place in the batch.</summary>
internal static class TrackForm
{
    public const int NameLengthMax = Track.NameLengthMax;
    public const long DurationMinMs = Track.DurationMsMin;
    public const long DurationMaxMs = Track.DurationMsMax;

    /// <summary>Null: the track can be queued.</summary>
    public static Refusal? Check(Track? track, QueueSettings settings, int index)
    {
        var (durationMax, addresses) = (settings.TrackDurationMax, settings.Addresses);
        if (track is null)
            return Refusals.WrongField($"tracks[{index}]", "is missing");
        if (SongAddress.Check(track.Url, addresses, $"tracks[{index}].url") is { } refusal)
            return refusal;
        if (track.Title is not { Length: <= NameLengthMax } || !VisibleText.IsValid(track.Title))
            return Wrong("title", $"must have 1 to {NameLengthMax} characters, at least one of them visible, and no control characters");
        if (track.Artist is { Length: > 0 } artist && (artist.Length > NameLengthMax || !VisibleText.IsValid(artist)))
            return Wrong("artist", $"must have at most {NameLengthMax} characters, at least one of them visible, and no control characters");
        if (track.DurationMs is < DurationMinMs or > DurationMaxMs)
            return Wrong("durationMs", $"must be {DurationMinMs:N0} to {Math.Min(DurationMaxMs, (long)durationMax.TotalMilliseconds):N0} milliseconds");
        return track.DurationMs > durationMax.TotalMilliseconds
            ? Refusals.Final(RefusalCode.TrackTooLong, $"A song must last at most {durationMax.TotalMinutes:0.##} minutes.", $"{(long)durationMax.TotalMilliseconds}")
            : null;

        Refusal Wrong(string field, string must) => Refusals.WrongField($"tracks[{index}].{field}", must);
    }
}
