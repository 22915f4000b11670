namespace WhatsSound.Channels;

/// <summary>Who says which sessions may be in a channel, beyond what their tokens allow.</summary>
public enum ChannelManager
{
    /// <summary>Nobody: the token is enough.</summary>
    Nobody,

    /// <summary>The room in the channel's name: <c>room:{id}</c>, and all beneath it, are for the connections that are in the room.</summary>
    Room,
}
