using System.Collections.Immutable;
using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Who is in a room, as its main channel tells: the channel alone knows connections, leases and graces. The room is told of changes one-way, and asks again where it
/// has missed one.
/// </summary>
internal sealed class RoomMembers(IGrainBase grain, string roomId, RoomChannels channels, RoomOptions options, IRoomClock clock, Func<string, long?> mayVoteSkipFromMs)
{
    private readonly string _channel = RoomId.KeyOf(roomId);
    private readonly ActivityRelay _relay = new(grain, RoomId.KeyOf(roomId), channels);
    private readonly MemberActivity _activity = new((long)options.AwayAfter.TotalMilliseconds);

    /// <summary>Who entered, and which version presence had then: what it told up to that version is older, though it may be heard later.</summary>
    private readonly Dictionary<string, long> _entered = new(StringComparer.Ordinal);

    private readonly Absences _absences = new();

    /// <summary>Up to which version of presence the room knows it.</summary>
    private long _version;

    public Attendance Attendance
    {
        get;
        private set
        {
            Electorate = Voters.Follow(Electorate, field.Members, value.Members, mayVoteSkipFromMs, AwayFromMs, clock.NowMs);
            if (!ReferenceEquals(field.Members, value.Members))
                Forget(value.Members);
            field = value;
        }
    }
    = Attendance.Nobody;

    /// <summary>Who of them has a say about the song that plays.</summary>
    public Electorate Electorate { get; private set; } = Electorate.Nobody;

    /// <summary>How far away they are.</summary>
    public MemberLatencies Latencies { get; } = new();

    /// <summary>Whose players have the next song ready.</summary>
    public MemberReadiness Readiness { get; } = new();

    /// <summary>Roles, permissions or sanctions have changed, and with them who may vote.</summary>
    public void Recount() => Electorate = Voters.Follow(Electorate.Nobody, Attendance.Nobody.Members, Attendance.Members, mayVoteSkipFromMs, AwayFromMs, clock.NowMs);

    /// <summary>A member has done something, and is not away.</summary>
    public void Saw(string userId)
    {
        if (!Attendance.IsPresent(userId))
            return;
        _relay.Saw(userId);
        if (_activity.Saw(userId, clock.NowMs))
            Electorate = Electorate.Active(userId, AwayFromMs(userId), clock.NowMs);
    }

    /// <summary>The saved members count until presence is known, unless the room comes from another silo, which knew it.</summary>
    public void Resume(RoomMemory? moved, ImmutableArray<RosterMember> saved, long savedAtMs, string? hostUserId)
    {
        Attendance = moved?.Attendance ?? Attendance.Presumed(saved, savedAtMs, SettlesAtMs());
        _version = moved?.PresenceVersion ?? 0;
        Observe(hostUserId);
    }

    public void Write(IDehydrationContext context) => RoomMemory.Write(context, Attendance, _version);

    /// <summary>Time has passed, or the host is another.</summary>
    public void Observe(string? hostUserId) => Attendance = Attendance.Observe(hostUserId, clock.NowMs);

    /// <summary>Enters a connection, as far as presence lets it: it alone knows who is only in their grace.</summary>
    public async Task<Answer<PresenceView>> EnterAsync(PresenceEntry entry)
    {
        var entered = await channels.AskForAnswerAsync(_channel, channel => channel.EnterAsync(entry));
        if (entered.Value is { } view)
        {
            Attendance = Attendance.WithMember(entry.UserId, clock.NowMs);
            _absences.Entered(entry.UserId);
            _entered[entry.UserId] = view.Version;
        }

        return entered;
    }

    /// <summary>Takes a connection out, and the user with it, unless they have others here, as presence answers. False: the channel did not answer.</summary>
    public async Task<bool> LeaveAsync(PresenceExit exit, string? hostUserId)
    {
        // A channel of the version before has no such call: then the room hears a moment later whether the user has left.
        if (await channels.AskAsync(_channel, channel => channel.DepartAsync(exit)) is not { } departure)
            return await channels.TellAsync(_channel, channel => channel.LeaveAsync(exit));
        if (departure.HasLeft)
        {
            Attendance = Attendance.WithLeavers([exit.UserId], hostUserId, clock.NowMs);
            _entered.Remove(exit.UserId);
            _absences.Left(exit.UserId, departure.Version);
        }

        return true;
    }

    /// <summary>The room sends everybody out: who wants to be in it enters again, whatever presence says meanwhile.</summary>
    public void SendOut()
    {
        var userIds = Attendance.Members.Keys.ToList();
        Attendance = Attendance.WithDelta([], userIds, clock.NowMs);
        _entered.Clear();
        _absences.SentOut(userIds);
    }

    /// <summary>Whether the user is here, and was not sent out by a sanction since they came in.</summary>
    public bool IsMember(string userId) => Attendance.IsPresent(userId) && !_absences.IsKicked(userId);

    /// <summary>Whether a sanction sent the user out, and they have not come in again.</summary>
    public bool IsKicked(string userId) => _absences.IsKicked(userId);

    /// <summary>A sanction sends the user out: though it may be lifted before presence has let go of them, they come in anew, or not at all.</summary>
    public void Kick(string userId)
    {
        if (Attendance.IsPresent(userId))
            _absences.Kicked(userId);
    }

    /// <summary>Whether the user was sent out, and may still be leaving.</summary>
    public bool IsSentOut(string userId) => _absences.IsSentOut(userId);

    /// <summary>Whether the change is news; one that does not continue what is known makes the room ask for everybody.</summary>
    public async Task<bool> TakeAsync(PresenceDelta delta, string? hostUserId, IPresenceWatcher self)
    {
        if (delta.Version <= _version)
            return false;
        if (delta.PreviousVersion != _version)
        {
            await WatchAsync(self);
            return true;
        }

        var left = delta.Left.Where(userId => _entered.GetValueOrDefault(userId, -1) < delta.Version).ToList();
        var goodbyes = left.Where(userId => !delta.SaidGoodbye.IsDefault && delta.SaidGoodbye.Contains(userId, StringComparer.Ordinal)).ToList();
        Attendance = Attendance.WithLeavers(goodbyes, hostUserId, clock.NowMs).WithDelta(_absences.Take(delta, left), left, clock.NowMs);
        _version = delta.Version;
        foreach (var (userId, version) in _entered)
        {
            if (version < _version)
                _entered.Remove(userId);
        }

        return true;
    }

    /// <summary>Asks presence for every change from now on, and for everybody if that is not what the room knows. False: it did not answer.</summary>
    public async Task<bool> WatchAsync(IPresenceWatcher self)
    {
        if (await channels.AskAsync(_channel, channel => channel.WatchPresenceAsync(self, _version)) is not { } roster)
            return false;
        var hasForgotten = _version < roster.FirstVersion && !Attendance.Members.IsEmpty;
        if (!roster.IsUnchanged)
            Attendance = Attendance.WithRoster([.. _absences.Take(roster.Members)], hasForgotten ? SettlesAtMs() : null);
        _version = roster.Version;
        _entered.Clear();
        return true;
    }

    /// <summary>Tells presence who comes first in a sample.</summary>
    public async Task NameHostAsync(string? hostUserId)
    {
        if (hostUserId is not null)
            await channels.TellAsync(_channel, channel => channel.SetHostsAsync([hostUserId]));
    }

    /// <summary>Null for a member. Somebody who may be one, as long as the members of before a crash are still coming back, is to ask again.</summary>
    public Refusal? Check(string userId)
    {
        if (IsMember(userId))
            return null;
        return Attendance.SettlesAtMs is null || _absences.IsKicked(userId)
            ? Refusals.Final(RefusalCode.NotMember, "The user is not in the room.", userId)
            : Refusals.Retry(RefusalCode.NotReady, "The room has just come back and does not know the user yet.", TimeSpan.FromSeconds(1));
    }

    private long AwayFromMs(string userId) => _activity.AwayFromMs(userId, clock.NowMs);

    private void Forget(ImmutableDictionary<string, long> members)
    {
        Latencies.Keep(members);
        Readiness.Keep(members);
        _activity.Keep(members);
    }

    private long SettlesAtMs() => clock.NowMs + (long)options.SettleTime.TotalMilliseconds;
}
