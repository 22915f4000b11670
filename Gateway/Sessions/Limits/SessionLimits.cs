using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// What one connection may hold, and what a user may do on one gateway by all of theirs together; section <c>Sessions</c> of the configuration.
/// </summary>
internal sealed class SessionLimits
{
    public const string Section = "Sessions";

    /// <summary>Channels attached at once. A person in a few rooms needs 4 each; a server-side client should take more connections.</summary>
    [Within(1, 10_000)]
    public int ChannelsMax { get; set; } = 100;

    /// <summary>Rooms joined at once: all of them together stay below the channels.</summary>
    [Within(1, 10_000)]
    public int RoomsMax { get; set; } = 20;

    /// <summary>Sustained requests of a user: five a second, with clock probes, by each of twenty tabs.</summary>
    [Within(1, 1_000_000)]
    public int CommandsPerSecondMax { get; set; } = 100;

    /// <summary>Requests of a user at once: a page that loads asks for everything, some 20 requests, and ten tabs come back together.</summary>
    [Within(1, 1_000_000)]
    public int CommandBurstMax { get; set; } = 200;

    /// <summary>Sustained requests of one connection, twice as many at once. Null: as many as its user; an app whose users need no more keeps one tab from taking what the others have.</summary>
    [Within(1, 1_000_000)]
    public int? ConnectionCommandsPerSecondMax { get; set; }

    /// <summary>Sustained requests of all who ask this gateway, twice as many at once. Null: no such limit; what a gateway can carry is not known here.</summary>
    [Within(1, 10_000_000)]
    public int? AppCommandsPerSecondMax { get; set; }

    /// <summary>Publications of all who publish through this gateway, a second's worth at once. Null: no such limit.</summary>
    [Within(1, 10_000_000)]
    public int? AppPublicationsPerSecondMax { get; set; }

    /// <summary>Host position reports of a user: a player's animation frame is 60 a second, in up to three tabs, and the room conflates them.</summary>
    [Within(1, 1_000_000)]
    public int ReportsPerSecondMax { get; set; } = 200;

    /// <summary>Sustained joins and snapshots of a user: each takes a turn of the room and up to 64 KiB, and a client needs one only where recovery fails.</summary>
    [Within(1, 1_000_000)]
    public int SnapshotsPerSecondMax { get; set; } = 4;

    /// <summary>Joins and snapshots of a user at once: two connections come back that are in as many rooms as they can be, or forty that are in one.</summary>
    [Within(1, 1_000_000)]
    public int SnapshotBurstMax { get; set; } = 40;

    /// <summary>Sustained bytes of a user's answers beyond the first 4 KiB of each: a second tells the recoveries of a megabyte apart from a flood of them.</summary>
    [Within(64 * 1024, 1024 * 1024 * 1024)]
    public int AnswerBytesPerSecondMax { get; set; } = 1024 * 1024;

    /// <summary>Such bytes at once: four tabs come back that are in as many rooms as they can be, at 64 KiB each, three times over.</summary>
    [Within(64 * 1024, 1024 * 1024 * 1024)]
    public int AnswerBytesBurstMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Channels and rooms a minute that a user is the first to use here: each is a grain, with up to a megabyte of history for two minutes. One a second is more than anybody finds to read.
    /// </summary>
    [Within(1, 1_000_000)]
    public int NewChannelsPerMinuteMax { get; set; } = 60;

    /// <summary>Those at once: two connections attach to as many as they can.</summary>
    [Within(1, 1_000_000)]
    public int NewChannelBurstMax { get; set; } = 200;

    /// <summary>
    /// Those that live on, since somebody listens or they were used in the last two minutes: half of what a user's connections may listen to. Whoever listens to more than others do listens to what others made.
    /// </summary>
    [Within(1, 1_000_000)]
    public int LiveChannelsMax { get; set; } = 500;

    /// <summary>
    /// As how many users all guests from one address count together, in whatever a user may do: an address gets new guests all the time, for nothing. Twenty: the sustained rates are what clients
    /// of hundreds do, who listen and sometimes speak.
    /// </summary>
    [Within(1, 100_000)]
    public int GuestsAsUsersMax { get; set; } = 20;

    /// <summary>
    /// Rooms an hour that all guests from one address create: as many as users of that number may. A user's own are counted by their grain; a guest's grain knows nothing of the guests before.
    /// </summary>
    [Within(1, 1_000_000)]
    public int GuestRoomsPerHourMax { get; set; } = 200;

    /// <summary>Sustained requests of one connection that is nobody's and may not stay: time probes, until it has a token.</summary>
    [Within(1, 1_000_000)]
    public int StrangerConnectionPerSecondMax { get; set; } = 2;

    /// <summary>Those requests at once, so that one connection does not take what all from its address have; and as many times <c>Authenticate</c>.</summary>
    [Within(1, 1_000_000)]
    public int StrangerConnectionBurstMax { get; set; } = 20;

    /// <summary>Sustained requests of the connections from one address that are nobody's: each needs one or two.</summary>
    [Within(1, 1_000_000)]
    public int StrangerCommandsPerSecondMax { get; set; } = 200;

    /// <summary>Those requests at once: twice as many connections as there may be of that kind from one address, each with a token to show and the time to ask for.</summary>
    [Within(1, 1_000_000)]
    public int StrangerCommandBurstMax { get; set; } = 2000;

    /// <summary>Sustained new connections from one address: one a minute by each of as many as may come from there.</summary>
    [Within(1, 1_000_000)]
    public int ConnectsPerSecondMax { get; set; } = 200;

    /// <summary>New connections from one address at once: all that may come from there come back.</summary>
    [Within(1, 10_000_000)]
    public int ConnectBurstMax { get; set; } = 10_000;

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

    /// <summary>Connections that are nobody's at once: in their 10 s, 200 new ones a second; as much memory as it takes, with 64 KiB each, is 128 MiB.</summary>
    [Within(1, 10_000_000)]
    public int StrangersMax { get; set; } = 2000;

    /// <summary>
    /// Those from one address: a quarter of them, so that none can keep out all who have yet to show a token, as every client of the libraries has as it connects; and a crowd behind one
    /// address that comes back at once.
    /// </summary>
    [Within(1, 10_000_000)]
    public int StrangersPerAddressMax { get; set; } = 500;

    /// <summary>Connections that stay without a user, where some channel's rule gives them something: a fifth of all, so that those who have a user find a place whatever the crowd outside does.</summary>
    [Within(1, 10_000_000)]
    public int AnonymousMax { get; set; } = 10_000;

    /// <summary>Those from one address: a tenth of them, which is a large office, and what one who wants them all has to multiply.</summary>
    [Within(1, 10_000_000)]
    public int AnonymousPerAddressMax { get; set; } = 1000;

    /// <summary>
    /// Of whatever the connections without a user of one address may do together, each may do one part in so many: one that floods leaves the others nine parts in ten. Ten: 20 requests a second and 200 at once, which is
    /// every channel that a connection may attach to, twice. 1: one may take everything.
    /// </summary>
    [Within(1, 1000)]
    public int AnonymousPartsOfAddress { get; set; } = 10;

    /// <summary>Requests refused in a row, after which a connection is closed: 100 s of nothing but mistakes at the full rate, and a moment of a flood.</summary>
    [Within(1, 100_000_000)]
    public int RefusalsInRowMax { get; set; } = 5000;

    /// <summary>How long a session without a connection waits for its client: as long as channels remember by default, after which there is nothing to recover.</summary>
    [WithinTime("00:00:01", "01:00:00")]
    public TimeSpan ParkedFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Sessions that this gateway parks in that time: all that it can have. At some 2 KB each 100 MB, on all silos together.</summary>
    [Within(0, 10_000_000)]
    public int ParkedSessionsMax { get; set; } = 50_000;

    /// <summary>Bytes of publications in the answer to a resume: what an outbox holds. The channels beyond are named, to be subscribed to one by one.</summary>
    [Within(64 * 1024, 64 * 1024 * 1024)]
    public int ResumeBytesMax { get; set; } = 1024 * 1024;

    /// <summary>How long a connection that is refused as a whole has to read why.</summary>
    [WithinTime("00:00:00", "00:10:00")]
    public TimeSpan RefusedGrace { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When a refused connection may come back, if it has a reason to; half to one and a half times that, so that a crowd does not come back together.</summary>
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

    /// <summary>When a slow consumer may come back: soon, since it loses history while it waits; half to one and a half times that, so that a crowd does not come back together.</summary>
    [WithinTime("00:00:00", "00:10:00")]
    public TimeSpan SlowConsumerReconnectAfter { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>Generated from the bounds of <see cref="SessionLimits"/>.</summary>
[OptionsValidator]
internal sealed partial class SessionLimitsValidator : IValidateOptions<SessionLimits>;
