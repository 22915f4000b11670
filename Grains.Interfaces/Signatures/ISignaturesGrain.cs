namespace WhatsSound.Signatures;

/// <summary>
/// Which signatures of one API key were used, for all gateways of the cluster: each counts once, whatever crashes. It remembers those of the last ten minutes in memory, up to 1,000,000, and saves up to when some
/// were, once in two seconds of use at most.
/// </summary>
[Alias("ws.ISignaturesGrain"), GrainInterfaceType("ws.ISignaturesGrain")]
public interface ISignaturesGrain : IGrainWithStringKey
{
    /// <summary>The key of the grain of an API key.</summary>
    /// <param name="keyName">Its name.</param>
    static string KeyOf(string keyName) => $"signatures:{keyName}";

    /// <summary>
    /// Uses a signature, which was verified. Refusals: REPLAYED; NOT_READY where it is older than what is remembered, as after a crash: signed anew it is not; RATE_LIMITED where more were used in ten minutes than are
    /// remembered. Throws where the database does not take it.
    /// </summary>
    [Alias("Use")]
    Task<Answer<Done>> UseAsync(UsedSignature signature);
}
