using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Grains.Placement;
using WhatsSound.Grains.Storage;
using WhatsSound.Playback;

namespace WhatsSound.Grains.Control;

/// <summary>
/// Owns the rules and the revocations that were set for the cluster: <see cref="IControlGrain.RulesMax"/> and <see cref="IControlGrain.RevocationsMax"/>. What it answers, to who sets and to who follows, is saved.
/// </summary>
[GrainType("control")]
[OldestSiloPlacement]
internal sealed partial class ControlGrain(
    [PersistentState("control-rules", "grains")] IPersistentState<ControlRulesState> rules,
    [PersistentState("control-revocations", "grains")] IPersistentState<RevocationsState> revocations,
    IOptions<ControlOptions> options,
    IRoomClock clock,
    ILogger<ControlGrain> logger) : Grain, IControlGrain
{
    /// <summary>What followers are told. Both are replaced once they are saved, and by nothing else: so a read between the steps of a command sees the state before it or the one after it.</summary>
    private ControlRulesState _rulesSaved = new();
    private RevocationsState _revocationsSaved = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        rules.State = _rulesSaved = rules.State.Upgrade();
        revocations.State = _revocationsSaved = revocations.State.Upgrade();
        return Task.CompletedTask;
    }

    public async Task<Answer<ControlReceipt>> SetRuleAsync(string pattern, string document)
    {
        if (!ChannelPattern.IsValid(pattern))
            return Refusals.WrongField("pattern", "must be a channel name, in which a segment between colons may be '*'");
        if (RuleDocument.Read(document ?? "", out var problems, pattern) is not { } rule)
            return Refusals.BadRequest("rule", string.Join(' ', problems));
        var nowMs = clock.NowMs;
        if (rules.State.With(new StoredRule { Pattern = pattern, Document = RuleDocument.Write(rule), AtMs = nowMs }, nowMs) is not { } next)
            return Refusals.Limit(RefusalCode.ControlLimit, $"At most {IControlGrain.RulesMax:N0} rules are set; take some back, or configure them.", IControlGrain.RulesMax);
        await SaveRulesAsync(next);
        RuleSet(pattern);
        return new ControlReceipt { Version = next.Version, AtMs = nowMs };
    }

    public async Task<Answer<ControlReceipt>> RemoveRuleAsync(string pattern)
    {
        if (!ChannelPattern.IsValid(pattern))
            return Refusals.WrongField("pattern", "must be a channel name, in which a segment between colons may be '*'");
        var nowMs = clock.NowMs;
        await SaveRulesAsync(rules.State.Without(pattern, nowMs));
        RuleRemoved(pattern);
        return new ControlReceipt { Version = rules.State.Version, AtMs = nowMs };
    }

    public async Task<Answer<ControlReceipt>> RevokeAsync(Revocation revocation)
    {
        var nowMs = clock.NowMs;
        if (RevocationRules.Check(revocation, nowMs) is { } refusal)
            return refusal;
        var dated = RevocationRules.WithTime(revocation, nowMs) with { AtMs = nowMs, UntilMs = UntilMsOf(revocation.Kind, nowMs), IsTakenBack = false };
        if (revocations.State.With(dated, nowMs) is not { } next)
            return Refusals.Limit(RefusalCode.ControlLimit, $"At most {IControlGrain.RevocationsMax:N0} revocations are kept, and each for as long as a token may count.", IControlGrain.RevocationsMax);
        await SaveRevocationsAsync(next);
        Revoked(revocation.Kind);
        return new ControlReceipt { Version = next.Number, AtMs = nowMs };
    }

    public async Task<Answer<ControlReceipt>> RemoveRevocationAsync(long number)
    {
        var nowMs = clock.NowMs;
        var next = revocations.State.Without(number, nowMs);
        if (!ReferenceEquals(next, revocations.State))
        {
            await SaveRevocationsAsync(next);
            RevocationRemoved(number);
        }

        return new ControlReceipt { Version = next.Number, AtMs = nowMs };
    }

    // Interleaves: it reads what was saved last, which nothing changes but the end of a command.
    public Task<ControlChanges> ReadAsync(long rulesVersion, long revocationsNumber) => Task.FromResult(new ControlChanges
    {
        RulesVersion = _rulesSaved.Version,
        HaveRulesChanged = _rulesSaved.Version != rulesVersion,
        Rules = _rulesSaved.Version != rulesVersion ? _rulesSaved.Rules : [],
        RevocationsNumber = _revocationsSaved.Number,
        Revocations = _revocationsSaved.After(revocationsNumber, clock.NowMs),
    });

    /// <summary>A key does not run out, and is revoked for good.</summary>
    private long UntilMsOf(RevocationKind kind, long nowMs) => kind == RevocationKind.Key ? Revocation.ForGoodMs : nowMs + (long)options.Value.TokenLifetimeMax.TotalMilliseconds;

    private async Task SaveRevocationsAsync(RevocationsState next)
    {
        await revocations.ReplaceAsync(next, DeactivateOnIdle);
        _revocationsSaved = next;
    }

    private async Task SaveRulesAsync(ControlRulesState next)
    {
        await rules.ReplaceAsync(next, DeactivateOnIdle);
        _rulesSaved = next;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The channel rule '{Pattern}' is set for the cluster.")]
    private partial void RuleSet(string pattern);

    [LoggerMessage(Level = LogLevel.Information, Message = "The channel rule '{Pattern}' is not set for the cluster any more.")]
    private partial void RuleRemoved(string pattern);

    [LoggerMessage(Level = LogLevel.Information, Message = "Tokens were revoked, by {Kind}.")]
    private partial void Revoked(RevocationKind kind);

    [LoggerMessage(Level = LogLevel.Information, Message = "The revocation {Number} was taken back.")]
    private partial void RevocationRemoved(long number);
}
