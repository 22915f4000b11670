namespace WhatsSound.Channels;

/// <summary>
/// The channels that the product itself publishes on, and what it takes for granted there: a deployment's rule that is chosen for one of them may change limits, paces and how much history there is, but not who may publish,
/// what kind of channel it is, or what is kept.
/// </summary>
internal static class ProductChannels
{
    /// <summary>The product's rules but the one for all other channels; each covers channels of one form, in which every <c>*</c> is one segment.</summary>
    private static readonly ChannelRule[] Own = [.. ChannelOptions.Defaults.Where(static rule => rule.Pattern != "*")];

    /// <summary>What the rule would weaken, in a sentence each.</summary>
    public static IEnumerable<string> FailuresOf(ChannelRule rule) =>
        Own.Where(own => IsChosen(rule.Pattern, own.Pattern)).SelectMany(own => WeakenedBy(rule, own).Select(what => $"{what}, since the product's own channels {own.Pattern} depend on it."));

    /// <summary>Whether some channel of the form has the rule of this pattern, and not the product's.</summary>
    private static bool IsChosen(string pattern, string own) => ChannelPattern.CompareSpecificity(pattern, own) <= 0 && ChannelPattern.MatchesSome(pattern, own);

    private static IEnumerable<string> WeakenedBy(ChannelRule rule, ChannelRule own)
    {
        if (own.ManagerOf(own.Pattern) == ChannelManager.Room && rule.ManagedBy == ChannelManager.Nobody)
            yield return $"{nameof(rule.ManagedBy)} is {rule.ManagedBy}; it must be {ChannelManager.Room}, or absent";
        if (rule.ClientUse != own.ClientUse)
            yield return MustBe(nameof(rule.ClientUse), rule.ClientUse, own.ClientUse);
        if (rule.ClientPublish != own.ClientPublish)
            yield return MustBe(nameof(rule.ClientPublish), rule.ClientPublish, own.ClientPublish);
        if (rule.Anonymous != AnonymousUse.Nothing)
            yield return $"{nameof(rule.Anonymous)} is {rule.Anonymous}; it must be absent";
        if (rule.Presence != own.Presence)
            yield return MustBe(nameof(rule.Presence), rule.Presence, own.Presence);
        if (rule.PersistLast != own.PersistLast)
            yield return MustBe(nameof(rule.PersistLast), rule.PersistLast, own.PersistLast);
        if ((rule.PersistAll is null) != (own.PersistAll is null))
            yield return MustBeSet(nameof(rule.PersistAll), own.PersistAll);
        if ((rule.ConflateInterval is null) != (own.ConflateInterval is null))
            yield return MustBeSet(nameof(rule.ConflateInterval), own.ConflateInterval);
        if (rule.PublicationBytesMax < own.PublicationBytesMax)
            yield return $"{nameof(rule.PublicationBytesMax)} is {rule.PublicationBytesMax}; it must be at least {own.PublicationBytesMax}";
    }

    private static string MustBe(string field, bool value, bool must) => $"{field} is {(value ? "true" : "false")}; it must be {(must ? "true" : "false")}";

    private static string MustBeSet(string field, TimeSpan? own) => own is { } time ? $"{field} is absent; it must be set, such as {time}" : $"{field} is set; it must be absent";
}
