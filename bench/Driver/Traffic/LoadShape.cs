namespace WhatsSound.Bench.Traffic;

/// <summary>How many listen, and what is published how often.</summary>
internal sealed record LoadShape(int Listeners, int Bytes, int RatePerSecond);
