using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>The members of a channel, and how they are shown.</summary>
internal sealed class MemberList
{
    private readonly Dictionary<string, MemberState> _members = new(StringComparer.Ordinal);
    private readonly PresenceSample _sample;

    public MemberList() => _sample = new(_members.Values, IsHost);

    public int Count => _members.Count;

    /// <summary>How many are here by more than a grace. Cost: a pass over all.</summary>
    public int ConnectedCount => _members.Values.Count(static member => member.GraceEndMs is null);

    /// <summary>Those who come first in a sample.</summary>
    public ImmutableHashSet<string> Hosts { get; private set; } = [];

    public IReadOnlyCollection<MemberState> All => _members.Values;

    public MemberState? Find(string userId) => _members.GetValueOrDefault(userId);

    public void Add(MemberState member) => _members.Add(member.UserId, member);

    public void Remove(MemberState member) => _members.Remove(member.UserId);

    public void SetHosts(ImmutableHashSet<string> hosts)
    {
        Hosts = hosts;
        _sample.Forget();
    }

    /// <summary>How a user is shown; null: not here.</summary>
    public PresenceMember? Show(string userId) => Find(userId) is { } member ? Show(member) : null;

    /// <summary>Everybody, by the time they joined.</summary>
    public ImmutableArray<PresenceMember> ShowAll() => [.. ByJoining().Select(Show)];

    /// <summary>A few, and how many were active lately.</summary>
    public PresenceSummary Summarize(long nowMs)
    {
        var (members, activeCount) = _sample.Read(nowMs);
        return new() { Sample = [.. members.Where(member => _members.ContainsKey(member.UserId)).Select(Show)], ActiveLastMinute = activeCount };
    }

    public IEnumerable<MemberState> ByJoining() =>
        _members.Values.OrderBy(static member => member.JoinedAtMs).ThenBy(static member => member.UserId, StringComparer.Ordinal);

    private PresenceMember Show(MemberState member) => member.Show(IsHost(member));

    private bool IsHost(MemberState member) => Hosts.Contains(member.UserId);
}
