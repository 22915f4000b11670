using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// Who is in the room, as far as it knows. Presence lives in the room's main channel, which keeps its members, a moment late: after a crash it
/// begins with them, and gateways have a lease to say who is still here. Until then the members known before are taken to be, unless they are seen to leave.
/// </summary>
internal sealed record Attendance
{
    public static Attendance Nobody { get; } = new();

    /// <summary>When each member joined, room time.</summary>
    public ImmutableDictionary<string, long> Members { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Members known before a crash, of the room or of its channel, that presence has not named since.</summary>
    public ImmutableHashSet<string> Unconfirmed { get; init; } = [];

    /// <summary>When those stop counting; null once they have.</summary>
    public long? SettlesAtMs { get; init; }

    /// <summary>Since when the host is not here; null while they are.</summary>
    public long? HostAbsentSinceMs { get; init; }

    /// <summary>The host who has left on purpose, or said goodbye, and has not come back: nobody waits for them. Null: there is none.</summary>
    public string? HostLeft { get; init; }

    /// <summary>Since when nobody is here; null while somebody is.</summary>
    public long? EmptySinceMs { get; init; }

    /// <summary>Whether there is a member who is more than a memory of before a crash.</summary>
    public bool IsAnybodySeen => Members.Count > Unconfirmed.Count;

    public bool IsPresent(string userId) => Members.ContainsKey(userId);

    /// <param name="saved">Who was here at the last write.</param>
    /// <param name="savedAtMs">When that was: if nobody was, nobody has been since.</param>
    /// <param name="settlesAtMs">Until when they count without being seen.</param>
    public static Attendance Presumed(ImmutableArray<RosterMember> saved, long savedAtMs, long settlesAtMs) => new()
    {
        EmptySinceMs = saved.IsEmpty ? savedAtMs : null,
        Members = ImmutableDictionary.CreateRange(saved.Select(member => KeyValuePair.Create(member.UserId, member.JoinedAtMs))),
        Unconfirmed = [.. saved.Select(member => member.UserId)],
        SettlesAtMs = settlesAtMs,
    };

    /// <summary>
    /// After presence named everybody. A member known before keeps the earlier time: the channel may have moved, the member did not leave.
    /// </summary>
    /// <param name="roster">Everybody whom presence knows.</param>
    /// <param name="settlesAtMs">
    /// If presence has lost its memory: until when members whom it does not name count all the same, unless they are seen to leave. Otherwise null.
    /// </param>
    public Attendance WithRoster(ImmutableArray<RosterMember> roster, long? settlesAtMs)
    {
        var members = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var member in roster)
            members[member.UserId] = Earlier(member.UserId, member.JoinedAtMs);
        var unconfirmed = (settlesAtMs is null ? Unconfirmed : Members.Keys).Where(userId => !members.ContainsKey(userId)).ToImmutableHashSet(StringComparer.Ordinal);
        foreach (var userId in unconfirmed)
            members[userId] = Members[userId];
        return this with { Members = members.ToImmutable(), Unconfirmed = unconfirmed, SettlesAtMs = settlesAtMs ?? SettlesAtMs };
    }

    public Attendance WithDelta(IEnumerable<string> joined, IEnumerable<string> left, long nowMs)
    {
        var next = this;
        foreach (var userId in left)
            next = next with { Members = next.Members.Remove(userId), Unconfirmed = next.Unconfirmed.Remove(userId) };
        foreach (var userId in joined)
            next = next.WithMember(userId, nowMs);
        return next;
    }

    /// <summary>After users left on purpose, or with a goodbye.</summary>
    public Attendance WithLeavers(IReadOnlyCollection<string> userIds, string? hostUserId, long nowMs)
    {
        var next = WithDelta([], userIds, nowMs);
        return hostUserId is not null && userIds.Contains(hostUserId, StringComparer.Ordinal) ? next with { HostLeft = hostUserId } : next;
    }

    public Attendance WithMember(string userId, long nowMs) => this with
    {
        Members = Members.ContainsKey(userId) ? Members : Members.Add(userId, nowMs),
        Unconfirmed = Unconfirmed.Remove(userId),
    };

    /// <summary>After time passed, and with this host.</summary>
    public Attendance Observe(string? hostUserId, long nowMs)
    {
        var settled = this;
        if (SettlesAtMs <= nowMs)
            settled = this with { Members = Members.RemoveRange(Unconfirmed), Unconfirmed = [], SettlesAtMs = null };
        var isHostHere = hostUserId is null || settled.IsPresent(hostUserId);
        settled = settled with { EmptySinceMs = settled.Members.IsEmpty ? settled.EmptySinceMs ?? nowMs : null };
        return settled with { HostAbsentSinceMs = isHostHere ? null : settled.HostAbsentSinceMs ?? nowMs, HostLeft = isHostHere ? null : settled.HostLeft };
    }

    public ImmutableArray<RosterMember> ToRoster() =>
        [.. Members.Select(member => new RosterMember { UserId = member.Key, JoinedAtMs = member.Value })
            .OrderBy(member => member.JoinedAtMs).ThenBy(member => member.UserId, StringComparer.Ordinal)];

    private long Earlier(string userId, long joinedAtMs) =>
        Members.TryGetValue(userId, out var known) ? Math.Min(known, joinedAtMs) : joinedAtMs;
}
