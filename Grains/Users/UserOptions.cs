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

    /// <summary>How long a connection counts without a renewal. 30 s, three renewals: shorter than presence, since nobody is told when it ends, and the dead take places.</summary>
    [WithinTime("00:00:03", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Generated from the bounds of <see cref="UserOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class UserOptionsValidator : IValidateOptions<UserOptions>;
