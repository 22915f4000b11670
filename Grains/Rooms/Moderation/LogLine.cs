using System.Text.Json.Serialization;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who did what, for those who keep order.</summary>
/// <param name="AtMs">When.</param>
/// <param name="Action">What.</param>
/// <param name="By">Who; null: the room by itself.</param>
/// <param name="UserId">Whom it is about.</param>
/// <param name="Detail">Why, or what it was set to.</param>
/// <param name="UntilMs">Until when it counts.</param>
/// <param name="Number">The room's revision after it.</param>
internal sealed record LogLine(long AtMs, string Action, string? By, string? UserId = null, string? Detail = null, long? UntilMs = null, long Number = 0)
{
    /// <summary>Whether it is of something that whom it is about is not told.</summary>
    [JsonIgnore]
    public bool IsOfShadowMute => Action == SanctionApplied.WordOf(SanctionKind.ShadowMute) || (Action == SanctionLifted.Lift && Detail == SanctionApplied.WordOf(SanctionKind.ShadowMute));
}
