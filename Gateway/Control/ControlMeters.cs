using System.Diagnostics.Metrics;
using WhatsSound.Control;

namespace WhatsSound.Gateway.Control;

/// <summary>What is measured of following the cluster's rules and revocations; meter <c>WhatsSound.Gateway</c>.</summary>
internal sealed class ControlMeters
{
    private readonly Counter<long> _revoked;
    private ControlKnowledge? _knowledge;

    public ControlMeters(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayMeters.Name);
        meter.CreateObservableGauge("whatssound.gateway.control.silence", () => Volatile.Read(ref _knowledge)?.Silence.TotalSeconds ?? 0, "s", "Time since it was heard what is revoked and which rules are set in the cluster");
        _revoked = meter.CreateCounter<long>("whatssound.gateway.sessions.revoked", "{session}", "Sessions ended because their token was revoked");
    }

    /// <summary>What knows for how long nothing was heard.</summary>
    public void Follow(ControlKnowledge knowledge) => Volatile.Write(ref _knowledge, knowledge);

    public void Revoked() => _revoked.Add(1);
}
