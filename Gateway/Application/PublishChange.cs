using WhatsSound.Publications;

namespace WhatsSound.Gateway.Application;

/// <summary>What becomes of a publication.</summary>
public sealed record PublishChange
{
    /// <summary>What is published in place of what was to be; null: that. No more bytes than the channel's rule allows.</summary>
    public Payload? Data { get; init; }
}
