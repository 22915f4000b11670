using WhatsSound.Grains.Placement;
using WhatsSound.Playback;

namespace WhatsSound.Grains.Clocks;

/// <summary>The room clock of its silo, which all processes of the cluster follow. It has no state.</summary>
[GrainType("clock")]
[OldestSiloPlacement]
internal sealed class ClockGrain(IRoomClock clock) : Grain, IClockGrain
{
    public Task<ClockReading> ReadAsync()
    {
        var nowUs = clock.NowUs;
        return Task.FromResult(new ClockReading { ReceivedUs = nowUs, SentUs = nowUs });
    }
}
