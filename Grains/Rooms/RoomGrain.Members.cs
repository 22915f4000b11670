using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Creating a room, coming and going, and what a late joiner is told.</summary>
internal sealed partial class RoomGrain
{
    private long _presenceVersion;

    private string MainChannel => RoomId.KeyOf(_roomId);

    public async Task<Answer<RoomReceipt>> CreateAsync(RoomCommand command, RoomSettings settings)
    {
        if (CommandRules.Check(command) is { } malformed)
            return malformed;
        if (!RoomId.IsValid(_roomId))
            return Refusals.BadRequest("roomId", "A room id has 3 to 64 of a-z, 0-9 and -, and starts and ends with a letter or digit.");
        var print = CommandPrint.Of("create", settings?.Name, settings?.Description, settings is { IsListed: true } ? "listed" : "");
        if (FindAnswer(command, print) is { } given)
            return given;
        var isNew = Room is null;
        var answer = await CarryOutAsync(command, print, RoomRules.Create(Room, _roomId, command.UserId, settings, Moment));
        if (isNew && !answer.IsRefused)
        {
            _logger.RoomCreated(_roomId);
            _watch.Set(_options.WatchInterval);
            await WatchPresenceAsync();
            await RegisterAsync();
        }

        return answer;
    }

    public async Task<Answer<RoomSnapshot>> JoinAsync(RoomCommand command, PresenceEntry entry)
    {
        if ((CommandRules.Check(command) ?? CommandRules.CheckEntry(command, entry)) is { } malformed)
            return malformed;
        if (Room is not { } room)
            return NotFound();

        // Presence decides: it alone knows who is only in their grace.
        var bounded = entry with { MembersMax = RoomRules.MembersMaxFor(room, command.UserId, _options) };
        var entered = await _channels.AskForAnswerAsync(MainChannel, channel => channel.EnterAsync(bounded));
        if (entered.IsRefused)
            return RoomRules.OfJoin(entered.Refusal, bounded.MembersMax);
        _attendance = _attendance.WithMember(command.UserId, _clock.NowMs);
        SetUpkeep();
        if (!await CatchUpAsync())
            return RoomRefusals.NotReady();
        SetAlarm();
        return await ReadSnapshotAsync(command.UserId, entered.Value, isFresh: false);
    }

    public async Task<Answer<RoomSnapshot>> GetSnapshotAsync(string userId)
    {
        if (CommandRules.CheckUserId("userId", userId) is { } malformed)
            return malformed;
        if (Room is null)
            return NotFound();
        if (CheckMember(userId) is { } notMember)
            return notMember;
        if (!await CatchUpAsync())
            return RoomRefusals.NotReady();

        // Somebody who asks again may have been told of a lost epoch: what is remembered of the channels is not good enough.
        return await ReadSnapshotAsync(userId, entered: null, isFresh: true);
    }

    public Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, string connectionId) =>
        LeaveAsync(command, new PresenceExit { UserId = command?.UserId ?? "", ConnectionId = connectionId });

    public async Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, PresenceExit exit)
    {
        if ((CommandRules.Check(command) ?? CommandRules.CheckExit(command, exit)) is { } malformed)
            return malformed;
        if (Room is not { } room)
            return NotFound();
        var print = CommandPrint.Of("leave");
        if (FindAnswer(command, print) is { } given)
            return given;
        if (CheckMember(command.UserId) is { } notMember)
            return notMember;

        // The room hears of it from presence: the user may have other connections here.
        if (!await _channels.TellAsync(MainChannel, channel => channel.LeaveAsync(exit with { Abrupt = false })))
            return RoomRefusals.OutcomeUnknown();
        var receipt = new RoomReceipt { Revision = room.Revision };

        // Kept before it is saved: the user has left, so the same command again must not meet the check of membership.
        _store.Answered(KeptReceipt.Of(command, print, receipt, _clock.NowMs));
        return await SaveAsync(_store.State with { Outbox = _outbox.Unsent }) is { } unsaved ? unsaved : receipt;
    }

    public Task<Answer<RoomReceipt>> TransferHostAsync(RoomCommand command, string toUserId) =>
        ExecuteAsync(
            command,
            CommandPrint.Of("transferHost", toUserId),
            (room, moment) => RoomRules.TransferHost(room, command.UserId, toUserId, moment),
            CommandRules.CheckUserId("toUserId", toUserId));

    public async Task OnPresenceChangedAsync(PresenceDelta delta)
    {
        if (Room is null || delta.Version <= _presenceVersion)
            return;
        if (delta.PreviousVersion == _presenceVersion)
        {
            _attendance = _attendance.WithDelta(delta.Joined, delta.Left, _clock.NowMs);
            _presenceVersion = delta.Version;
        }
        else
        {
            await WatchPresenceAsync();
        }

        await AfterPresenceAsync();
    }

    /// <summary>Asks presence for every change from now on, and for everybody if that is not what the room knows.</summary>
    private async Task WatchPresenceAsync()
    {
        var self = this.AsReference<IPresenceWatcher>();
        var roster = await _channels.AskAsync(MainChannel, channel => channel.WatchPresenceAsync(self, _presenceVersion));
        if (roster is null)
            return;
        var hasForgotten = _presenceVersion < roster.FirstVersion && !_attendance.Members.IsEmpty;
        if (!roster.IsUnchanged)
            _attendance = _attendance.WithRoster(roster.Members, hasForgotten ? SettlesAtMs() : null);
        _presenceVersion = roster.Version;
    }

    private long SettlesAtMs() => _clock.NowMs + (long)_options.SettleTime.TotalMilliseconds;

    private async Task AfterPresenceAsync()
    {
        var isSaved = await CatchUpAsync();
        SetAlarm(isSaved);
        SetUpkeep();
    }

    private async Task NameHostAsync()
    {
        if (Room?.HostUserId is { } host)
            await _channels.TellAsync(MainChannel, channel => channel.SetHostsAsync([host]));
    }

    /// <summary>A snapshot of what the channels have said, once everything decided is published.</summary>
    private async Task<Answer<RoomSnapshot>> ReadSnapshotAsync(string userId, PresenceView? entered, bool isFresh) =>
        await DrainAsync() && await _reading.ReadAsync(Room!, Moment, userId, entered, isFresh) is { } snapshot ? snapshot : RoomRefusals.NotReady();
}
