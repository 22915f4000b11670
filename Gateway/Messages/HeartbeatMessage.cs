namespace WhatsSound.Gateway.Messages;

/// <summary>A sign of life, in protocols that have one of their own.</summary>
internal sealed class HeartbeatMessage : OutgoingMessage
{
    /// <summary>One for all: there is nothing in it.</summary>
    public static HeartbeatMessage Instance { get; } = new();

    public override int BytesEstimate => 16;
}
