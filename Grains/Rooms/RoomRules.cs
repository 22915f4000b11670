using System.Collections.Immutable;
using WhatsSound.Grains.Playback;
using WhatsSound.Grains.Queue;
using WhatsSound.Playback;
using WhatsSound.Queue;
using WhatsSound.Rooms;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What a room makes of a command: events, or a refusal. Pure: the room, the command and the moment are all there is. Membership and the form of ids are
/// checked before. After each decision stands what follows from it by itself: the next song, a host, a skip.
/// </summary>
internal static class RoomRules
{
    public const int NameLengthMax = 64;
    public const int DescriptionLengthMax = 500;

    public static RoomDecision Create(Room? room, string roomId, string userId, RoomSettings? settings, RoomMoment moment)
    {
        if (room is not null)
        {
            return room.OwnerUserId == userId
                ? new RoomDraft(room).ToDecision()
                : Refusals.Final(RefusalCode.RoomNameTaken, $"The room '{roomId}' belongs to somebody else.", roomId);
        }

        if (settings is null || settings.Name is not { Length: <= NameLengthMax } || !VisibleText.IsValid(settings.Name))
            return Refusals.BadRequest("name", $"A room's name must have 1 to {NameLengthMax} characters, at least one of them visible, and no control characters.");
        if (settings.Description is { Length: > 0 } description && (description.Length > DescriptionLengthMax || !VisibleText.IsValid(description, allowsLines: true)))
            return Refusals.BadRequest("description", $"A room's description must have up to {DescriptionLengthMax} characters, at least one of them visible, and no control characters.");
        var draft = new RoomDraft(null);
        draft.Add(new RoomCreated(roomId, settings, userId, moment.NowMs));
        return draft.ToDecision();
    }

    /// <summary>Up to how many connected members this user gets in as a newcomer; 0: no bound of the room's, since nobody is locked out of their own room.</summary>
    public static int MembersMaxFor(Room room, string userId, RoomOptions options) => room.OwnerUserId == userId ? 0 : options.MembersMax;

    /// <summary>What it means for a join that presence refused it.</summary>
    public static Refusal OfJoin(Refusal refusal, int membersMax) => refusal.Code == RefusalCode.ConnectionLimit && membersMax > 0
        ? Refusals.Limit(RefusalCode.RoomFull, $"The room takes {membersMax} members.", membersMax)
        : refusal;

    public static RoomDecision Enqueue(
        Room room, string userId, string? displayName, ImmutableArray<Track> tracks, Func<string> newEntryId, RoomMoment moment)
    {
        if (CheckTracks(room, userId, tracks, moment.Options) is { } refusal)
            return refusal;
        var sequence = room.Queue.LastSequence;
        ImmutableArray<QueueEntry> entries =
        [
            .. tracks.Select(track => new QueueEntry
            {
                EntryId = newEntryId(),
                Track = track,
                AddedBy = userId,
                AddedByName = displayName,
                AddedAtMs = moment.NowMs,
                Sequence = ++sequence,
            }),
        ];
        var draft = new RoomDraft(room);
        draft.Add(new EntriesAdded(entries, moment.NowMs));
        RoomCourse.Continue(draft, moment);
        return draft.ToDecision([.. entries.Select(entry => entry.EntryId)]);
    }

    public static RoomDecision RemoveEntry(Room room, string userId, string entryId, RoomMoment moment)
    {
        if (!room.Queue.Entries.TryGetValue(entryId, out var entry))
            return EntryNotFound(entryId);
        if (entry.AddedBy != userId && room.HostUserId != userId)
            return Refusals.Final(RefusalCode.Forbidden, "Only its adder and the host may remove a song.", "host");
        return Single(room, new EntryRemoved(entryId, moment.NowMs), moment);
    }

    public static RoomDecision Vote(Room room, string userId, string entryId, int value, RoomMoment moment)
    {
        if (value is < -1 or > 1)
            return Refusals.BadRequest("value", "A vote is -1, 0 or 1.");
        if (!room.Queue.Entries.TryGetValue(entryId, out var entry))
            return EntryNotFound(entryId);
        if (entry.AddedBy == userId)
            return Refusals.Final(RefusalCode.SelfVote, "The adder's own vote is +1.", entryId);
        if (entry.VoteOf(userId) == value)
            return new RoomDraft(room).ToDecision();
        if (entry.Votes.Count >= moment.Options.VotersMax && !entry.Votes.ContainsKey(userId))
            return Refusals.Limit(RefusalCode.RateLimited, "The song has as many votes as are counted.", moment.Options.VotersMax);
        return Single(room, new VoteSet(entryId, userId, value, moment.NowMs), moment);
    }

    public static RoomDecision VoteSkip(Room room, string userId, string entryId, bool isOn, RoomMoment moment)
    {
        if (CheckCurrent(room, entryId) is { } refusal)
            return refusal;
        var guardLeftMs = SkipRules.GuardLeftMs(room.Playback, moment.NowMs);
        if (guardLeftMs > 0)
            return Refusals.Retry(RefusalCode.SkipTooEarly, "The song has only just started.", TimeSpan.FromMilliseconds(guardLeftMs));
        if (room.Playback.SkipVoters.Contains(userId) == isOn)
            return new RoomDraft(room).ToDecision();
        if (isOn && room.Playback.SkipVoters.Count >= moment.Options.VotersMax)
            return Refusals.Limit(RefusalCode.RateLimited, "The song has as many votes as are counted.", moment.Options.VotersMax);
        return Single(room, new SkipVoteSet(userId, isOn, moment.NowMs), moment);
    }

    public static RoomDecision Play(Room room, string userId, RoomMoment moment)
    {
        if (CheckHost(room, userId) is { } refusal)
            return refusal;
        if (room.Playback.Current is null && room.Queue.Entries.IsEmpty)
            return NothingPlaying();
        var draft = new RoomDraft(room);
        if (room.Playback.Vector.Status == PlaybackStatus.Paused)
            draft.Add(new VectorChanged(PlaybackRules.Play(room.Playback.Vector, moment.LeadMs), moment.NowMs));
        RoomCourse.Continue(draft, moment);
        return draft.ToDecision();
    }

    public static RoomDecision Pause(Room room, string userId, RoomMoment moment)
    {
        if (CheckHost(room, userId) is { } refusal)
            return refusal;
        if (room.Playback.Current is null)
            return NothingPlaying();
        return room.Playback.Vector.Status == PlaybackStatus.Paused
            ? new RoomDraft(room).ToDecision()
            : Single(room, new VectorChanged(PlaybackRules.Pause(room.Playback.Vector, moment.NowMs), moment.NowMs), moment);
    }

    public static RoomDecision Seek(Room room, string userId, string entryId, long positionMs, RoomMoment moment)
    {
        if ((CheckHost(room, userId) ?? CheckCurrent(room, entryId) ?? CheckPosition(room, positionMs)) is { } refusal)
            return refusal;
        var vector = PlaybackRules.Seek(room.Playback.Vector, positionMs, moment.LeadMs);
        return Single(room, new VectorChanged(vector, moment.NowMs), moment);
    }

    public static RoomDecision Skip(Room room, string userId, string entryId, RoomMoment moment)
    {
        if (CheckCurrent(room, entryId) is { } refusal)
            return refusal;
        var isHost = room.HostUserId == userId;
        if (!isHost && room.Playback.Current!.AddedBy != userId)
            return Refusals.Final(RefusalCode.Forbidden, "Only the host and its adder may end a song.", "host");
        var draft = new RoomDraft(room);
        RoomCourse.EndCurrent(draft, isHost ? EndReasons.HostSkip : EndReasons.Removed, moment.NowMs);
        RoomCourse.Continue(draft, moment);
        return draft.ToDecision();
    }

    public static RoomDecision TransferHost(Room room, string userId, string toUserId, RoomMoment moment)
    {
        if (room.HostUserId != userId && room.OwnerUserId != userId)
            return Refusals.Final(RefusalCode.Forbidden, "Only the host and the owner may hand over.", "host");
        if (!moment.Attendance.IsPresent(toUserId))
            return Refusals.Final(RefusalCode.NotMember, "The user to hand over to is not in the room.", toUserId);
        return room.HostUserId == toUserId
            ? new RoomDraft(room).ToDecision()
            : Single(room, new HostNamed(toUserId, HostReasons.Transfer, IsStandIn: false, moment.NowMs), moment);
    }

    /// <summary>Whether the host may report this position; the report itself changes nothing here.</summary>
    public static Refusal? CheckHostPosition(Room room, string userId, string entryId, long positionMs) =>
        CheckHost(room, userId) ?? CheckCurrent(room, entryId) ?? CheckPosition(room, positionMs);

    /// <summary>The vector was anchored anew, by the host's drift or by a clock that jumped.</summary>
    public static RoomDecision Reanchor(Room room, PlaybackVector vector, RoomMoment moment) =>
        Single(room, new VectorChanged(vector, moment.NowMs), moment);

    /// <summary>What the passing of time and the coming and going of members lead to. Nothing, usually.</summary>
    public static RoomDecision Advance(Room room, RoomMoment moment)
    {
        var draft = new RoomDraft(room);
        RoomCourse.Continue(draft, moment);
        return draft.ToDecision();
    }

    public static Refusal? CheckCurrent(Room room, string entryId)
    {
        if (room.Playback.Current is not { } current)
            return NothingPlaying();
        return current.EntryId == entryId
            ? null
            : Refusals.Final(RefusalCode.StaleEntry, "Another song is current.", current.EntryId);
    }

    private static RoomDecision Single(Room room, RoomEvent happened, RoomMoment moment)
    {
        var draft = new RoomDraft(room);
        draft.Add(happened);
        RoomCourse.Continue(draft, moment);
        return draft.ToDecision();
    }

    private static Refusal? CheckHost(Room room, string userId) =>
        room.HostUserId == userId ? null : Refusals.Final(RefusalCode.Forbidden, "Only the host may do this.", "host");

    private static Refusal? CheckPosition(Room room, long positionMs) =>
        positionMs >= 0 && positionMs <= room.Playback.Vector.DurationMs
            ? null
            : Refusals.Final(RefusalCode.InvalidPosition, "The position is outside the song.", $"{room.Playback.Vector.DurationMs}");

    private static Refusal? CheckTracks(Room room, string userId, ImmutableArray<Track> tracks, RoomOptions options)
    {
        if (tracks.IsDefaultOrEmpty || tracks.Length > options.TracksPerCommandMax)
            return Refusals.BadRequest("tracks", $"1 to {options.TracksPerCommandMax} tracks.");
        var queued = room.Queue.Entries.Values.ToDictionary(entry => entry.Track.Url, entry => entry.EntryId, StringComparer.Ordinal);
        if (room.Playback.Current is { } current)
            queued[current.Track.Url] = current.EntryId;
        foreach (var track in tracks)
        {
            if (TrackRules.Check(track, options.TrackDurationMax) is { } refusal)
                return refusal;
            if (!queued.TryAdd(track.Url, ""))
                return Refusals.Final(RefusalCode.DuplicateTrack, "The track is in the queue already.", queued[track.Url]);
        }

        if (room.Queue.Entries.Count + tracks.Length > options.QueueMax)
            return Refusals.Limit(RefusalCode.QueueFull, $"The queue takes {options.QueueMax} songs.", options.QueueMax);
        return QueueRules.CountOf(room.Queue, userId) + tracks.Length > options.EntriesPerUserMax
            ? Refusals.Limit(RefusalCode.UserQuota, $"A user may have {options.EntriesPerUserMax} songs queued.", options.EntriesPerUserMax)
            : null;
    }

    private static Refusal EntryNotFound(string entryId) => Refusals.Final(RefusalCode.EntryNotFound, "There is no such entry in the queue.", entryId);

    private static Refusal NothingPlaying() => Refusals.Final(RefusalCode.NothingPlaying, "No song is playing or paused.");
}
