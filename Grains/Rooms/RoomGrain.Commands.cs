using System.Collections.Immutable;
using WhatsSound.Grains.Playback;
using WhatsSound.Playback;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Chat, the queue, and the player.</summary>
internal sealed partial class RoomGrain
{
    private HostDrift? _hostDrift;

    // Interleaves: it reads membership, which is replaced as a whole, and the chat limits, without waiting in between. It changes nothing that is saved; two
    // of the same id get the same answer from the channel, so it does not matter which of them is kept.
    public async Task<Answer<RoomReceipt>> SendChatAsync(RoomCommand command, string text)
    {
        if (CommandRules.Check(command) is { } malformed)
            return malformed;
        if (Room is not { } room)
            return NotFound();
        if (FindAnswer(command, RoomChat.PrintOf(text)) is { } given)
            return given;
        return CheckMember(command.UserId) is { } notMember ? notMember : await _chat.SayAsync(room, command, text);
    }

    public Task<Answer<RoomReceipt>> EnqueueAsync(RoomCommand command, ImmutableArray<Track> tracks) =>
        ExecuteAsync(command, CommandPrint.Of("enqueue", tracks), (room, moment) => RoomRules.Enqueue(room, command.UserId, command.DisplayName, tracks, NewEntryId, moment));

    public Task<Answer<RoomReceipt>> RemoveEntryAsync(RoomCommand command, string entryId) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("removeEntry", entryId),
            (room, moment) => RoomRules.RemoveEntry(room, command.UserId, entryId, moment),
            CommandRules.CheckEntryId(entryId));

    public Task<Answer<RoomReceipt>> VoteAsync(RoomCommand command, string entryId, int value) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("vote", entryId, value),
            (room, moment) => RoomRules.Vote(room, command.UserId, entryId, value, moment),
            CommandRules.CheckEntryId(entryId));

    public Task<Answer<RoomReceipt>> VoteSkipAsync(RoomCommand command, string entryId, bool isOn) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("voteSkip", entryId, isOn ? 1 : 0),
            (room, moment) => RoomRules.VoteSkip(room, command.UserId, entryId, isOn, moment),
            CommandRules.CheckEntryId(entryId));

    public Task<Answer<RoomReceipt>> PlayAsync(RoomCommand command) =>
        ExecuteAsync(command, CommandPrint.Of("play"), (room, moment) => RoomRules.Play(room, command.UserId, moment));

    public Task<Answer<RoomReceipt>> PauseAsync(RoomCommand command) =>
        ExecuteAsync(command, CommandPrint.Of("pause"), (room, moment) => RoomRules.Pause(room, command.UserId, moment));

    public Task<Answer<RoomReceipt>> SeekAsync(RoomCommand command, string entryId, long positionMs) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("seek", entryId, positionMs),
            (room, moment) => RoomRules.Seek(room, command.UserId, entryId, positionMs, moment),
            CommandRules.CheckEntryId(entryId));

    public Task<Answer<RoomReceipt>> SkipAsync(RoomCommand command, string entryId) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("skip", entryId),
            (room, moment) => RoomRules.Skip(room, command.UserId, entryId, moment),
            CommandRules.CheckEntryId(entryId));

    public async Task<Answer<Done>> ReportEndedAsync(string userId, string entryId)
    {
        if (await CheckReportAsync(userId, entryId) is { } refusal)
            return refusal;

        // The room is up to now: if the song was over, it has ended by the room's own reckoning, and only so.
        return Room!.Playback.Current?.EntryId == entryId
            ? Done.Value
            : Refusals.Final(RefusalCode.StaleEntry, "Another song is current.", Room.Playback.Current?.EntryId);
    }

    public async Task<Answer<Done>> ReportHostPositionAsync(string userId, string entryId, long positionMs)
    {
        if (await CheckReportAsync(userId, entryId) is { } refusal)
            return refusal;
        var room = Room!;
        if (RoomRules.CheckHostPosition(room, userId, entryId, positionMs) is { } notHost)
            return notHost;

        var nowMs = _clock.NowMs;
        (_hostDrift, var reanchored) = PlaybackRules.Report(room.Playback.Vector, _hostDrift, positionMs, nowMs);
        if (reanchored is not null && await CommitAsync(RoomRules.Reanchor(room, reanchored, Moment)) is { } unsaved)
            return unsaved;
        var position = new HostPosition { EntryId = entryId, PositionMs = positionMs, AtMs = nowMs };
        if (await _hostPositions.ReportAsync(userId, position, nowMs) is { } wait && !_hostPositionDelay.IsSet)
            _hostPositionDelay.Set(wait);
        return Done.Value;
    }

    private async Task<Refusal?> CheckReportAsync(string userId, string entryId)
    {
        if ((CommandRules.CheckUserId("userId", userId) ?? CommandRules.CheckEntryId(entryId)) is { } malformed)
            return malformed;
        if (Room is null)
            return NotFound();
        if (CheckMember(userId) is { } notMember)
            return notMember;
        return await CatchUpAsync() ? null : RoomRefusals.NotReady();
    }

    private static string NewEntryId() => Guid.NewGuid().ToString("N");
}
