using System.Collections.Immutable;
using WhatsSound.Playback;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>A member of each kind that the product's states have.</summary>
[GenerateSerializer, Alias("ws.test.KeeperState")]
public sealed record KeeperState
{
    [Id(0)] public string Name { get; set; } = "";

    [Id(1)] public string? Nothing { get; set; }

    [Id(2)] public long Count { get; set; }

    [Id(3)] public PlaybackStatus Status { get; set; }

    [Id(4)] public DateTimeOffset At { get; set; }

    [Id(5)] public Guid Id { get; set; }

    [Id(6)] public ImmutableArray<string> Words { get; set; } = [];

    [Id(7)] public Dictionary<string, int> Votes { get; set; } = [];

    [Id(8)] public Payload Data { get; set; }
}
