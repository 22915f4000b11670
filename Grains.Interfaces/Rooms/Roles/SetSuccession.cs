using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>In which order co-hosts follow a host who is lost. Refusals: FORBIDDEN, BAD_REQUEST for one who is no co-host.</summary>
[GenerateSerializer, Immutable, Alias("ws.SetSuccession")]
public sealed record SetSuccession : RoomAction
{
    /// <summary>The most <see cref="UserIds"/>: as many as members can have a role, whatever a server lets.</summary>
    public const int UserIdsMax = 200;

    /// <summary>Co-hosts, each once, the first first. Those who are not in it come after, the longest present first.</summary>
    [Id(0)] public required ImmutableArray<string> UserIds { get; init; }
}
