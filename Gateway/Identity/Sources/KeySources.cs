namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>All who sign tokens besides the holders of the shared secret.</summary>
internal sealed class KeySources : IDisposable
{
    private readonly KeyFetcher _fetcher;

    public KeySources(IEnumerable<TokenSourceOptions> sources, KeyFetchOptions fetch, bool isDevelopment, TimeProvider time, ILoggerFactory loggers)
    {
        _fetcher = new KeyFetcher(fetch, isDevelopment);
        Interval = fetch.Pause;
        All = [.. sources.Select(source => new KeySource(source, fetch, _fetcher, time, loggers.CreateLogger<KeySource>()))];
    }

    public IReadOnlyList<KeySource> All { get; }

    /// <summary>How often it is worth to look whether keys have grown old.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Those from whom a token with this issuer may be.</summary>
    public IReadOnlyList<KeySource> Of(string? issuer) => All.Count == 0 ? [] : [.. All.Where(source => source.MayIssue(issuer))];

    public void Dispose() => _fetcher.Dispose();
}
