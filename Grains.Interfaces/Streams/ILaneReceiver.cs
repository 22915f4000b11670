namespace WhatsSound.Streams;

/// <summary>The gateway's end of all its lanes.</summary>
[Alias("ws.ILaneReceiver"), GrainInterfaceType("ws.ILaneReceiver")]
public interface ILaneReceiver : IGrainObserver
{
    /// <summary>
    /// Takes a batch. The lane has one batch in flight and sends the next on the answer; so the answer must not wait for any socket.
    /// A short timeout, so that a dead gateway is noticed, and costs the others nothing.
    /// </summary>
    [Alias("Deliver"), ResponseTimeout("00:00:02")]
    Task DeliverAsync(LaneBatch batch);
}
