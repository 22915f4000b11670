using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Sessions;

/// <summary>How the gateway goes; section <c>Drain</c> of the configuration.</summary>
internal sealed class DrainOptions
{
    public const string Section = "Drain";

    /// <summary>Nobody comes back sooner: a balancer needs a moment to see that this gateway is not ready, and would send them here again.</summary>
    [WithinTime("00:00:00", "00:10:00")]
    public TimeSpan ReconnectAfterMin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Reconnects are spread over this long at most, so that the next gateway is not overrun.</summary>
    [WithinTime("00:00:00", "00:10:00")]
    public TimeSpan ReconnectSpread { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>And no further apart than this: a handful of connections need not wait.</summary>
    [WithinTime("00:00:00", "00:01:00")]
    public TimeSpan ReconnectGapMax { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long connections have to go by themselves; with the time to stop that follows below the 30 s that orchestrators give.</summary>
    [WithinTime("00:00:00", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Generated from the bounds of <see cref="DrainOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class DrainOptionsValidator : IValidateOptions<DrainOptions>;
