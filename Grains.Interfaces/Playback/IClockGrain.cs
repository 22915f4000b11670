namespace WhatsSound.Playback;

/// <summary>The time of the cluster: the room clock of its oldest silo, as long as that is there; the next oldest has followed it until then, and goes on from there.</summary>
[Alias("ws.IClockGrain"), GrainInterfaceType("ws.IClockGrain")]
public interface IClockGrain : IGrainWithStringKey
{
    /// <summary>The key of the only one.</summary>
    public const string Key = "clock:cluster";

    /// <summary>Reads it. Waits for nothing.</summary>
    [Alias("Read")]
    Task<ClockReading> ReadAsync();
}
