using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What one connection may hold and do; section <c>Sessions</c> of the configuration.</summary>
internal sealed class SessionLimits
{
    public const string Section = "Sessions";

    /// <summary>Channels attached at once. A person in a few rooms needs 4 each; a server-side client should take more connections.</summary>
    [Within(1, 10_000)]
    public int ChannelsMax { get; set; } = 100;

    /// <summary>Rooms joined at once: all of them together stay below the channels.</summary>
    [Within(1, 10_000)]
    public int RoomsMax { get; set; } = 20;

    /// <summary>Sustained requests: far above what a person does, and enough for clock probes and an eager page.</summary>
    [Within(1, 1_000_000)]
    public int CommandsPerSecondMax { get; set; } = 50;

    /// <summary>Requests at once: a page that loads asks for everything.</summary>
    [Within(1, 1_000_000)]
    public int CommandBurstMax { get; set; } = 100;

    /// <summary>Host position reports: a player's animation frame is 60 a second, and the room conflates them.</summary>
    [Within(1, 1_000_000)]
    public int ReportsPerSecondMax { get; set; } = 100;

    /// <summary>Sustained joins and snapshots: each takes a turn of the room and up to 64 KiB, and a client needs one only where recovery fails.</summary>
    [Within(1, 1_000_000)]
    public int SnapshotsPerSecondMax { get; set; } = 2;

    /// <summary>Joins and snapshots at once: a reconnect of somebody who is in as many rooms as a connection takes.</summary>
    [Within(1, 1_000_000)]
    public int SnapshotBurstMax { get; set; } = 20;

    /// <summary>Connections of this gateway, of all doors: at some 25 KB each more than a gigabyte, which is where another gateway is the better answer.</summary>
    [Within(1, 10_000_000)]
    public int ConnectionsMax { get; set; } = 50_000;

    /// <summary>Connections from one address: a fifth of them, so that none can take the gateway alone, and a large office or mobile network fits in.</summary>
    [Within(1, 10_000_000)]
    public int ConnectionsPerAddressMax { get; set; } = 10_000;

    /// <summary>How long a connection may be nobody's: a page that asks for its token first has it in a second or two, on a bad network in several.</summary>
    [WithinTime("00:00:00.001", "01:00:00")]
    public TimeSpan AuthenticateWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long delivery goes on after the token has run out, and up to a sixth more. A minute: clients renew theirs a minute before, and again every 30 s where that fails, so that an
    /// issuer may be away for two.
    /// </summary>
    [WithinTime("00:00:00.060", "1.00:00:00")]
    public TimeSpan ExpiredGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Connections that are nobody's at once: in their 10 s, 100 new ones a second; as much memory as it takes, with 64 KiB each, is 64 MiB.</summary>
    [Within(1, 10_000_000)]
    public int StrangersMax { get; set; } = 1000;

    /// <summary>Requests refused in a row, after which a connection is closed: 100 s of nothing but mistakes at the full rate, and a moment of a flood.</summary>
    [Within(1, 100_000_000)]
    public int RefusalsInRowMax { get; set; } = 5000;

    /// <summary>How long a connection that is refused as a whole has to read why.</summary>
    [WithinTime("00:00:00", "00:10:00")]
    public TimeSpan RefusedGrace { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When a refused connection may come back, if it has a reason to.</summary>
    [WithinTime("00:00:00", "01:00:00")]
    public TimeSpan RefusedReconnectAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages that wait for a socket: at a batch per 100 ms from four channels, more than 6 s behind.</summary>
    [Within(1, 1_000_000)]
    public int OutboxMessagesMax { get; set; } = 256;

    /// <summary>Bytes that wait for a socket: 1 GiB for 1,000 stalled ones at the very worst.</summary>
    [Within(128 * 1024, 1024 * 1024 * 1024)]
    public int OutboxBytesMax { get; set; } = 1024 * 1024;

    /// <summary>Answers that wait for a socket, beyond the messages: as many as a page asks for while it loads. No more is carried out until some are gone.</summary>
    [Within(1, 100_000)]
    public int OutboxAnswersMax { get; set; } = 32;

    /// <summary>Bytes of them; the last may exceed it, by as much as a recovery takes.</summary>
    [Within(1, 1024 * 1024 * 1024)]
    public int OutboxAnswerBytesMax { get; set; } = 128 * 1024;

    /// <summary>How long a socket that does not keep up has to take its goodbye.</summary>
    [WithinTime("00:00:00.001", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When a slow consumer may come back: soon, since it loses history while it waits.</summary>
    [WithinTime("00:00:00", "00:10:00")]
    public TimeSpan SlowConsumerReconnectAfter { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>Generated from the bounds of <see cref="SessionLimits"/>.</summary>
[OptionsValidator]
internal sealed partial class SessionLimitsValidator : IValidateOptions<SessionLimits>;
