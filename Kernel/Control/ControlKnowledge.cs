using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;

namespace WhatsSound.Control;

/// <summary>What this process knows of what was set in the cluster, and when it heard of it last. What it has heard it keeps, whoever is away.</summary>
public sealed partial class ControlKnowledge(RuleBook rules, IOptions<ControlOptions> options, TimeProvider time, ILogger<ControlKnowledge> logger) : IRevocations
{
    private readonly Lock _gate = new();
    private readonly long _startedAt = time.GetTimestamp();
    private volatile RevocationSet _revocations = RevocationSet.Empty;
    private long _rulesVersion;
    private long _revocationsNumber;
    private long? _heardAt;

    /// <inheritdoc/>
    public event EventHandler? Changed;

    /// <summary>The version of the rules that it knows; 0: none.</summary>
    public long RulesVersion => Volatile.Read(ref _rulesVersion);

    /// <summary>The number of the newest revocation that it knows; 0: none.</summary>
    public long RevocationsNumber => Volatile.Read(ref _revocationsNumber);

    /// <summary>For how long nothing was heard: since the start, where nothing ever was.</summary>
    public TimeSpan Silence
    {
        get
        {
            lock (_gate)
                return time.GetElapsedTime(_heardAt ?? _startedAt);
        }
    }

    /// <summary>Whether anything was ever heard.</summary>
    public bool HasHeard
    {
        get
        {
            lock (_gate)
                return _heardAt is not null;
        }
    }

    /// <summary>Whether nothing was heard for longer than is right.</summary>
    public bool IsSilent => Silence >= options.Value.SilentAfter;

    /// <inheritdoc/>
    public bool IsClosed => options.Value.FailClosed && (IsSilent || !HasHeard);

    /// <inheritdoc/>
    public bool IsRevoked(in TokenFacts facts) => _revocations.IsRevoked(facts, channel: null);

    /// <inheritdoc/>
    public bool IsRevoked(in TokenFacts facts, string channel) => _revocations.IsRevoked(facts, channel);

    /// <summary>Takes what was answered. Whether there is more to ask for. One caller at a time.</summary>
    public bool Take(ControlChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (_gate)
            _heardAt = time.GetTimestamp();
        // First, whatever becomes of the rules: somebody may be in who should not be.
        var isMore = TakeRevocations(changes);
        TakeRules(changes);
        return isMore;
    }

    private void TakeRules(ControlChanges changes)
    {
        if (!changes.HaveRulesChanged)
            return;
        var read = changes.Rules.Select(stored => (stored.Pattern, Rule: RuleDocument.ReadKept(stored.Document))).ToList();
        foreach (var (pattern, _) in read.Where(static one => one.Rule is null))
            RuleUnread(pattern);
        rules.Set(read.Select(static one => one.Rule).OfType<ChannelRule>());
        Volatile.Write(ref _rulesVersion, changes.RulesVersion);
    }

    private bool TakeRevocations(ControlChanges changes)
    {
        // A database that was put back to an earlier day knows less: all that it has is read anew, and what was known stays.
        if (changes.RevocationsNumber < _revocationsNumber)
        {
            Volatile.Write(ref _revocationsNumber, 0);
            return changes.RevocationsNumber > 0;
        }

        if (changes.Revocations.IsEmpty)
            return false;
        _revocations = _revocations.With(changes.Revocations, time.GetUtcNow().ToUnixTimeMilliseconds());
        Volatile.Write(ref _revocationsNumber, changes.Revocations[^1].Number);
        Changed?.Invoke(this, EventArgs.Empty);
        return _revocationsNumber < changes.RevocationsNumber;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The channel rule '{Pattern}' that was set for the cluster cannot be read by this version of the program: it does not hold here. Set it again.")]
    private partial void RuleUnread(string pattern);
}
