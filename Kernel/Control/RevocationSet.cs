using System.Collections.Frozen;
using System.Collections.Immutable;
using WhatsSound.Channels;

namespace WhatsSound.Control;

/// <summary>Revocations of one moment, ready for lookup. Immutable; bounded by what the control grain keeps.</summary>
public sealed class RevocationSet
{
    /// <summary>Nothing is revoked.</summary>
    public static readonly RevocationSet Empty = new([]);

    private readonly FrozenDictionary<(RevocationKind Kind, string Value), ImmutableArray<Revocation>> _bySubject;
    private readonly ImmutableArray<Revocation> _everybodys;

    private RevocationSet(IReadOnlyList<Revocation> all)
    {
        All = all;
        _everybodys = [.. all.Where(static one => one.Kind == RevocationKind.Everybody)];
        _bySubject = all.Where(static one => one is { Kind: not RevocationKind.Everybody, Value: not null })
            .GroupBy(static one => (one.Kind, one.Value!))
            .ToFrozenDictionary(static same => same.Key, static same => same.ToImmutableArray());
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Revocation> All { get; }

    /// <summary>With others, of which each takes the place of what is about the same, or takes it back; without those whose time is over.</summary>
    public RevocationSet With(IReadOnlyCollection<Revocation> others, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(others);
        var kept = new Dictionary<(RevocationKind, string?, string?), Revocation>();
        foreach (var one in All.Concat(others.OrderBy(static one => one.Number)))
            kept[(one.Kind, one.Value, one.Channel)] = one;
        Revocation[] holding = [.. kept.Values.Where(one => one.UntilMs > nowMs && !one.IsTakenBack)];
        return holding.Length == 0 ? Empty : new RevocationSet(holding);
    }

    /// <summary>Whether the token counts no more: at all, or, where a channel is named, on that.</summary>
    public bool IsRevoked(in TokenFacts facts, string? channel)
    {
        if (All.Count == 0)
            return false;
        return (!facts.IsSecret && IsIn(_everybodys, facts, channel))
            || IsAbout(RevocationKind.User, facts.UserId, facts, channel)
            || IsAbout(RevocationKind.User, facts.GiverUserId, facts, channel)
            || IsAbout(RevocationKind.Token, facts.TokenId, facts, channel)
            || IsAbout(RevocationKind.Token, facts.GiverTokenId, facts, channel)
            || IsAbout(RevocationKind.Key, facts.KeyName, facts, channel);
    }

    private bool IsAbout(RevocationKind kind, string? value, in TokenFacts facts, string? channel) =>
        value is not null && _bySubject.TryGetValue((kind, value), out var found) && IsIn(found, facts, channel);

    private static bool IsIn(ImmutableArray<Revocation> found, in TokenFacts facts, string? channel)
    {
        foreach (var one in found)
        {
            var isIssuedBefore = one.IssuedBeforeMs is not { } before || facts.IssuedAtMs is not { } issued || issued < before;
            if (isIssuedBefore && (one.Channel is null || (channel is not null && ChannelPattern.Matches(one.Channel, channel))))
                return true;
        }

        return false;
    }
}
