using WhatsSound.Channels;

namespace WhatsSound.Tests.Rules.Channels;

internal static class Publications
{
    public static Publication At(long offset, long timeMs = 0, string? key = null, int bytes = 0) =>
        new() { Offset = offset, Id = $"p{offset}", TimeMs = timeMs, Event = "said", Key = key, Data = new(new byte[bytes]) };
}
