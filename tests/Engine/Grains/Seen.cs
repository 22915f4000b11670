namespace WhatsSound.Tests.Engine.Grains;

/// <summary>What a grain sees of its state.</summary>
[GenerateSerializer, Immutable, Alias("engine.seen")]
public sealed record Seen([property: Id(0)] string Text, [property: Id(1)] bool Exists, [property: Id(2)] string? ETag, [property: Id(3)] int Incarnation);
