namespace WhatsSound.Rooms;

/// <summary>
/// Room ids: 3 to 64 of <c>a-z 0-9 -</c>, starting and ending with a letter or digit. A room's grain key is the name of its main channel,
/// <c>room:{id}</c>: a key that is a number in hexadecimal would share its storage row with the same number written another way.
/// </summary>
public static class RoomId
{
    /// <summary>The fewest characters.</summary>
    public const int LengthMin = 3;

    /// <summary>The most characters.</summary>
    public const int LengthMax = 64;

    /// <summary>What an id must be, for whoever gave another text.</summary>
    public static string Form { get; } = $"a room id: {LengthMin} to {LengthMax} of a-z, 0-9 and -, starting and ending with a letter or digit";

    /// <summary>Whether the text is a room id.</summary>
    public static bool IsValid(string? id)
    {
        if (id is null || id.Length is < LengthMin or > LengthMax || id[0] == '-' || id[^1] == '-')
            return false;
        foreach (var character in id)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
                return false;
        }

        return true;
    }

    /// <summary>The grain key, and the name of the main channel: presence, roles, settings.</summary>
    public static string KeyOf(string id) => $"room:{id}";

    /// <summary>The room id in a grain key.</summary>
    public static string FromKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key["room:".Length..];
    }

    /// <summary>The chat channel.</summary>
    public static string ChatOf(string id) => $"room:{id}:chat";

    /// <summary>The queue channel.</summary>
    public static string QueueOf(string id) => $"room:{id}:queue";

    /// <summary>The playback channel.</summary>
    public static string PlaybackOf(string id) => $"room:{id}:playback";

    /// <summary>The pulse channel: what matters only now. It is none of those that are subscribed with the room: who wants it subscribes to it.</summary>
    public static string PulseOf(string id) => $"room:{id}:pulse";

    /// <summary>The id that a channel of the namespace <c>room</c> names, of the room itself or of what is beneath it, whether there can be such a room or not; null for others.</summary>
    public static string? InChannel(string channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.Split(':', 3) is ["room", var id, ..] ? id : null;
    }

    /// <summary>The id of the room whose own channel this is, which only its grain changes; null for any other channel.</summary>
    public static string? OfChannel(string channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return InChannel(channel) is { } id && IsValid(id) && ChannelsOf(id).Contains(channel, StringComparer.Ordinal) ? id : null;
    }

    /// <summary>All channels of a room, in the order in which they are subscribed.</summary>
    public static System.Collections.Immutable.ImmutableArray<string> ChannelsOf(string id) => [KeyOf(id), ChatOf(id), QueueOf(id), PlaybackOf(id)];
}
