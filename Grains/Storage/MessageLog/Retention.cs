namespace WhatsSound.Grains.Storage;

/// <summary>How long a publication is kept.</summary>
/// <param name="KeepUntil">When a sweep may take it.</param>
/// <param name="OnlyLastPerKey">Whether it replaces the kept publication of the same key (persistLast).</param>
public sealed record Retention(DateTimeOffset KeepUntil, bool OnlyLastPerKey);
