using System.Collections.Immutable;
using WhatsSound.Grains.Presence;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Who is in a room, as its main channel tells: the channel alone knows connections, leases and graces. The room is told of changes one-way, and asks again where it
/// has missed one.
/// </summary>
internal sealed class RoomMembers(string roomId, RoomChannels channels, RoomOptions options, IRoomClock clock)
{
    private readonly string _channel = RoomId.KeyOf(roomId);

    /// <summary>Up to which version of presence the room knows it.</summary>
    private long _version;

    public Attendance Attendance { get; private set; } = Attendance.Nobody;

    /// <summary>The saved members count until presence is known, unless the room comes from another silo, which knew it.</summary>
    public void Resume(RoomMemory? moved, ImmutableArray<RosterMember> saved, string? hostUserId)
    {
        Attendance = moved?.Attendance ?? Attendance.Presumed(saved, SettlesAtMs());
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
        if (!entered.IsRefused)
            Attendance = Attendance.WithMember(entry.UserId, clock.NowMs);
        return entered;
    }

    /// <summary>Takes a connection out. The room hears from presence whether the user has left: they may have others here. False: the channel did not answer.</summary>
    public Task<bool> LeaveAsync(PresenceExit exit) => channels.TellAsync(_channel, channel => channel.LeaveAsync(exit));

    /// <summary>Whether the change is news; one that does not continue what is known makes the room ask for everybody.</summary>
    public async Task<bool> TakeAsync(PresenceDelta delta, IPresenceWatcher self)
    {
        if (delta.Version <= _version)
            return false;
        if (delta.PreviousVersion != _version)
        {
            await WatchAsync(self);
            return true;
        }

        Attendance = Attendance.WithDelta(delta.Joined, delta.Left, clock.NowMs);
        _version = delta.Version;
        return true;
    }

    /// <summary>Asks presence for every change from now on, and for everybody if that is not what the room knows.</summary>
    public async Task WatchAsync(IPresenceWatcher self)
    {
        if (await channels.AskAsync(_channel, channel => channel.WatchPresenceAsync(self, _version)) is not { } roster)
            return;
        var hasForgotten = _version < roster.FirstVersion && !Attendance.Members.IsEmpty;
        if (!roster.IsUnchanged)
            Attendance = Attendance.WithRoster(roster.Members, hasForgotten ? SettlesAtMs() : null);
        _version = roster.Version;
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
        if (Attendance.IsPresent(userId))
            return null;
        return Attendance.SettlesAtMs is null
            ? Refusals.Final(RefusalCode.NotMember, "The user is not in the room.", userId)
            : Refusals.Retry(RefusalCode.NotReady, "The room has just come back and does not know the user yet.", TimeSpan.FromSeconds(1));
    }

    private long SettlesAtMs() => clock.NowMs + (long)options.SettleTime.TotalMilliseconds;
}
