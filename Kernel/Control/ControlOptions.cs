using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Control;

/// <summary>How what is set while the cluster runs is kept and followed; section <c>Control</c> of the configuration, the same for every process.</summary>
public sealed class ControlOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Control";

    /// <summary>
    /// For how long a token counts at most: a revocation is kept for so long. 365 days: what the command line makes at most. A deployment whose tokens are shorter makes room for more of them.
    /// </summary>
    [WithinTime("00:05:00", "3650.00:00:00")]
    public TimeSpan TokenLifetimeMax { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How often it is asked for what is new: with a call and the closing of connections well within the 2 s that a revocation takes.</summary>
    [WithinTime("00:00:00.050", "00:00:30")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After how long without an answer a process says so: longer than it takes to begin anew on another silo in most cases.</summary>
    [WithinTime("00:00:01", "00:10:00")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether a gateway that has heard nothing for that long, or nothing since its start, closes its connections and takes no token, rather than let somebody go on who has lost the right to. Off: an outage of one part would be an outage of everything.
    /// </summary>
    public bool FailClosed { get; set; }
}

/// <summary>Generated from the bounds of <see cref="ControlOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ControlOptionsValidator : IValidateOptions<ControlOptions>;
