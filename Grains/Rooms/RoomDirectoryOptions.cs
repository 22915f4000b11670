using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Rooms;

/// <summary>The limits of the public list; section <c>RoomDirectory</c> of the configuration. Validated at start.</summary>
public sealed class RoomDirectoryOptions
{
    public const string Section = "RoomDirectory";

    /// <summary>1,000: one grain holds them all, and nobody pages further.</summary>
    [Within(1, 100_000)]
    public int RoomsMax { get; set; } = 1000;

    /// <summary>How long a room that returned to the list may be unsaved. 5 s: its next report brings it back anyway.</summary>
    [WithinTime("00:00:00.001", "01:00:00")]
    public TimeSpan SaveInterval { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Generated from the bounds of <see cref="RoomDirectoryOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RoomDirectoryOptionsValidator : IValidateOptions<RoomDirectoryOptions>;
