using WhatsSound.Settings;

namespace WhatsSound.Gateway.Identity;

/// <summary>Whether the server lets in whoever comes, and how many; section <c>Identity:Guests</c> of the configuration.</summary>
internal sealed class GuestOptions
{
    public const string Section = "Identity:Guests";

    /// <summary>
    /// Null: in Development only. Elsewhere somebody has to say so: a deployment whose tokens come from its own app is closed, and a new version must not
    /// open it.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>A stolen token is of use for that long. Clients renew theirs by themselves.</summary>
    [WithinTime("00:01:00", "1.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>New guests from one address at once: a class or an office behind one address opens the same link.</summary>
    [Within(1, 1_000_000)]
    public int NewBurstMax { get; set; } = 60;

    /// <summary>New guests from one address, sustained.</summary>
    [Within(1, 1_000_000)]
    public int NewPerMinuteMax { get; set; } = 12;

    /// <summary>Renewals from one address at once: all of that office come back when its network does.</summary>
    [Within(1, 1_000_000)]
    public int RenewalBurstMax { get; set; } = 500;

    /// <summary>Renewals from one address, sustained. A guest needs one an hour and one for each connection.</summary>
    [Within(1, 1_000_000)]
    public int RenewalsPerMinuteMax { get; set; } = 300;

    /// <summary>How many addresses are told apart, about 10 MB; beyond that new ones share one limit.</summary>
    [Within(1, 10_000_000)]
    public int AddressesMax { get; set; } = 100_000;
}
