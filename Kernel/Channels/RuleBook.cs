namespace WhatsSound.Channels;

/// <summary>
/// The rules that are configured, and those that were set while the cluster runs: of one pattern the one that was set counts. Bounded by the configuration and by what is kept of the others. Safe from any
/// thread.
/// </summary>
public sealed class RuleBook : IRuleBook
{
    private readonly Lock _gate = new();
    private IReadOnlyList<ChannelRule> _configured;
    private IReadOnlyList<ChannelRule> _set = [];
    private volatile ChannelRules _rules;

    /// <summary>Begins with what is configured.</summary>
    public RuleBook(IEnumerable<ChannelRule> configured)
    {
        _configured = [.. configured];
        _rules = new ChannelRules(_configured, version: 1);
    }

    /// <inheritdoc/>
    public event EventHandler? Changed;

    /// <inheritdoc/>
    public ChannelRules Rules => _rules;

    /// <summary>Those that are configured, the product's own first; of two with one pattern the later counts.</summary>
    public IReadOnlyList<ChannelRule> Configured
    {
        get
        {
            lock (_gate)
                return _configured;
        }
    }

    /// <summary>What is configured from now on. The caller has checked it as a whole.</summary>
    public void Configure(IEnumerable<ChannelRule> rules) => Replace([.. rules], set: null);

    /// <summary>What is set from now on. Each was checked as it was set.</summary>
    public void Set(IEnumerable<ChannelRule> rules) => Replace(configured: null, [.. rules]);

    private void Replace(IReadOnlyList<ChannelRule>? configured, IReadOnlyList<ChannelRule>? set)
    {
        lock (_gate)
        {
            if ((configured ?? _configured).SequenceEqual(_configured) && (set ?? _set).SequenceEqual(_set))
                return;
            (_configured, _set) = (configured ?? _configured, set ?? _set);
            _rules = new ChannelRules([.. _configured, .. _set], _rules.Version + 1);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}
