using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.Sources;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>A verifier by its settings, with a clock that a test moves.</summary>
internal sealed class Verification : IDisposable
{
    public const string Secret = "a key for tests that is long enough to sign with";

    private readonly LoggerFactory _loggers;

    public Verification(params TokenSourceOptions[] sources)
        : this(Of(sources))
    {
    }

    public Verification(IdentityOptions settings, bool isDevelopment = false)
    {
        var options = Options.Create(settings);
        _loggers = new LoggerFactory([Log]);
        Sources = new KeySources(settings.Sources, settings.Keys, isDevelopment, Time, _loggers);
        Verifier = new TokenVerifier(new SigningKey(options), Sources, Revocations, options, Time);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

    public RecordingLog Log { get; } = new();

    public FakeRevocations Revocations { get; } = new();

    public KeySources Sources { get; }

    public TokenVerifier Verifier { get; }

    /// <summary>Claims of a user who counts for another hour.</summary>
    public string Ada(string more = "") => $$"""{"sub":"ada","exp":{{At(TimeSpan.FromHours(1))}}{{more}}}""";

    public long At(TimeSpan later) => (Time.GetUtcNow() + later).ToUnixTimeSeconds();

    /// <summary>The code with which a token is refused; null: it is taken.</summary>
    public async Task<string?> CodeOfAsync(string token) => (await Verifier.VerifyAsync(token)).Refusal?.Code;

    /// <summary>The warnings of key sources.</summary>
    public IEnumerable<string> Warnings => Log.Lines.Where(static line => line.Level == LogLevel.Warning).Select(static line => line.Text);

    public void Dispose()
    {
        Sources.Dispose();
        _loggers.Dispose();
    }

    public static TokenSourceOptions AuthorityOf(KeyServer server) => new() { Authority = server.Issuer, AnyAudience = true };

    public static TokenSourceOptions KeySetOf(KeyServer server) => new() { KeysUrl = server.KeysUrl, AnyAudience = true };

    public static IdentityOptions Of(params TokenSourceOptions[] sources)
    {
        var options = new IdentityOptions { SigningKey = Secret };
        foreach (var source in sources)
            options.Sources.Add(source);
        return options;
    }
}
