namespace WhatsSound.Grains.Storage;

/// <summary>Something that waits in a lane.</summary>
/// <param name="EntryNumber">By which it is removed.</param>
/// <param name="Source">What it is about.</param>
/// <param name="AtMs">Since when it is to be told: Unix time in milliseconds.</param>
/// <param name="Content">What is told.</param>
public sealed record OutboxRow(long EntryNumber, string Source, long AtMs, byte[] Content);
