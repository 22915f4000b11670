namespace WhatsSound.Gateway.Messages;

/// <summary>The goodbye of a connection.</summary>
/// <param name="closing">What the client is told.</param>
/// <param name="mayReconnect">Whether it makes sense to come back as before: clients that do so by themselves are told.</param>
internal sealed class ClosingMessage(SessionClosing closing, bool mayReconnect = true) : OutgoingMessage
{
    public bool MayReconnect => mayReconnect && Closing.ReconnectAfterMs is not null;

    public SessionClosing Closing { get; } = closing;

    public override int BytesEstimate => 128;
}
