
namespace WhatsSound.Tests.Engine.Fixture;

public sealed record ClusterSetup
{
    public int Silos { get; init; } = 1;

    /// <summary>Part of the key of what is stored.</summary>
    public string ServiceId { get; init; } = "engine";

    /// <summary>Grains see a clock that the test moves; everything else stays on real time.</summary>
    public bool ManualTime { get; init; }

    public Action<ISiloBuilder> Silo { get; init; } = _ => { };

    public Action<IClientBuilder> Client { get; init; } = _ => { };
}
