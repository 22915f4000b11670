using WhatsSound.Signatures;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>Remembers all signatures.</summary>
internal sealed class FakeSignatures : ISignaturesGrain
{
    private readonly HashSet<UsedSignature> _used = [];

    /// <summary>What comes of a use in place of an answer; null: an answer.</summary>
    public Func<Task>? Fault { get; set; }

    public int Count => _used.Count;

    public async Task<Answer<Done>> UseAsync(UsedSignature signature)
    {
        if (Fault is { } fault)
            await fault();
        return _used.Add(signature) ? Done.Value : Refusals.Final(RefusalCode.Replayed, "It was taken before.");
    }
}
