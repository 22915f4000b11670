using Microsoft.Extensions.Options;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Rooms;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Rooms;

/// <summary>The limits of rooms; section <c>Rooms</c> of the configuration. Validated at start.</summary>
public sealed class RoomOptions
{
    public const string Section = "Rooms";

    /// <summary>1,000: presence and skip votes are re-counted on each change; larger audiences want a different kind of room.</summary>
    [Within(1, 100_000)]
    public int MembersMax { get; set; } = 1000;

    /// <summary>500 songs are more than a day of music; a snapshot shows the next 50.</summary>
    [Within(1, QueueSettings.SongsBound)]
    public int QueueMax { get; set; } = 500;

    /// <summary>How many songs a user may have queued where the room says nothing else. 10: enough to plan ahead, too few to fill the queue alone.</summary>
    [Within(1, 100_000)]
    public int EntriesPerUserMax { get; set; } = 10;

    /// <summary>200: an album or a playlist at once, and as many as the protocol's <c>Enqueue</c> takes.</summary>
    [Within(1, 200)]
    public int TracksPerCommandMax { get; set; } = 200;

    /// <summary>2 hours: a DJ set fits, a stream that never ends does not.</summary>
    [WithinTime("00:00:01", "1.00:00:00")]
    public TimeSpan TrackDurationMax { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Where songs may be.</summary>
    public SongAddressOptions Songs { get; set; } = new();

    /// <summary>2,000 voters of one entry, twice the members: more come and go only in a vote-stuffing room.</summary>
    [Within(1, 1_000_000)]
    public int VotersMax { get; set; } = 2000;

    /// <summary>How many members have a role: 50 is a large team, and what everybody is told of it stays small.</summary>
    [Within(1, SetSuccession.UserIdsMax)]
    public int RolesMax { get; set; } = 50;

    /// <summary>How many sanctions count at a time: 1,000 is a room under attack, and each is some 100 bytes of it.</summary>
    [Within(1, 100_000)]
    public int SanctionsMax { get; set; } = 1000;

    /// <summary>How many sanctions a user imposes and lifts in a minute: faster than anybody judges, and slow for whoever means to be heard by the reasons, of which each is a notice to a user and rows of the database.</summary>
    [Within(1, 100_000)]
    public int SanctionsPerMinuteMax { get; set; } = 30;

    /// <summary>How much a user does in a minute of what the room's log has, but for what is done to songs: roles, settings, invites, sanctions. 60: more than anybody means.</summary>
    [Within(1, 100_000)]
    public int LogLinesPerMinuteMax { get; set; } = 60;

    /// <summary>How many invites there are at a time: more than anybody keeps apart.</summary>
    [Within(1, 10_000)]
    public int InvitesMax { get; set; } = 100;

    /// <summary>How long a temporary room waits for somebody before it closes. 5 min: a party that moved next door comes back.</summary>
    [WithinTime("00:00:00.001", "1.00:00:00")]
    public TimeSpan EmptyTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long nobody has been in a room when it is put away, until its owner opens it again. 90 days: a season.</summary>
    [WithinTime("00:01:00", "3650.00:00:00")]
    public TimeSpan ArchiveTime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How far ahead a start is announced. 500 ms: all but the slowest phones hear of it in time.</summary>
    [WithinTime("00:00:00", "00:00:02")]
    public TimeSpan Lead { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a room that waits for its members' players does so at most. 2 s: a slow phone has loaded a few seconds of a song, and a silence is not yet a fault.</summary>
    [WithinTime("00:00:00.001", "00:00:10")]
    public TimeSpan GateTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a member who does nothing has a say about the song that plays. 5 min: a song or two; whoever listens with the page open is told to say so once a minute.</summary>
    [WithinTime("00:00:10", "1.00:00:00")]
    public TimeSpan AwayAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an absent host stays host. 30 s: a reconnect, or a train tunnel.</summary>
    [WithinTime("00:00:00.001", "01:00:00")]
    public TimeSpan HostGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long members saved before a crash count without being seen. 60 s: the presence lease, after which no gateway can still hold them.</summary>
    [WithinTime("00:00:00.001", "00:10:00")]
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many commands' answers are remembered. 1,000: as the protocol promises.</summary>
    [Within(1, 100_000)]
    public int ReceiptsMax { get; set; } = 1000;

    /// <summary>For how long. 2 minutes: as the protocol promises.</summary>
    [WithinTime("00:00:00.001", "1.00:00:00")]
    public TimeSpan ReceiptAge { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many messages a user may send at once. 5: a burst of short lines.</summary>
    [Within(1, 1_000_000)]
    public int ChatBurstMax { get; set; } = 5;

    /// <summary>How many messages a second a user gets back. 1: faster than anybody writes for long.</summary>
    [Within(0.001, 1_000_000)]
    public double ChatPerSecond { get; set; } = 1;

    /// <summary>
    /// How many entries of the journal a room comes back through. 1,000: they are read and folded in less time than a snapshot of a long queue, which is 300 KB with
    /// 500 songs and would be written with each command otherwise.
    /// </summary>
    [Within(1, 100_000)]
    public int SnapshotEvery { get; set; } = 1000;

    /// <summary>After how many bytes of entries a room writes a snapshot, however few they are. 1 MiB: three times a snapshot of a long queue, and read in some milliseconds.</summary>
    [Within(65_536, 1_073_741_824)]
    public int SnapshotBytes { get; set; } = 1_048_576;

    /// <summary>
    /// How many publications wait for an unreachable channel; beyond it, of what stands for itself, only the newest is kept, and where what waits does not stand for
    /// itself the room takes no commands.
    /// </summary>
    [Within(1, 10_000)]
    public int OutboxMax { get; set; } = 64;

    /// <summary>How long a command waits for a channel. 2 s: a silo that died is noticed by then; the outbox goes on without the caller.</summary>
    [WithinTime("00:00:00.001", "00:01:00")]
    public TimeSpan ChannelTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How soon the list of rooms hears of a change, and housekeeping is saved. 4 s: with the second for which the list gives an answer again, nothing in it is older than 5 s.</summary>
    [WithinTime("00:00:00.001", "00:10:00")]
    public TimeSpan UpkeepInterval { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How often presence is watched again. 15 s: a quarter of a lease, so that a lost notice costs little.</summary>
    [WithinTime("00:00:00.001", "00:10:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The least time between two publications of the host's position. 100 ms: the channel sends two a second whatever comes in.</summary>
    [WithinTime("00:00:00.001", "00:00:10")]
    public TimeSpan HostPositionInterval { get; set; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>Generated from the bounds of <see cref="RoomOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RoomOptionsValidator : IValidateOptions<RoomOptions>;
