using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>A user who is here, with any number of connections.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Info">What they say of themselves: JSON of any shape, which nobody has checked. Take names from <paramref name="DisplayName"/>.</param>
/// <param name="JoinedAtMs">Since when, in Unix milliseconds of the server's clock.</param>
/// <param name="IsHost">In a room, whether they are its host.</param>
/// <param name="DisplayName">The name in the user's token. Two members may have the same.</param>
public sealed record PresenceMember(string UserId, JsonElement Info = default, long JoinedAtMs = 0, bool IsHost = false, string? DisplayName = null)
{
    /// <summary>Whether the same is shown of both.</summary>
    internal bool LooksLike(PresenceMember other) =>
        DisplayName == other.DisplayName && IsHost == other.IsHost && Info.OrNull().IsSameAs(other.Info.OrNull());
}
