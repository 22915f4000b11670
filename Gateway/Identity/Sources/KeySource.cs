using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>
/// Somebody else who signs tokens, with the keys that were read of them last. These are found at once; they are read in the background as they grow old, and where a token names one that is not
/// among them, at most once in a while. While the source is away those of before count, for a time. Safe from any thread.
/// </summary>
internal sealed partial class KeySource
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";

    private readonly KeyFetchOptions _fetch;
    private readonly KeyFetcher _fetcher;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string? _authority;
    private readonly Uri _address;
    private readonly string[] _issuers;
    private readonly Lock _gate = new();

    private volatile Known? _known;
    private Task? _reading;
    private long? _begunAt;
    private volatile bool _isAway;

    /// <param name="options">Which it is, with an address that was checked.</param>
    /// <param name="fetch">How its keys are fetched.</param>
    /// <param name="fetcher">What fetches them.</param>
    /// <param name="time">The program's clock.</param>
    /// <param name="logger">Where it is told that it is away, and back.</param>
    public KeySource(TokenSourceOptions options, KeyFetchOptions fetch, KeyFetcher fetcher, TimeProvider time, ILogger<KeySource> logger)
    {
        (_fetch, _fetcher, _time, _logger) = (fetch, fetcher, time, logger);
        (_issuers, Audiences, MayAdminister) = ([.. options.Issuers], [.. options.Audiences], options.MayAdminister);
        _authority = string.IsNullOrEmpty(options.Authority) ? null : options.Authority.TrimEnd('/');
        _address = new Uri(_authority is null ? options.KeysUrl! : _authority + DiscoveryPath);
    }

    /// <summary>The issuers of which its tokens must name one; none: any. Before an authority was asked, it is not known whether it calls itself with a slash at the end.</summary>
    public IReadOnlyCollection<string> Issuers => _issuers.Length > 0 || _authority is null ? _issuers : _known?.Issuer is { } issuer ? [issuer] : [_authority, _authority + "/"];

    /// <summary>The audiences of which its tokens must name one; none: any.</summary>
    public IReadOnlyCollection<string> Audiences { get; }

    /// <summary>Whether its tokens may allow what is about all of the app.</summary>
    public bool MayAdminister { get; }

    /// <summary>Whether a token with such an issuer may be one of its.</summary>
    public bool MayIssue(string? issuer) => Issuers is not { Count: > 0 } issuers || (issuer is not null && issuers.Contains(issuer, StringComparer.Ordinal));

    /// <summary>A key that is known now.</summary>
    public TokenKey? Find(string algorithm, string? keyId) => Current?.Keys.Find(algorithm, keyId);

    /// <summary>Whether there is a key of this name now: then nobody need be asked for it.</summary>
    public bool Has(string? keyId) => Current?.Keys.Has(keyId) is true;

    /// <summary>
    /// Has the keys read because one is not among them, if that may be, and waits for it, within <see cref="KeyFetchOptions.Timeout"/>. Answers after what time it is worth to look again; null: the keys
    /// are of now.
    /// </summary>
    public async Task<TimeSpan?> ReadForAsync()
    {
        if (!TryBegin(out var reading))
            return Wait();
        await reading;
        // What was read before this one began is of before, too, where it failed.
        return _isAway ? Wait() : null;
    }

    /// <summary>Reads the keys anew, if they have grown old or were not read. Does not throw.</summary>
    public Task RefreshAsync() =>
        !_isAway && _known is { } known && _time.GetElapsedTime(known.ReadAt) < _fetch.RefreshInterval ? Task.CompletedTask : TryBegin(out var reading) ? reading : Task.CompletedTask;

    /// <summary>What counts: not for ever, if nobody confirms it.</summary>
    private Known? Current => _known is { } known && _time.GetElapsedTime(known.ReadAt) <= _fetch.RefreshInterval + _fetch.KeptFor ? known : null;

    /// <summary>The fetch that is under way, or one that begins now; false: the last began a short while ago.</summary>
    private bool TryBegin([NotNullWhen(true)] out Task? reading)
    {
        lock (_gate)
        {
            if (_reading is not { IsCompleted: false })
            {
                if (Wait() > TimeSpan.Zero)
                {
                    reading = null;
                    return false;
                }

                _begunAt = _time.GetTimestamp();
                _reading = ReadAsync();
            }

            reading = _reading;
            return true;
        }
    }

    /// <summary>How long until the next fetch may begin.</summary>
    private TimeSpan Wait()
    {
        lock (_gate)
        {
            var left = _begunAt is { } begunAt ? _fetch.Pause - _time.GetElapsedTime(begunAt) : TimeSpan.Zero;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private async Task ReadAsync()
    {
        // Whoever asked first has a lock.
        await Task.Yield();
        using var timeout = new CancellationTokenSource(_fetch.Timeout, _time);
        try
        {
            var read = await FetchAsync(timeout.Token);
            var isNews = _isAway || _known is not { } before || !before.Keys.KeyIds.SequenceEqual(read.Keys.KeyIds, StringComparer.Ordinal);
            (_known, _isAway) = (read, false);
            if (isNews && read.Keys.Count > 0)
                LogRead(_logger, KeyAddress.ShownOf(_address), read.Keys.Count);
            else if (isNews)
                LogNone(_logger, KeyAddress.ShownOf(_address));
        }
        catch (Exception exception)
        {
            // Whatever it is, what was known goes on, and it is tried again.
            var isNews = !_isAway;
            _isAway = true;
            if (isNews)
                LogAway(_logger, KeyAddress.ShownOf(_address), timeout.IsCancellationRequested ? $"it does not answer within {_fetch.Timeout.TotalSeconds} s" : exception.Message.TrimEnd('.'));
        }
    }

    private async Task<Known> FetchAsync(CancellationToken cancellationToken)
    {
        var readAt = _time.GetTimestamp();
        if (_authority is null)
            return new Known(PublicKeySet.Read(await _fetcher.ReadAsync(_address, cancellationToken)), Issuer: null, readAt);
        var (issuer, keys) = ReadDiscovery(await _fetcher.ReadAsync(_address, cancellationToken));
        // OpenID Connect Discovery 1.0, 4.3: otherwise one authority could speak for another.
        if (_issuers.Length == 0 && issuer != _authority && issuer != _authority + "/")
            throw new KeysUnreadException($"it says that its issuer is '{issuer}', and not the authority that was asked; Issuers says which are taken");
        return new Known(PublicKeySet.Read(await _fetcher.ReadAsync(_fetcher.Follow(_address, keys), cancellationToken)), issuer, readAt);
    }

    private static (string Issuer, Uri Keys) ReadDiscovery(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("issuer"u8, out var issuer) && issuer.ValueKind == JsonValueKind.String
                && document.RootElement.TryGetProperty("jwks_uri"u8, out var keys) && keys.ValueKind == JsonValueKind.String
                && Uri.TryCreate(keys.GetString(), UriKind.Absolute, out var address))
                return (issuer.GetString()!, address);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Said below.
        }

        throw new KeysUnreadException("what it answers is no discovery document with an issuer and a jwks_uri");
    }

    [LoggerMessage(307, LogLevel.Information, "The keys of {Source} were read: {Count} can be used.")]
    private static partial void LogRead(ILogger logger, string source, int count);

    [LoggerMessage(308, LogLevel.Warning, "The keys of {Source} cannot be read: {Problem}. Those that were read before count for a time; a token with another is refused as NOT_READY.")]
    private static partial void LogAway(ILogger logger, string source, string problem);

    [LoggerMessage(309, LogLevel.Warning, "None of the keys of {Source} can be used: it takes RSA of 2,048 bits or more (RS256), or P-256 (ES256). Its tokens are refused.")]
    private static partial void LogNone(ILogger logger, string source);

    /// <summary>What was read at one time.</summary>
    private sealed record Known(PublicKeySet Keys, string? Issuer, long ReadAt);
}
