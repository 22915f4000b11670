namespace WhatsSound.Grains.Hooks;

/// <summary>A lane of webhooks; its key is the lane's name.</summary>
[Alias("ws.IHookLaneGrain"), GrainInterfaceType("ws.IHookLaneGrain")]
internal interface IHookLaneGrain : IGrainWithStringKey
{
    /// <summary>Something waits. Interleaves with everything, since a receiver may take its time: it only notes that, and nothing that is under way depends on it.</summary>
    [Alias("Wake"), OneWay, AlwaysInterleave]
    Task WakeAsync();
}
