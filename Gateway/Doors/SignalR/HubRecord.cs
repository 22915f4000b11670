namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Where a record stands in what came.</summary>
/// <param name="Start">Where its content begins.</param>
/// <param name="Length">How long its content is, or, where that is not known yet, is at least.</param>
/// <param name="End">Where the next one begins; null: it is not whole.</param>
internal readonly record struct HubRecord(long Start, long Length, long? End);
