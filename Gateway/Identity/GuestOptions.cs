namespace WhatsSound.Gateway.Identity;

/// <summary>Whether the server lets in whoever comes, and how many; section <c>Identity:Guests</c> of the configuration.</summary>
internal sealed class GuestOptions
{
    /// <summary>
    /// Null: in Development only. Elsewhere somebody has to say so: a deployment whose tokens come from its own app is closed, and a new version must not
    /// open it.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>A stolen token is of use for that long. Clients renew theirs by themselves.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>New guests from one address at once: a class or an office behind one address opens the same link.</summary>
    public int NewBurstMax { get; set; } = 60;

    /// <summary>New guests from one address, sustained.</summary>
    public int NewPerMinuteMax { get; set; } = 12;

    /// <summary>Renewals from one address at once: all of that office come back when its network does.</summary>
    public int RenewalBurstMax { get; set; } = 500;

    /// <summary>Renewals from one address, sustained. A guest needs one an hour and one for each connection.</summary>
    public int RenewalsPerMinuteMax { get; set; } = 300;

    /// <summary>How many addresses are told apart, about 10 MB; beyond that new ones share one limit.</summary>
    public int AddressesMax { get; set; } = 100_000;

    public bool IsValid() =>
        TokenLifetime >= TimeSpan.FromMinutes(1) && NewBurstMax >= 1 && NewPerMinuteMax >= 1 && RenewalBurstMax >= 1 && RenewalsPerMinuteMax >= 1 && AddressesMax >= 1;
}
