using Microsoft.Extensions.Options;

namespace WhatsSound.Grains.Users;

/// <summary>The limits of a user; section <c>Users</c> of the configuration. Validated at start.</summary>
public sealed class UserOptions
{
    public const string Section = "Users";

    /// <summary>10: a few devices and tabs, and the connections that a bad network left behind for a lease.</summary>
    public int ConnectionsMax { get; set; } = 10;

    /// <summary>How long a connection counts without a renewal. 30 s: as presence does.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    internal sealed class Validator : IValidateOptions<UserOptions>
    {
        public ValidateOptionsResult Validate(string? name, UserOptions options) =>
            options.ConnectionsMax > 0 && options.Lease > TimeSpan.Zero
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Section}: {nameof(ConnectionsMax)} and {nameof(Lease)} must be above zero.");
    }
}
