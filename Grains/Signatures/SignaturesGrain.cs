using WhatsSound.Grains.Storage;
using WhatsSound.Playback;
using WhatsSound.Signatures;

namespace WhatsSound.Grains.Signatures;

/// <summary>
/// Owns which signatures of a key were used, and takes none twice. They are in memory; saved is up to when some may have been, two seconds ahead of the last, before it is answered. After a crash those of that time, which may have been used, are refused,
/// and not those that are made then. Bounded by <see cref="SignaturesMax"/>.
/// </summary>
[GrainType("signatures")]
internal sealed class SignaturesGrain(
    [PersistentState("key-signatures", "grains")] IPersistentState<SignaturesState> stored,
    IRoomClock clock) : Grain, ISignaturesGrain
{
    /// <summary>Some 50 MB, and 1,600 requests of one key a second.</summary>
    private const int SignaturesMax = 1_000_000;

    /// <summary>One write in this time; and for as long after a crash a key waits, or for what its servers' clocks are apart, if that is longer.</summary>
    private const long AheadMs = 2_000;

    /// <summary>So long, and with what clocks are apart, there is something to remember: without it nobody needs this in memory.</summary>
    private static readonly TimeSpan Kept = SignatureTimes.AgeMax + (2 * SignatureTimes.AheadMax);

    private UsedSignatures _used = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stored.State = stored.State.Upgrade();
        _used = new UsedSignatures(SignaturesMax, stored.State.UsedUpToMs);
        return Task.CompletedTask;
    }

    public async Task<Answer<Done>> UseAsync(UsedSignature signature)
    {
        DelayDeactivation(Kept);
        var use = _used.Use(signature, clock.NowMs);
        if (use != SignatureUse.First)
            return RefusalOf(use, signature);
        if (signature.TimeMs > stored.State.UsedUpToMs)
            await stored.ReplaceAsync(stored.State with { UsedUpToMs = signature.TimeMs + AheadMs }, DeactivateOnIdle);
        return Done.Value;
    }

    private Refusal RefusalOf(SignatureUse use, UsedSignature signature) => use switch
    {
        SignatureUse.Again => Refusals.Final(RefusalCode.Replayed, "The request was taken before; sign each anew, with a nonce of its own."),
        SignatureUse.Full => Refusals.TooOften("key", "The key has signed too many requests.", TimeSpan.FromMilliseconds(Math.Max(1, _used.RoomAtMs - clock.NowMs))),
        _ => Refusals.Retry(
            RefusalCode.NotReady, "It is not known whether a request of that time was taken before; sign it anew.", TimeSpan.FromMilliseconds(_used.ForgottenUpToMs - signature.TimeMs + 1)),
    };
}
