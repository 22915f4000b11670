using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Grains.Hooks;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// What a channel hands over when it moves to another silo. What waits to be told of presence is numbered before. Leases are not in it: they begin anew, since
/// a gateway could not renew meanwhile. An older or newer program may read it: fields are added, never changed; what cannot be read so is a new <see cref="Schema"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.ChannelMemory")]
internal sealed record ChannelMemory
{
    /// <summary>The number of this form. A program that meets another ignores the memory, and starts the channel as after a crash.</summary>
    public const int Schema = 1;

    /// <summary>How many bytes of history move at most, the newest: beside the lanes and the members of a large channel still a small message.</summary>
    public const int HistoryBytesMax = 8 * 1024 * 1024;

    [Id(0)] public required NumberingMemory Numbering { get; init; }

    /// <summary>Null: the channel has no presence.</summary>
    [Id(1)] public MembershipMemory? Membership { get; init; }

    /// <summary>The gateways whose lanes the channel's frames go into.</summary>
    [Id(2)] public ImmutableArray<LaneAttachment> Lanes { get; init; } = [];

    [Id(3)] public ImmutableArray<IPresenceWatcher> Watchers { get; init; } = [];

    /// <summary>Whether the message log may have a publication that the channel does not know of.</summary>
    [Id(4)] public bool IsLogInDoubt { get; init; }

    /// <summary>How many sessions each gateway has attached.</summary>
    [Id(5)] public ImmutableArray<GatewaySubscribers> Subscribers { get; init; } = [];

    /// <summary>What it has to tell outside; null: nobody wants to be told, or the program that left knew nothing of that.</summary>
    [Id(6)] public HooksMemory? Hooks { get; init; }

    /// <summary>Whether the channel's rule kept its publications; null: a program that did not say so.</summary>
    [Id(7)] public bool? HasLog { get; init; }

    /// <summary>Whether the message log is known to have a publication of the numbering.</summary>
    [Id(8)] public bool HasLogged { get; init; }
}
