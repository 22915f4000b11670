namespace WhatsSound.Bench.FanOut;

/// <summary>What one more idle, joined connection takes, in bytes.</summary>
internal sealed record IdleMemoryFigures(int From, int To, double ResidentBytesPerConnection, double HeapBytesPerConnection, long ResidentBytesAtStart);
