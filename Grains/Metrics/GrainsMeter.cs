using System.Diagnostics.Metrics;

namespace WhatsSound.Grains.Metrics;

/// <summary>The meter of all that grains count.</summary>
internal sealed class GrainsMeter(IMeterFactory factory)
{
    /// <summary>The name to subscribe to.</summary>
    public const string Name = "WhatsSound.Grains";

    public Meter Meter { get; } = factory.Create(Name);
}
