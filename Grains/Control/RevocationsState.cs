using System.Collections.Immutable;
using WhatsSound.Control;

namespace WhatsSound.Grains.Control;

/// <summary>Which tokens count no more.</summary>
internal sealed record RevocationsState
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>The number given last, also where that revocation is over: numbers only grow, and are times, at least. 0: none was given.</summary>
    public long Number { get; init; }

    /// <summary>In the order of their numbers, each about something else.</summary>
    public ImmutableArray<Revocation> Revocations { get; init; } = [];

    /// <summary>The state in today's schema.</summary>
    public RevocationsState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Revocations of schema {Schema}; this program knows {SchemaNow}."),
    };

    /// <summary>With one more, under a number of its own, in place of what is about the same; without those that are over. Null: there are as many as are kept.</summary>
    public RevocationsState? With(Revocation revocation, long nowMs)
    {
        var same = Revocations.FirstOrDefault(revocation.IsAboutSame);
        var others = Revocations.RemoveAll(one => one.UntilMs <= nowMs || ReferenceEquals(one, same));
        if (others.Length >= IControlGrain.RevocationsMax)
            return null;
        var number = Math.Max(Number + 1, nowMs);
        var added = same is not null && same.UntilMs > nowMs ? RevocationRules.Both(same, revocation) : revocation;
        return this with { Number = number, Revocations = others.Add(added with { Number = number }) };
    }

    /// <summary>Those above a number, the first of them up to <see cref="IControlGrain.PageMax"/>.</summary>
    public ImmutableArray<Revocation> After(long number, long nowMs)
    {
        if (number >= Number)
            return [];
        return [.. Revocations.Where(one => one.Number > number && one.UntilMs > nowMs).Take(IControlGrain.PageMax)];
    }
}
