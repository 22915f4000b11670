namespace WhatsSound.Grains.Storage;

/// <summary>Where a time is among the publications that are kept.</summary>
/// <param name="Offset">The first that is not older; null: none is.</param>
/// <param name="HasOlder">Whether one before it is kept. Otherwise what was published from the time on may have begun before what is kept.</param>
public sealed record LoggedTime(long? Offset, bool HasOlder);
