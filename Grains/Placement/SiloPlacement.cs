using Orleans.Placement;

namespace WhatsSound.Grains.Placement;

/// <summary>Puts a grain on the silo that its key names. <see cref="SiloPlacementDirector"/> says how.</summary>
[GenerateSerializer, Immutable, Alias("ws.SiloPlacement")]
internal sealed class SiloPlacement : PlacementStrategy;

/// <summary>Marks a grain class as placed by <see cref="SiloPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SiloPlacementAttribute() : PlacementAttribute(new SiloPlacement());
