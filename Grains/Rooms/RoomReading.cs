using System.Collections.Immutable;
using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a room's channels say at one time, for a snapshot: who is here, the newest chat, and each channel's position.</summary>
internal sealed class RoomReading(RoomChannels channels, RoomPositions positions, SnapshotChat newest)
{
    /// <summary>
    /// Reads the channels. All that was decided must be published before, and the room takes no other command meanwhile: so what it says later lies above the
    /// positions. Null: a channel does not answer.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="moment">Now.</param>
    /// <param name="userId">Whose snapshot it is.</param>
    /// <param name="entered">Presence, if it has just been read.</param>
    /// <param name="isFresh">Whether what is remembered of the channels' positions is not good enough.</param>
    public async Task<RoomSnapshot?> ReadAsync(Room room, RoomMoment moment, string userId, PresenceView? entered, bool isFresh)
    {
        var mainChannel = RoomId.KeyOf(room.RoomId);
        var chatChannel = RoomId.ChatOf(room.RoomId);
        var queueChannel = RoomId.QueueOf(room.RoomId);
        var playbackChannel = RoomId.PlaybackOf(room.RoomId);
        var reading = entered is null ? channels.AskAsync(mainChannel, channel => channel.ReadPresenceAsync()) : Task.FromResult<PresenceView?>(entered);
        var recovering = newest.ReadAsync(userId);
        var findingQueue = positions.FindAsync(queueChannel, isFresh);
        var findingPlayback = positions.FindAsync(playbackChannel, isFresh);
        await Task.WhenAll(reading, recovering, findingQueue, findingPlayback);
        if (await reading is not { } presence || await recovering is not { } chat || await findingQueue is not { } queue || await findingPlayback is not { } playback)
            return null;

        var at = ImmutableDictionary.CreateRange(
        [
            KeyValuePair.Create(mainChannel, presence.Position),
            KeyValuePair.Create(chatChannel, chat.Position),
            KeyValuePair.Create(queueChannel, queue),
            KeyValuePair.Create(playbackChannel, playback),
        ]);
        return RoomSnapshots.Build(room, moment, userId, presence, chat, at);
    }
}
