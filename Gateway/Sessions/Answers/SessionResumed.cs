using System.Collections.Immutable;

namespace WhatsSound.Gateway.Sessions;

/// <summary>How a session can be resumed, and what it has again.</summary>
/// <param name="SessionId">By which it is known over all its connections.</param>
/// <param name="Key">The secret to show with it.</param>
/// <param name="ParkedForMs">For how long it waits when its connection is lost.</param>
/// <param name="Rooms">The rooms that it is in.</param>
/// <param name="Channels">The channels that it is attached to, as if it had subscribed from where it stood.</param>
/// <param name="Refused">What it had and has no more.</param>
internal sealed record SessionResumed(
    string SessionId,
    string Key,
    long ParkedForMs,
    ImmutableArray<string> Rooms,
    ImmutableArray<ChannelRecovery> Channels,
    ImmutableArray<ChannelRefused> Refused);
