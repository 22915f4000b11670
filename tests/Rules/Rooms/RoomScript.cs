using System.Collections.Immutable;
using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Rooms;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>
/// Plays a script on a room: users come and go, queue, vote, skip, play, pause, seek, hand over; time passes. Everything that happens is recorded.
/// </summary>
internal sealed class RoomScript
{
    private const int Users = 6;

    private int _nextEntry;

    public RoomScript(RoomOptions? options = null)
    {
        Options = options ?? new RoomOptions();
        Attendance = Attendance.WithMember("u0", NowMs);
        Room = Take(RoomRules.Create(null, "room", "u0", new RoomSettings { Name = "A room" }, Moment))!;
    }

    public RoomOptions Options { get; }

    public long NowMs { get; private set; } = 1_000_000;

    public Attendance Attendance { get; private set; } = Attendance.Nobody;

    public Room Room { get; private set; } = null!;

    public List<RoomEvent> Events { get; } = [];

    public RoomMoment Moment => MomentOf(NowMs, Attendance, Options, userId => Room is { } room ? Voters.FromMs(room, userId, NowMs) : null);

    /// <summary>A moment at which everybody who is here may vote.</summary>
    public static RoomMoment MomentOf(long nowMs, Attendance attendance, RoomOptions options) => MomentOf(nowMs, attendance, options, static _ => 0);

    /// <summary>Called around each step with the room before and the room after.</summary>
    public Action<Room, Room> Observe { get; init; } = (_, _) => { };

    public static RoomScript Played(byte[] script, Action<RoomScript, Room, Room>? observe = null)
    {
        RoomScript? play = null;
        play = new RoomScript { Observe = (before, after) => observe?.Invoke(play!, before, after) };
        play.Play(script);
        return play;
    }

    public void Play(byte[] script)
    {
        for (var i = 0; i + 1 < script.Length; i += 2)
            Step(script[i], script[i + 1]);
    }

    public RoomDecision Do(Func<Room, RoomMoment, RoomDecision> command)
    {
        var decision = command(Room, Moment);
        var before = Room;
        if (Take(decision) is { } after)
        {
            Room = after;
            Observe(before, after);
        }

        return decision;
    }

    public RoomDecision Enqueue(string userId, params Track[] tracks) =>
        Do((room, moment) => RoomRules.Enqueue(room, userId, $"The {userId}", [.. tracks], () => $"e{++_nextEntry}", moment));

    public void Join(string userId) => Attend(Attendance.WithMember(userId, NowMs));

    public void Leave(string userId) => Attend(Attendance.WithDelta([], [userId], NowMs));

    /// <summary>By <c>LeaveRoom</c>.</summary>
    public void LeaveOnPurpose(string userId) => Attend(Attendance.WithLeavers([userId], Room.HostUserId, NowMs));

    /// <summary>Lets time pass the way the grain does: it wakes when something is due.</summary>
    public void Pass(long milliseconds)
    {
        var untilMs = NowMs + milliseconds;
        while (RoomCourse.DueAtMs(Room, Moment) is { } dueAtMs && dueAtMs <= untilMs)
        {
            NowMs = Math.Max(dueAtMs, NowMs);
            Attend(Attendance);
            if (RoomCourse.DueAtMs(Room, Moment) <= NowMs)
                break;
        }

        NowMs = untilMs;
    }

    /// <summary>Lets time pass with nobody to wake the room, as when its silo is dead.</summary>
    public void Sleep(long milliseconds)
    {
        NowMs += milliseconds;
        Attend(Attendance);
    }

    /// <summary>The silo dies with the room, which comes back after a time and remembers who was here.</summary>
    public void Crash(long milliseconds)
    {
        NowMs += milliseconds;
        Attend(Attendance.Presumed(Attendance.ToRoster(), NowMs, NowMs + (long)Options.SettleTime.TotalMilliseconds));
    }

    public static Track Song(int number, long durationMs = 180_000) =>
        new() { Url = $"https://music.example/{number}.mp3", Title = $"Song {number}", DurationMs = durationMs };

    private static RoomMoment MomentOf(long nowMs, Attendance attendance, RoomOptions options, Func<string, long?> mayVoteFromMs) => new(
        nowMs, attendance, Voters.Follow(Electorate.Nobody, ImmutableDictionary<string, long>.Empty, attendance.Members, mayVoteFromMs, static _ => long.MaxValue, nowMs), options);

    private void Step(byte what, byte how)
    {
        var user = $"u{how % Users}";
        var current = Room.Current?.EntryId ?? "none";
        var queued = Room.Queue.Songs.Keys.Order(StringComparer.Ordinal).ToImmutableArray();
        var entry = queued.IsEmpty ? "none" : queued[how % queued.Length];
        _ = (what % 14) switch
        {
            0 or 1 or 2 => Enqueue(user, Song(what * how, 1000 + (how * 2000))),
            3 => Do((room, moment) => RoomRules.Vote(room, user, entry, (what / 14 % 3) - 1, moment)),
            4 => Do((room, moment) => RoomRules.Vote(room, user, entry, 1, moment)),
            5 => Do((room, moment) => RoomRules.VoteSkip(room, user, current, how % 5 != 0, moment)),
            6 => Do((room, moment) => RoomRules.Play(room, room.HostUserId!, moment)),
            7 => Do((room, moment) => RoomRules.Pause(room, room.HostUserId!, moment)),
            8 => Do((room, moment) => RoomRules.Seek(room, room.HostUserId!, current, how * 1000L, moment)),
            9 => Do((room, moment) => RoomRules.Skip(room, user, current, moment)),
            10 => Do((room, moment) => RoomRules.RemoveEntry(room, room.HostUserId!, entry, moment)),
            11 => Do((room, moment) => RoomRules.TransferHost(room, room.OwnerUserId, user, moment)),
            12 => After(() => Toggle(user)),
            _ => After(() => Pass(how * 100L)),
        };
    }

    private void Toggle(string userId)
    {
        if (Attendance.IsPresent(userId))
            Leave(userId);
        else
            Join(userId);
    }

    private void Attend(Attendance attendance)
    {
        Attendance = attendance.Observe(Room.HostUserId, NowMs);
        Do(RoomCourse.Advance);
        Attendance = Attendance.Observe(Room.HostUserId, NowMs);
    }

    private RoomDecision? After(Action step)
    {
        step();
        return null;
    }

    private Room? Take(RoomDecision decision)
    {
        Events.AddRange(decision.Events);
        return decision.Room;
    }
}
