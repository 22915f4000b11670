namespace WhatsSound.Gateway.Messages;

/// <summary>The goodbye of a connection.</summary>
internal sealed class ClosingMessage(SessionClosing closing) : OutgoingMessage
{
    public SessionClosing Closing { get; } = closing;

    public override int BytesEstimate => 128;
}
