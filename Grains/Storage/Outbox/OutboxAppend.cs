using System.Collections.Immutable;

namespace WhatsSound.Grains.Storage;

/// <summary>What one writer appends at once: all of it is kept, or nothing.</summary>
/// <param name="Entries">In the order in which they are to be told.</param>
/// <param name="Mark">Up to where their channel is told then; null: they are of no channel.</param>
public sealed record OutboxAppend(ImmutableArray<OutboxItem> Entries, OutboxMark? Mark = null);
