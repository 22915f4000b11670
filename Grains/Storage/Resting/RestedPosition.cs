using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>Where a channel begins.</summary>
/// <param name="Position">The place after which it numbers.</param>
/// <param name="IsResumed">Whether it rested there; if not, the epoch is new.</param>
public readonly record struct RestedPosition(Position Position, bool IsResumed);
