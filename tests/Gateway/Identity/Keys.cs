using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.ApiKeys;
using WhatsSound.Signatures;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>A gateway's view of credentials by its keys, with a clock that a test moves; and what an app's server does to sign.</summary>
internal sealed class Keys : IDisposable
{
    public const string Name = "backend";
    public const string Secret = "a secret of a server that is long enough";
    public const string OtherSecret = "another secret of that server, to change to";

    public Keys(params ApiKeyOptions[] keys)
        : this(new FakeCluster(), keys)
    {
    }

    public Keys(FakeCluster cluster, params ApiKeyOptions[] keys)
    {
        Cluster = cluster;
        var settings = Verification.Of();
        foreach (var key in keys)
            settings.ApiKeys.Add(key);
        Tokens = new Verification(settings);
        Credentials = new Credentials(Tokens.Verifier, new ApiKeyRing(Options.Create(settings)), cluster, Tokens.Time, NullLogger<Credentials>.Instance);
    }

    public FakeCluster Cluster { get; }

    public Verification Tokens { get; }

    public ICredentials Credentials { get; }

    public FakeSignatures Used => (FakeSignatures)Cluster.GetGrain<ISignaturesGrain>(ISignaturesGrain.KeyOf(Name));

    public long NowMs => Tokens.Time.GetUtcNow().ToUnixTimeMilliseconds();

    public static ApiKeyOptions Key(string name = Name, params string[] secrets)
    {
        var key = new ApiKeyOptions { Name = name };
        foreach (var secret in secrets.Length == 0 ? [Secret] : secrets)
            key.Secrets.Add(secret);
        key.Capabilities.Add("news:*=publish,subscribe");
        return key;
    }

    /// <summary>A request as it is sent, by whoever has the secret.</summary>
    public static Credential.Signed Sign(long timeMs, string keyName = Name, string secret = Secret, string nonce = "nonce-01", string method = "POST", string target = "/v1/channels/news/publications?a=1", string body = "{}")
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(body));
        var text = $"whatssound-1\n{keyName}\n{timeMs}\n{nonce}\n{method}\n{target}\n{Convert.ToHexStringLower(hash)}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
        return new Credential.Signed(keyName, timeMs, nonce, signature, method, target, hash);
    }

    public async Task<Answer<TokenGrant>> VerifyAsync(Credential credential) => await Credentials.VerifyAsync(credential, TestContext.Current.CancellationToken);

    public async Task<string?> CodeOfAsync(Credential credential) => (await VerifyAsync(credential)).Refusal?.Code;

    public void Dispose() => Tokens.Dispose();
}
