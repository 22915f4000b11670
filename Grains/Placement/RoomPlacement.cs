using Orleans.Placement;

namespace WhatsSound.Grains.Placement;

/// <summary>Puts the grains of one room on one silo, by the room's id; a grain of no room goes by its own key. <see cref="RoomPlacementDirector"/> says how.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomPlacement")]
internal sealed class RoomPlacement : PlacementStrategy;

/// <summary>Marks a grain class as placed by <see cref="RoomPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RoomPlacementAttribute() : PlacementAttribute(new RoomPlacement());
