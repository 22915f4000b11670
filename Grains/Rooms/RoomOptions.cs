using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Rooms;

/// <summary>The limits of rooms; section <c>Rooms</c> of the configuration. Validated at start.</summary>
public sealed class RoomOptions
{
    public const string Section = "Rooms";

    /// <summary>1,000: presence and skip votes are re-counted on each change; larger audiences want a different kind of room.</summary>
    [Within(1, 100_000)]
    public int MembersMax { get; set; } = 1000;

    /// <summary>500 songs are more than a day of music; state is rewritten whole on each save.</summary>
    [Within(1, 100_000)]
    public int QueueMax { get; set; } = 500;

    /// <summary>10: enough to plan ahead, too few to fill the queue alone.</summary>
    [Within(1, 100_000)]
    public int EntriesPerUserMax { get; set; } = 10;

    /// <summary>20: as many as the protocol's <c>Enqueue</c> takes at once.</summary>
    [Within(1, 1_000)]
    public int TracksPerCommandMax { get; set; } = 20;

    /// <summary>2 hours: a DJ set fits, a stream that never ends does not.</summary>
    [WithinTime("00:00:01", "1.00:00:00")]
    public TimeSpan TrackDurationMax { get; set; } = TimeSpan.FromHours(2);

    /// <summary>2,000 voters of one entry, twice the members: more come and go only in a vote-stuffing room.</summary>
    [Within(1, 1_000_000)]
    public int VotersMax { get; set; } = 2000;

    /// <summary>How far ahead a start is announced. 500 ms: all but the slowest phones hear of it in time.</summary>
    [WithinTime("00:00:00", "00:00:02")]
    public TimeSpan Lead { get; set; } = TimeSpan.FromMilliseconds(500);

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

    /// <summary>How many events wait for an unreachable channel; beyond it only the newest of each kind are kept, and each stands for itself.</summary>
    [Within(1, 10_000)]
    public int OutboxMax { get; set; } = 64;

    /// <summary>How long a command waits for a channel. 2 s: a silo that died is noticed by then; the outbox goes on without the caller.</summary>
    [WithinTime("00:00:00.001", "00:01:00")]
    public TimeSpan ChannelTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the directory hears of a room, and housekeeping is saved. 5 s: nobody watches the list closer.</summary>
    [WithinTime("00:00:00.001", "00:10:00")]
    public TimeSpan UpkeepInterval { get; set; } = TimeSpan.FromSeconds(5);

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
