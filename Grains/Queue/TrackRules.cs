using WhatsSound.Queue;
using WhatsSound.Text;

namespace WhatsSound.Grains.Queue;

/// <summary>What a song's description must be like.</summary>
internal static class TrackRules
{
    public const int UrlLengthMax = 2000;
    public const int NameLengthMax = 200;
    public const long DurationMinMs = 1000;
    public const long DurationMaxMs = 24 * 60 * 60 * 1000;

    /// <summary>Null: the track can be queued.</summary>
    public static Refusal? Check(Track? track, TimeSpan durationMax)
    {
        if (track is null)
            return Refusals.BadRequest("tracks", "A track is missing.");
        if (!IsAddress(track.Url))
            return Refusals.BadRequest("url", "A track's url is an absolute http(s) address or a path that starts with '/', up to 2,000 characters.");
        if (track.Title is not { Length: <= NameLengthMax } || !VisibleText.IsValid(track.Title))
            return Refusals.BadRequest("title", "A track's title must have 1 to 200 characters, at least one of them visible, and no control characters.");
        if (track.Artist is { Length: > 0 } artist && (artist.Length > NameLengthMax || !VisibleText.IsValid(artist)))
            return Refusals.BadRequest("artist", "A track's artist must have up to 200 characters, at least one of them visible, and no control characters.");
        if (track.DurationMs is < DurationMinMs or > DurationMaxMs)
            return Refusals.BadRequest("durationMs", "A track lasts 1 second to 24 hours.");
        return track.DurationMs > durationMax.TotalMilliseconds
            ? Refusals.Final(RefusalCode.TrackTooLong, $"The room takes tracks of up to {durationMax}.", $"{(long)durationMax.TotalMilliseconds}")
            : null;
    }

    private static bool IsAddress(string? url)
    {
        if (string.IsNullOrEmpty(url) || url.Length > UrlLengthMax || url.Any(character => char.IsControl(character) || character is ' ' or '\\'))
            return false;
        if (url[0] == '/')
            return !url.StartsWith("//", StringComparison.Ordinal);
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
    }
}
