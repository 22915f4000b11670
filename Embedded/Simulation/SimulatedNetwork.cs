using WhatsSound.Embedded.Calls;

namespace WhatsSound.Embedded.Simulation;

/// <summary>Messages take time, overtake each other, and one-way calls get lost, as the faults say.</summary>
internal sealed class SimulatedNetwork(VirtualTime time, Random random, SimulationFaults faults) : Network
{
    public override void Send(Call call)
    {
        if (call.Method.IsOneWay && random.NextDouble() < faults.OneWayLoss) return;
        Later(() => base.Send(call));
    }

    public override void Respond(Call call, object? response, Action<Call, object?> deliver) => Later(() => deliver(call, response));

    private void Later(Action arrive)
    {
        if (faults.MessageDelayMax == TimeSpan.Zero) arrive();
        else time.CreateTimer(_ => arrive(), null, faults.MessageDelayMax * random.NextDouble(), Timeout.InfiniteTimeSpan);
    }
}
