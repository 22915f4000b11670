using System.Collections.Immutable;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who is to be told that something is another now.</summary>
/// <param name="IsForAll">Whether all are.</param>
/// <param name="ForUserIds">Those who see it in their own way, as they are muted in the shadow, or were.</param>
internal sealed record PulseChange(bool IsForAll, ImmutableArray<string> ForUserIds);
