using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>What became of presence in one tick.</summary>
/// <param name="Publication">For subscribers; null if there is nothing to tell them yet.</param>
/// <param name="Delta">For watchers; null if nobody came or went.</param>
internal readonly record struct PresenceTick(PresenceChanged? Publication, PresenceDelta? Delta);
