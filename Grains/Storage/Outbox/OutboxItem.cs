namespace WhatsSound.Grains.Storage;

/// <summary>Something to be told.</summary>
/// <param name="Lane">Whom it is for.</param>
/// <param name="Source">What it is about; once in a lane.</param>
/// <param name="AtMs">Since when it is to be told: Unix time in milliseconds.</param>
/// <param name="Content">What is told.</param>
[GenerateSerializer, Immutable, Alias("ws.OutboxItem")]
public sealed record OutboxItem([property: Id(0)] string Lane, [property: Id(1)] string Source, [property: Id(2)] long AtMs, [property: Id(3)] byte[] Content);
