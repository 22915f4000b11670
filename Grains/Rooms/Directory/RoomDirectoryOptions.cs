using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Rooms;

/// <summary>The limits of the public list; section <c>RoomDirectory</c> of the configuration. Validated at start.</summary>
public sealed class RoomDirectoryOptions
{
    public const string Section = "RoomDirectory";

    /// <summary>In how many parts it is. 16: each is a grain of its own, and a page asks them all. With another number rooms come into the list again with their next activity.</summary>
    [Within(1, 256)]
    public int ShardsCount { get; set; } = 16;

    /// <summary>How many rooms are in it, about: each part has its share. 16,000: a part is read in under a millisecond, and nobody pages further.</summary>
    [Within(1, 100_000)]
    public int RoomsMax { get; set; } = 16_000;

    /// <summary>How long a room that returned to the list may be unsaved. 5 s: its next report brings it back anyway.</summary>
    [WithinTime("00:00:00.001", "01:00:00")]
    public TimeSpan SaveInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a part may take to answer. 500 ms: a person waits no longer for a list.</summary>
    [WithinTime("00:00:00.001", "00:00:30")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an answer is given again. 1 s: with the 4 s in which rooms tell of themselves, nothing in the list is older than 5 s.</summary>
    [WithinTime("00:00:00", "00:01:00")]
    public TimeSpan AnswerAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long a line is taken for empty whose room does not tell of itself. 60 s: a room with people in it does so every 19 s.</summary>
    [WithinTime("00:00:05", "01:00:00")]
    public TimeSpan SilentTime { get; set; } = TimeSpan.FromSeconds(60);

    internal int RoomsPerShardMax => Math.Max(1, RoomsMax / ShardsCount);
}

/// <summary>Generated from the bounds of <see cref="RoomDirectoryOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RoomDirectoryOptionsValidator : IValidateOptions<RoomDirectoryOptions>;
