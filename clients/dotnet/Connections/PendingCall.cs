namespace WhatsSound.Client;

/// <summary>What was sent and has no answer.</summary>
/// <param name="bytes">How large it is.</param>
internal sealed class PendingCall(int bytes)
{
    public int Bytes => bytes;

    /// <summary>Why it is not to be sent again, should its connection end.</summary>
    public Refusal? Refusal { get; set; }
}
