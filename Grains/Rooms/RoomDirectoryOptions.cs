using Microsoft.Extensions.Options;

namespace WhatsSound.Grains.Rooms;

/// <summary>The limits of the public list; section <c>RoomDirectory</c> of the configuration. Validated at start.</summary>
public sealed class RoomDirectoryOptions
{
    public const string Section = "RoomDirectory";

    /// <summary>1,000: one grain holds them all, and nobody pages further.</summary>
    public int RoomsMax { get; set; } = 1000;

    /// <summary>How long a room that returned to the list may be unsaved. 5 s: its next report brings it back anyway.</summary>
    public TimeSpan SaveInterval { get; set; } = TimeSpan.FromSeconds(5);

    internal sealed class Validator : IValidateOptions<RoomDirectoryOptions>
    {
        public ValidateOptionsResult Validate(string? name, RoomDirectoryOptions options) =>
            options.RoomsMax > 0 && options.SaveInterval > TimeSpan.Zero
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Section}: {nameof(RoomsMax)} and {nameof(SaveInterval)} must be above zero.");
    }
}
