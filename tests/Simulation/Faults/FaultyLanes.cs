using WhatsSound.Streams;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Faults;

/// <summary>
/// The last stretch of a lane, before the gateway's own receiver: batches come late or twice, and frames get lost without a gap in the batches' numbers,
/// which only offsets and renewals can show.
/// </summary>
internal sealed class FaultyLanes(ILaneReceiver receiver, GatewayLife life, Dice dice, Rates rates, StormClock clock) : ILaneReceiver
{
    private static readonly TimeSpan LatenessMax = TimeSpan.FromSeconds(4);

    public async Task DeliverAsync(LaneBatch batch)
    {
        life.ThrowIfOver();

        // What the gateway does about a batch is its own, and not of whoever opened the connection that it came by.
        Network.Caller.Value = life;
        clock.Progressed();
        if (!batch.Frames.IsEmpty && dice.Hits("frame lost", rates.FrameLoss))
            batch = batch with { Frames = batch.Frames.RemoveAt((int)(dice.Next("which frame") * batch.Frames.Length)) };
        if (dice.Hits("batch late", rates.BatchTrouble))
            await clock.HoldAsync(LatenessMax * dice.Next("how late a batch"));
        life.ThrowIfOver();
        await receiver.DeliverAsync(batch);
        if (dice.Hits("batch twice", rates.BatchTrouble))
            await receiver.DeliverAsync(batch);
    }
}
