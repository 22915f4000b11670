using System.Security.Cryptography;
using WhatsSound.Signatures;

namespace WhatsSound.Gateway.Identity.ApiKeys;

/// <inheritdoc/>
internal sealed partial class Credentials(TokenVerifier tokens, ApiKeyRing keys, IClusterClient cluster, TimeProvider time, ILogger<Credentials> logger) : ICredentials
{
    /// <summary>How long the memory of signatures is waited for.</summary>
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public Refusal? RefuseOutright(Credential.Signed signed) => RefuseTime(signed.TimeMs);

    /// <inheritdoc/>
    public async ValueTask<Answer<TokenGrant>> VerifyAsync(Credential credential, CancellationToken cancellationToken)
    {
        var answer = credential switch
        {
            Credential.Token token => await tokens.VerifyAsync(token.Text),
            Credential.Secret secret => Verify(secret),
            Credential.Signed signed => await VerifyAsync(signed, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(credential), credential.GetType(), "There is no such credential."),
        };

        // It may have been taken back while a key was fetched for it, or the memory of signatures was asked.
        return !answer.IsRefused && tokens.RefuseRevoked(answer.Value) is { } refusal ? refusal : answer;
    }

    /// <summary>One answer for a wrong secret and for a name that no key has: names are nobody's business.</summary>
    private Answer<TokenGrant> Verify(Credential.Secret secret)
    {
        var key = keys.Find(secret.KeyName);
        return key.Has(secret.Text) ? Counting(key) : Refusals.Final(RefusalCode.KeyInvalid, "There is no such key, or it has another secret.");
    }

    private async ValueTask<Answer<TokenGrant>> VerifyAsync(Credential.Signed signed, CancellationToken cancellationToken)
    {
        if (RefuseTime(signed.TimeMs) is { } refusal)
            return refusal;
        var key = keys.Find(signed.KeyName);
        var signature = new byte[HMACSHA256.HashSizeInBytes];
        if (!TryReadHex(signed.Signature, signature) | !key.HasSigned(SignedText.Of(signed), signature))
            return Refusals.Final(RefusalCode.SignatureInvalid, "The signature is not that of the request by this key, or there is no such key.");
        var counting = Counting(key);
        return counting.IsRefused || await RefuseUsedAsync(signed, signature, cancellationToken) is not { } used ? counting : used;
    }

    /// <summary>What the key allows, unless it was taken back. It is as new as the request: tokens that are taken back by their time are of before.</summary>
    private Answer<TokenGrant> Counting(ApiKey key)
    {
        var grant = key.Grant with { IssuedAt = time.GetUtcNow() };
        return tokens.RefuseRevoked(grant) is { } refusal ? refusal : grant;
    }

    private Refusal? RefuseTime(long timeMs)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        return timeMs >= nowMs - SignatureTimes.AgeMax.TotalMilliseconds && timeMs <= nowMs + SignatureTimes.AheadMax.TotalMilliseconds
            ? null
            : Refusals.Final(RefusalCode.SignatureExpired, "The request was signed too long ago, or by a clock that is ahead.", $"{nowMs}");
    }

    /// <summary>What cannot be asked is not taken: it may have been used.</summary>
    private async Task<Refusal?> RefuseUsedAsync(Credential.Signed signed, byte[] signature, CancellationToken cancellationToken)
    {
        try
        {
            var used = new UsedSignature { Half = new Guid(signature.AsSpan(0, 16)), TimeMs = signed.TimeMs };
            var answer = await cluster.GetGrain<ISignaturesGrain>(ISignaturesGrain.KeyOf(signed.KeyName)).UseAsync(used).WaitAsync(AskTimeout, time, cancellationToken);
            return answer.Refusal;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnknown(logger, exception);
            return Refusals.Retry(RefusalCode.NotReady, "It cannot be known at the moment whether the request was taken before; sign it anew.", AskTimeout);
        }
    }

    private static bool TryReadHex(string text, byte[] bytes) =>
        text.Length == 2 * bytes.Length && Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length;

    [LoggerMessage(316, LogLevel.Warning, "Whether a signed request was taken before cannot be known: it is refused as NOT_READY.")]
    private static partial void LogUnknown(ILogger logger, Exception exception);
}
