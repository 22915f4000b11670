using System.Collections.Immutable;

namespace WhatsSound.Grains.Queue.Ballots;

/// <summary>
/// Who has a say about the song that plays: members who are here and not away, may vote, and came some time ago: nobody floods a room to skip. Kept as
/// members come, go, and fall silent; a change costs a step, not a count of all.
/// </summary>
internal sealed record Electorate
{
    /// <summary>Who came less than this ago has no say yet.</summary>
    public const long EligibleAfterMs = 10_000;

    public static Electorate Nobody { get; } = new();

    /// <summary>Who has a say.</summary>
    public ImmutableHashSet<string> Eligible { get; private init; } = [];

    /// <summary>Who will, and when.</summary>
    private ImmutableSortedSet<(long AtMs, string UserId)> Pending { get; init; } = [];

    /// <summary>Who has, or will, and until when if they stay silent.</summary>
    private ImmutableSortedSet<(long AtMs, string UserId)> Silent { get; init; } = [];

    private ImmutableDictionary<string, (long FromMs, long UntilMs)> Members { get; init; } = ImmutableDictionary<string, (long FromMs, long UntilMs)>.Empty;

    /// <summary>When the next member gets or loses a say by the passing of time; null if none does.</summary>
    public long? DueAtMs => (Pending.IsEmpty, Silent.IsEmpty) switch
    {
        (true, true) => null,
        (false, true) => Pending.Min.AtMs,
        (true, false) => Silent.Min.AtMs,
        _ => Math.Min(Pending.Min.AtMs, Silent.Min.AtMs),
    };

    /// <summary>A member who may vote.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="joinedAtMs">When they came, room time.</param>
    /// <param name="fromMs">They may vote from then on.</param>
    /// <param name="untilMs">They are away from then on, unless they do something.</param>
    /// <param name="nowMs">Room time.</param>
    public Electorate With(string userId, long joinedAtMs, long fromMs, long untilMs, long nowMs) =>
        Without(userId).Add(userId, Math.Max(joinedAtMs + EligibleAfterMs, fromMs), untilMs).At(nowMs);

    /// <summary>A member has done something: they are here until then. Nothing, for who may not vote.</summary>
    public Electorate Active(string userId, long untilMs, long nowMs) =>
        Members.TryGetValue(userId, out var member) ? Without(userId).Add(userId, member.FromMs, untilMs).At(nowMs) : At(nowMs);

    public Electorate Without(string userId) => !Members.TryGetValue(userId, out var member) ? this : this with
    {
        Eligible = Eligible.Remove(userId),
        Pending = Pending.Remove((member.FromMs, userId)),
        Silent = Silent.Remove((member.UntilMs, userId)),
        Members = Members.Remove(userId),
    };

    /// <summary>After time passed.</summary>
    public Electorate At(long nowMs)
    {
        var (eligible, pending, silent) = (Eligible, Pending, Silent);
        while (!pending.IsEmpty && pending.Min.AtMs <= nowMs)
        {
            eligible = eligible.Add(pending.Min.UserId);
            pending = pending.Remove(pending.Min);
        }

        while (!silent.IsEmpty && silent.Min.AtMs <= nowMs)
        {
            var (_, userId) = silent.Min;
            eligible = eligible.Remove(userId);
            pending = pending.Remove((Members[userId].FromMs, userId));
            silent = silent.Remove(silent.Min);
        }

        return pending == Pending && silent == Silent ? this : this with { Eligible = eligible, Pending = pending, Silent = silent };
    }

    private Electorate Add(string userId, long fromMs, long untilMs) => this with
    {
        Pending = Pending.Add((fromMs, userId)),
        Silent = Silent.Add((untilMs, userId)),
        Members = Members.Add(userId, (fromMs, untilMs)),
    };
}
