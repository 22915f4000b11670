using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>
/// Looks at who does what to whom, as the room's journal has it, and at what people are told: nobody acts on an equal or superior, a sanction keeps out and ends by the clock, and the owner gets in.
/// Safe from any thread.
/// </summary>
internal sealed class OrderJudge(Findings findings)
{
    /// <summary>A command that was decided before a sanction may be answered a little after it, and the other way round.</summary>
    private const long SlackMs = 4 * Findings.SlackMs;

    private static readonly HashSet<SanctionKind> TakesPart = [SanctionKind.Timeout, SanctionKind.Kick, SanctionKind.Ban];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _askedBy = [];
    private readonly List<Term> _terms = [];
    private string? _ownerUserId;

    /// <summary>Somebody asks for a sanction, whose reason is the command's id.</summary>
    public void Asked(RoomCommand command)
    {
        lock (_gate)
            _askedBy[command.CommandId] = command.UserId;
    }

    /// <summary>The journal has taken an event of a room.</summary>
    public void Saw(Room? before, RoomEvent happened)
    {
        lock (_gate)
        {
            _ownerUserId = before?.OwnerUserId ?? _ownerUserId;
            if (before is null)
                return;
            switch (happened)
            {
                case RoleGranted granted:
                    CheckAbove(before, granted.By, granted.UserId, "gave a role to");
                    Check(RoleLadder.RankOf(granted.Role) < RoleLadder.RankOf(before, granted.By), "INV-M2", $"{granted.By} made {granted.UserId} {granted.Role}, and is not above that.");
                    break;
                case RoleRevoked revoked when revoked.By != revoked.UserId:
                    CheckAbove(before, revoked.By, revoked.UserId, "took the role from");
                    break;
                case SanctionApplied applied:
                    CheckAbove(before, applied.By, applied.UserId, $"imposed {applied.Kind} on");
                    var asked = applied.Reason is { } reason ? _askedBy.GetValueOrDefault(reason) : applied.By;
                    Check(asked == applied.By, "INV-M2", $"{asked} imposed {applied.Kind} on {applied.UserId} as {applied.By}.");
                    End(applied.UserId, applied.Kind, applied.AtMs);
                    _terms.Add(new(applied.UserId, applied.Kind, applied.AtMs, applied.UntilMs ?? long.MaxValue));
                    break;
                case SanctionLifted lifted:
                    CheckAbove(before, lifted.By, lifted.UserId, $"lifted {lifted.Kind} of");
                    End(lifted.UserId, lifted.Kind, lifted.AtMs);
                    break;
                case HostNamed named:
                    Check(!Sanctions.IsOut(before, named.HostUserId, named.AtMs), "INV-M1", $"{named.HostUserId} is the host, and is out.");
                    break;
            }
        }
    }

    /// <summary>Somebody was refused by a room that was asked at a time, and answers now.</summary>
    public void Refused(string userId, string what, string code, long askedAtMs, long nowMs)
    {
        if (KindOf(code) is not { } kind)
            return;
        lock (_gate)
        {
            Check(
                _terms.Any(term => term.UserId == userId && term.Kind == kind && term.FromMs <= nowMs && term.EndMs + SlackMs >= askedAtMs),
                "INV-M7",
                $"{what} of {userId} was refused with {code}, and no {kind} counts.");
            Check(userId != _ownerUserId, "INV-M3", $"{what} of {userId}, whose room it is, was refused with {code}.");
        }
    }

    /// <summary>A command was carried out that was first sent at a time, and is answered now.</summary>
    public void CarriedOut(string userId, string what, long sentAtMs, long nowMs, bool isSaying)
    {
        lock (_gate)
        {
            var term = _terms.Find(term => term.UserId == userId && (TakesPart.Contains(term.Kind) || (isSaying && term.Kind == SanctionKind.Mute))
                && term.FromMs + SlackMs <= sentAtMs && term.EndMs - SlackMs >= nowMs);
            Check(term is null, "INV-M7", $"{what} of {userId} was carried out, in spite of {term}.");
        }
    }

    /// <summary>Whether the room has taken the user's votes since a time.</summary>
    public bool HasTakenVotes(string userId, long sinceMs)
    {
        lock (_gate)
            return _terms.Exists(term => term.UserId == userId && term.Kind is SanctionKind.Ban or SanctionKind.Timeout && term.FromMs + SlackMs >= sinceMs);
    }

    private void CheckAbove(Room room, string by, string userId, string did) =>
        Check(RoleLadder.RankOf(room, by) > RoleLadder.RankOf(room, userId), "INV-M2", $"{by} {did} {userId}, and is not above.");

    private void End(string userId, SanctionKind kind, long atMs)
    {
        for (var i = 0; i < _terms.Count; i++)
        {
            if (_terms[i] is var term && term.UserId == userId && term.Kind == kind && term.EndMs > atMs)
                _terms[i] = term with { EndMs = atMs };
        }
    }

    private void Check(bool holds, string law, string how) => findings.Check(holds, law, () => how);

    private static SanctionKind? KindOf(string code) => code switch
    {
        RefusalCode.Muted => SanctionKind.Mute,
        RefusalCode.TimedOut => SanctionKind.Timeout,
        RefusalCode.Kicked => SanctionKind.Kick,
        RefusalCode.Banned => SanctionKind.Ban,
        _ => null,
    };

    /// <summary>A sanction, for as long as it counts.</summary>
    private sealed record Term(string UserId, SanctionKind Kind, long FromMs, long EndMs);
}
