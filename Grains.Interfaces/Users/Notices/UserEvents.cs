namespace WhatsSound.Users;

/// <summary>The event names of what users are told in their own channels, beside those of rooms; <c>docs/protocol.md</c> has their contents.</summary>
public static class UserEvents
{
    /// <summary>The user's song comes next: a <see cref="SongNotice"/>. Once for each song, however often the order changes.</summary>
    public const string SongNext = "songNext";

    /// <summary>The user's song plays: a <see cref="SongNotice"/>.</summary>
    public const string SongPlaying = "songPlaying";

    /// <summary>Somebody has mentioned the user in a room: a <see cref="Rooms.MentionNotice"/>.</summary>
    public const string Mention = "mention";

    /// <summary>A song of somebody whom the user follows plays in a public room: a <see cref="LiveNotice"/>. Once an hour at most.</summary>
    public const string DjLive = "djLive";
}
