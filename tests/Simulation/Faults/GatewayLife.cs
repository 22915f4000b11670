namespace WhatsSound.Tests.Simulation.Faults;

/// <summary>Whether a gateway's process is still there.</summary>
internal sealed class GatewayLife
{
    private volatile bool _isOver;

    public bool IsOver => _isOver;

    public void End() => _isOver = true;

    public void ThrowIfOver()
    {
        if (_isOver)
            throw new OperationCanceledException("The gateway is dead.");
    }
}
