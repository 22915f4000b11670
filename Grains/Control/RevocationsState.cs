using System.Collections.Immutable;
using WhatsSound.Control;

namespace WhatsSound.Grains.Control;

/// <summary>Which tokens count no more.</summary>
internal sealed record RevocationsState
{
    private const int SchemaNow = 1;

    /// <summary>How long it is told that one was taken back. A process that has heard nothing for so long goes on refusing what counts again.</summary>
    private const long TakenBackMs = 7 * 24 * 60 * 60 * 1_000L;

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

    /// <summary>With one more, under a number of its own, in place of what is about the same; without those that are over. Null: there are as many as are kept, and none of them was taken back.</summary>
    public RevocationsState? With(Revocation revocation, long nowMs)
    {
        var same = Revocations.FirstOrDefault(revocation.IsAboutSame);
        var others = Revocations.RemoveAll(one => one.UntilMs <= nowMs || ReferenceEquals(one, same));
        if (others.Length >= IControlGrain.RevocationsMax)
        {
            // That one was taken back need not be told any longer, rather than that somebody stays in.
            if (others.FirstOrDefault(static one => one.IsTakenBack) is not { } oldest)
                return null;
            others = others.Remove(oldest);
        }

        var isMore = same is { IsTakenBack: false } && same.UntilMs > nowMs;
        return Added(others, isMore ? RevocationRules.Both(same!, revocation) : revocation, nowMs);
    }

    /// <summary>Without the one of a number, which is told for a while under another one; the same, where none holds that has it.</summary>
    public RevocationsState Without(long number, long nowMs)
    {
        if (Revocations.FirstOrDefault(one => one.Number == number && !one.IsTakenBack && one.UntilMs > nowMs) is not { } found)
            return this;
        return Added(Revocations.Remove(found), found with { IsTakenBack = true, AtMs = nowMs, UntilMs = Math.Min(found.UntilMs, nowMs + TakenBackMs) }, nowMs);
    }

    /// <summary>Those above a number, the first of them up to <see cref="IControlGrain.PageMax"/>.</summary>
    public ImmutableArray<Revocation> After(long number, long nowMs)
    {
        if (number >= Number)
            return [];
        return [.. Revocations.Where(one => one.Number > number && one.UntilMs > nowMs).Take(IControlGrain.PageMax)];
    }

    private RevocationsState Added(ImmutableArray<Revocation> others, Revocation one, long nowMs)
    {
        var number = Math.Max(Number + 1, nowMs);
        return this with { Number = number, Revocations = others.Add(one with { Number = number }) };
    }
}
