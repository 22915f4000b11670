using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Transport;

namespace WhatsSound.Tests.Doors.Plain;

/// <summary>The plain door, in which each message takes as long as the test wants.</summary>
internal sealed class StallingProtocol(ISocketProtocol inner, Task goOn) : ISocketProtocol
{
    public string Door => inner.Door;

    public IWireFormat Format => inner.Format;

    public bool IsText => inner.IsText;

    public TimeSpan? HeartbeatInterval => inner.HeartbeatInterval;

    public TimeSpan? SilenceMax => inner.SilenceMax;

    public async Task ReceiveAsync(Session session, ReadOnlyMemory<byte> message, bool isText)
    {
        await goOn;
        await inner.ReceiveAsync(session, message, isText);
    }

    public CloseWord CloseOf(ClosingMessage goodbye) => inner.CloseOf(goodbye);

    public CloseWord CloseOf(Refusal refusal) => inner.CloseOf(refusal);
}
