using System.Collections.Immutable;

namespace WhatsSound.Tests.Engine.Grains;

/// <summary>The kinds of member that the product's messages have.</summary>
[GenerateSerializer, Immutable, Alias("engine.everything")]
public sealed record Everything
{
    [Id(0)]
    public required string Text { get; init; }

    [Id(1)]
    public long Number { get; init; }

    [Id(2)]
    public TimeSpan Span { get; init; }

    [Id(3)]
    public DateTimeOffset Time { get; init; }

    [Id(4)]
    public ReadOnlyMemory<byte> Bytes { get; init; }

    [Id(5)]
    public ImmutableArray<Seen> Items { get; init; } = [];

    [Id(6)]
    public ImmutableDictionary<string, string>? Headers { get; init; }

    [Id(7)]
    public double? Maybe { get; init; }

    [Id(8)]
    public DayOfWeek Day { get; init; }
}
