using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Rooms;

/// <summary>Who came and went.</summary>
internal sealed record RosterChange
{
    public required ImmutableArray<RosterMember> Came { get; init; }

    public required ImmutableArray<string> Went { get; init; }

    /// <summary>Null: the same members, since the same times.</summary>
    public static RosterChange? Between(ImmutableDictionary<string, long> before, ImmutableDictionary<string, long> after)
    {
        if (ReferenceEquals(before, after))
            return null;
        var came = after.Where(member => !before.TryGetValue(member.Key, out var joinedAtMs) || joinedAtMs != member.Value)
            .Select(member => new RosterMember { UserId = member.Key, JoinedAtMs = member.Value })
            .OrderBy(member => member.UserId, StringComparer.Ordinal).ToImmutableArray();
        var went = before.Keys.Where(userId => !after.ContainsKey(userId)).Order(StringComparer.Ordinal).ToImmutableArray();
        return came.IsEmpty && went.IsEmpty ? null : new RosterChange { Came = came, Went = went };
    }

    public ImmutableDictionary<string, long> ApplyTo(ImmutableDictionary<string, long> members) =>
        members.RemoveRange(Went).SetItems(Came.Select(member => KeyValuePair.Create(member.UserId, member.JoinedAtMs)));
}
