using System.Collections.Concurrent;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>Lets every frame of an epoch seem to continue the one before, so that a feed takes it.</summary>
internal sealed class GapBlindReceiver(ILaneReceiver receiver) : ILaneReceiver
{
    private readonly ConcurrentDictionary<(string Channel, string Epoch), long> _heads = [];

    public Task DeliverAsync(LaneBatch batch) => receiver.DeliverAsync(batch with { Frames = [.. batch.Frames.Select(Continuing)] });

    private ChannelFrame Continuing(ChannelFrame frame)
    {
        var place = (frame.Channel, frame.Epoch);
        var head = _heads.GetValueOrDefault(place, frame.PreviousOffset);
        _heads[place] = frame.HeadOffset;
        return frame with { PreviousOffset = Math.Min(head, frame.PreviousOffset) };
    }
}
