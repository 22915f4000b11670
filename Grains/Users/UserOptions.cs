using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Users;

/// <summary>The limits of a user; section <c>Users</c> of the configuration. Validated at start.</summary>
public sealed class UserOptions
{
    public const string Section = "Users";

    /// <summary>10: a few devices and tabs, and the connections that a bad network left behind for a lease.</summary>
    [Within(1, 10_000)]
    public int ConnectionsMax { get; set; } = 10;

    /// <summary>How many open rooms a user may own. 20: more than anybody looks after, and few enough that nobody fills the list with their own.</summary>
    [Within(1, 1_000_000)]
    public int RoomsOwnedMax { get; set; } = 20;

    /// <summary>How many rooms a user may create an hour. 10: a person who tries things out; a program that makes rooms has settings of its own.</summary>
    [Within(1, 1_000_000)]
    public int RoomsPerHourMax { get; set; } = 10;

    /// <summary>How many rooms that a user has joined are remembered. 20: a list that fits on a screen.</summary>
    [Within(1, 100)]
    public int RoomsVisitedMax { get; set; } = 20;

    /// <summary>How many others a user may follow. 200: more than anybody keeps up with.</summary>
    [Within(1, 10_000)]
    public int FollowsMax { get; set; } = 200;

    /// <summary>How many may follow a user. 5,000: they are in one row, which is written for each, and told within seconds.</summary>
    [Within(1, 50_000)]
    public int FollowersMax { get; set; } = 5_000;

    /// <summary>How long a connection counts without a renewal. 30 s, three renewals: shorter than presence, since nobody is told when it ends, and the dead take places.</summary>
    [WithinTime("00:00:03", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>10: as many sessions wait for a connection as there may be connections.</summary>
    [Within(0, 1_000)]
    public int ParkedSessionsMax { get; set; } = 10;

    /// <summary>A session that takes more is not parked: a hundred channels with short names take a quarter of 64 KiB, and infos of presence at their bound twice as much.</summary>
    [Within(1_024, 1024 * 1024)]
    public int ParkedBytesMax { get; set; } = 64 * 1024;
}

/// <summary>Generated from the bounds of <see cref="UserOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class UserOptionsValidator : IValidateOptions<UserOptions>;
