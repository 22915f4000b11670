using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Rooms;

/// <summary>How much of what was played is kept; section <c>Plays</c> of the configuration. Validated at start.</summary>
public sealed class RoomPlayOptions
{
    public const string Section = "Plays";

    /// <summary>How many plays of a room are kept, about: they go by hundreds. 10,000: three weeks of music without a pause, 4 MB.</summary>
    [Within(100, 1_000_000)]
    public int PlaysMax { get; set; } = 10_000;

    /// <summary>For how long. A year: what was played last summer is still there.</summary>
    [WithinTime("01:00:00", "3650.00:00:00")]
    public TimeSpan Age { get; set; } = TimeSpan.FromDays(365);
}

/// <summary>Generated from the bounds of <see cref="RoomPlayOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RoomPlayOptionsValidator : IValidateOptions<RoomPlayOptions>;
