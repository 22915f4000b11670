namespace WhatsSound.Grains.Storage;

/// <summary>Something to be told.</summary>
/// <param name="Lane">Whom it is for.</param>
/// <param name="Source">What it is about; once in a lane.</param>
/// <param name="AtMs">Since when it is to be told: Unix time in milliseconds.</param>
/// <param name="Content">What is told.</param>
public sealed record OutboxItem(string Lane, string Source, long AtMs, byte[] Content);
