using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Reading;

/// <summary>Reads a fallback playlist in parts.</summary>
internal static class FallbackPages
{
    public static Answer<FallbackPage> Read(FallbackPlaylist fallback, int from, int countMax)
    {
        if (from is < 0 or >= FallbackPlaylist.TracksMax)
            return Refusals.WrongField("from", $"must be 0 to {FallbackPlaylist.TracksMax - 1}");
        if (countMax is < 1 or > FallbackPage.TracksMax)
            return Refusals.WrongField("max", $"must be 1 to {FallbackPage.TracksMax}");
        var total = fallback.Tracks.Length;
        return new FallbackPage
        {
            Tracks = [.. fallback.Tracks.Skip(from).Take(countMax)],
            Total = total,
            Next = from + countMax < total ? from + countMax : null,
            Revision = fallback.Revision,
        };
    }
}
