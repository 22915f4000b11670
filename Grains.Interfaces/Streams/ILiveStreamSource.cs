namespace WhatsSound.Streams;

/// <summary>
/// The grain that produces a stream of the <c>live</c> provider. A gateway subscribes to the stream by attaching its lane here: the subscription lives
/// where the producer is active, so that publishing is a local step, and it is gone when the producer moves, which the next renewal shows.
/// </summary>
[Alias("ws.ILiveStreamSource"), GrainInterfaceType("ws.ILiveStreamSource")]
public interface ILiveStreamSource : IGrainWithStringKey
{
    /// <summary>From the answer on, every frame goes into this gateway's lane. Attaching again renews the lease.</summary>
    [Alias("AttachLane")]
    Task AttachLaneAsync(LaneAttachment attachment);

    /// <summary>No frame is put into the lane any more.</summary>
    [Alias("DetachLane")]
    Task DetachLaneAsync(Guid gatewayId);
}
