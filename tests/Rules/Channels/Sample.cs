using WhatsSound.Publications;

namespace WhatsSound.Tests.Rules.Channels;

internal static class Sample
{
    public static Publication At(long offset, long timeMs = 0, string? key = null, int bytes = 0) =>
        new() { Offset = offset, Id = $"p{offset}", TimeMs = timeMs, Event = "said", Key = key, Data = new(new byte[bytes]) };
}
