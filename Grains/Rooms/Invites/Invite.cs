using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>A way into a room: for so long, for so many.</summary>
internal sealed record Invite
{
    public required RoomRole Role { get; init; }

    public required long UntilMs { get; init; }

    public required int UsesMax { get; init; }

    public int Uses { get; init; }

    public required string By { get; init; }

    public required long AtMs { get; init; }

    /// <summary>The room's revision when it was made.</summary>
    public long Number { get; init; }

    /// <summary>Who has come by it, as far as is known: each takes one of its uses, however often they come. Null: nobody, or of a room of before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? UsedBy { get; init; }

    /// <summary>Who gets no role by it: it was taken from them, or they were given a lower one, after it was made. Null: nobody. Bounded as <see cref="UsedBy"/>, by <see cref="CreateInvite.UsesBound"/>: of more, the last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? NoRoleFor { get; init; }

    public bool WasUsedBy(string userId) => UsedBy is { } users && users.Contains(userId, StringComparer.Ordinal);

    /// <summary>What the user gets by it, beside being let in.</summary>
    public RoomRole RoleFor(string userId) => NoRoleFor is { } users && users.Contains(userId, StringComparer.Ordinal) ? RoomRole.Listener : Role;

    public Invite Use(string userId) => WasUsedBy(userId) ? this : this with { Uses = Uses + 1, UsedBy = With(UsedBy, userId) };

    public Invite WithoutRoleFor(string userId) => this with { NoRoleFor = With(NoRoleFor, userId) };

    private static ImmutableArray<string> With(ImmutableArray<string>? users, string userId)
    {
        ImmutableArray<string> all = [.. (users ?? []).Where(other => other != userId), userId];
        return all.Length > CreateInvite.UsesBound ? all[1..] : all;
    }
}
