using WhatsSound.Channels;

namespace WhatsSound.Grains.Channels;

/// <summary>What becomes of an active channel whose rule changes.</summary>
internal static class ChannelRuleChange
{
    /// <summary>
    /// Whether the channel is another kind of channel by the second rule: it delivers in another way, keeps in another way, or has members or none. Everything else is a bound or a pace, and changes in place.
    /// </summary>
    public static bool IsOfKind(ChannelRule before, ChannelRule after) =>
        before.ConflateInterval is null != after.ConflateInterval is null
        || before.PersistAll is null != after.PersistAll is null
        || before.PersistLast != after.PersistLast
        || before.Presence != after.Presence;
}
