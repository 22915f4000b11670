namespace WhatsSound.Channels;

/// <summary>
/// The grain keys of channels: <c>channel:{app}/{name}</c>. An app id has no slash, so the first one ends it; the only app of a deployment has the empty
/// id. The prefix keeps a key from being a number or a GUID, and tells a channel from a room where only keys are seen.
/// </summary>
public static class ChannelKey
{
    private const string Prefix = "channel:/";

    /// <summary>The key of the channel's grain.</summary>
    public static string Of(string channel) => Prefix + channel;

    /// <summary>The channel's name in a grain key.</summary>
    /// <exception cref="ArgumentException"><see cref="Of"/> did not make the key.</exception>
    public static string NameIn(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return IsKey(key)
            ? key[Prefix.Length..]
            : throw new ArgumentException($"'{key}' is not the key of a channel; {nameof(ChannelKey)}.{nameof(Of)} makes them.", nameof(key));
    }

    /// <summary>Whether the key is a channel's.</summary>
    public static bool IsKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <summary>The channel of that name. The only way to a channel's grain.</summary>
    public static IChannelGrain GetChannel(this IGrainFactory grains, string channel)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return grains.GetGrain<IChannelGrain>(Of(channel));
    }
}
