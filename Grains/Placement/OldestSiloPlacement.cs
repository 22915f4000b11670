using Orleans.Placement;

namespace WhatsSound.Grains.Placement;

/// <summary>Puts a grain on the silo that has been there for longest. <see cref="OldestSiloPlacementDirector"/> says how.</summary>
[GenerateSerializer, Immutable, Alias("ws.OldestSiloPlacement")]
internal sealed class OldestSiloPlacement : PlacementStrategy;

/// <summary>Marks a grain class as placed by <see cref="OldestSiloPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OldestSiloPlacementAttribute() : PlacementAttribute(new OldestSiloPlacement());
