namespace WhatsSound.Grains.Storage;

/// <summary>Another writer has used this offset of the channel: the grain that gets it is not the channel's only activation, and must go.</summary>
public sealed class MessageLogConflictException(string channel, string epoch, long offset)
    : Exception($"The message log has another publication at {channel} {epoch}:{offset}.");
