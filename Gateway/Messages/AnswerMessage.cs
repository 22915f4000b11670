namespace WhatsSound.Gateway.Messages;

/// <summary>
/// The answer to a request, among the frames of its session. It is encoded when it is made, on the way of the request: what fails there is the request's
/// failure, and the outbox knows how large it is.
/// </summary>
internal sealed class AnswerMessage : OutgoingMessage
{
    public AnswerMessage(object reference, Reply reply, IWireFormat format)
    {
        Reference = reference;
        Reply = reply;
        BytesEstimate = EncodedIn(format).Bytes.Length;
    }

    /// <summary>By what the client knows its request, as its door gave it.</summary>
    public object Reference { get; }

    public Reply Reply { get; }

    public override int BytesEstimate { get; }
}
