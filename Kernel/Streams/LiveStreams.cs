namespace WhatsSound.Streams;

/// <summary>The names that producers and subscribers of channel streams share.</summary>
public static class LiveStreams
{
    /// <summary>The stream provider that channels publish to; another provider of this name can take its place.</summary>
    public const string ProviderName = "live";

    /// <summary>The namespace of channel streams; the key is the channel's name.</summary>
    public const string Namespace = "channel";

    /// <summary>The stream of a channel.</summary>
    public static StreamId StreamOf(string channel) => StreamId.Create(Namespace, channel);
}
