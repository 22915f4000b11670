using WhatsSound.Channels;

namespace WhatsSound.Grains.Hooks;

/// <summary>A receiver of webhooks.</summary>
public sealed record HookEndpoint
{
    /// <summary>What it is called here, and in log lines: 1 to 32 lower-case letters, digits and hyphens. What waits for it waits under this name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is: an address with https; http for this machine itself, and in Development.</summary>
    public required string Url { get; init; }

    /// <summary>What it is signed with: one secret, or two while one takes the place of the other. 32 to 256 bytes each.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>What it is told of.</summary>
    public IList<HookKind> Events { get; } = [];

    /// <summary>Of which channels: patterns, of which any may match. 1 to 64.</summary>
    public IList<string> Channels { get; } = [];

    /// <summary>Whether it is told anything of a channel.</summary>
    internal bool IsToldOf(string channel) => Channels.Any(pattern => ChannelPattern.Matches(pattern, channel));
}
