using System.Globalization;
using System.Text.Json.Serialization;
using WhatsSound.Channels;
using WhatsSound.Grains.Users;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a channel is to be told, and is not known to have been. It follows from an entry of the journal.</summary>
internal sealed record OutboxEntry
{
    public required string Channel { get; init; }

    /// <summary>The entry of the journal that it follows from; 0: of a version that had no journal.</summary>
    public long Number { get; init; }

    /// <summary>Made of the room's revision, so that publishing again is known to be the same.</summary>
    public required string Id { get; init; }

    public required string Event { get; init; }

    public string? Key { get; init; }

    public Payload Data { get; init; }

    /// <summary>What is told to one user alone in the room's channel, in place of <see cref="Data"/>; null: it is for everybody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OwnData? Own { get; init; }

    /// <summary>Whose own channel it is; null: the room's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UserId { get; init; }

    /// <summary>Whose followers are told, if they were not lately; null: it goes to the channel.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FollowersOf { get; init; }

    /// <param name="room">The room after the events that it tells of.</param>
    /// <param name="channel">Where it is told.</param>
    /// <param name="eventName">What it is called there.</param>
    /// <param name="key">Null: it stands only for itself, and is never left out.</param>
    /// <param name="data">What is told.</param>
    public static OutboxEntry Of(Room room, string channel, string eventName, string? key, Payload data) => new()
    {
        Channel = channel,
        Id = string.Create(CultureInfo.InvariantCulture, $"{room.Revision}-{eventName}"),
        Event = eventName,
        Key = key,
        Data = data,
    };

    /// <summary>
    /// In a channel that other rooms write to as well. Its key is its own: each stands for itself, and at the bound of the outbox the oldest goes, since a user's channel that is away must not keep the room from its
    /// commands.
    /// </summary>
    public static OutboxEntry ForUser(string userId, UserNotice notice) => new()
    {
        Channel = UserNotice.ChannelOf(userId), Id = notice.Id, Event = notice.Event, Key = notice.Id, Data = notice.Data, UserId = userId,
    };

    /// <summary>For the followers of a user.</summary>
    public static OutboxEntry ForFollowers(UserNotice notice, string userId) => ForUser(userId, notice) with { Channel = $"followers:{userId}", UserId = null, FollowersOf = userId };

    public UserNotice ToNotice(string roomId) => new(roomId, Event, Id, Data);

    public PublishRequest ToRequest(string roomId) =>
        new()
        {
            Id = Id,
            Event = Event,
            Key = Key,
            Data = Data,
            Publisher = roomId,
            PublisherKind = PublisherKind.Room,
            Own = Own,
        };
}
