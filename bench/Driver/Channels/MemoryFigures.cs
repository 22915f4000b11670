namespace WhatsSound.Bench.Channels;

/// <summary>What one more channel takes, in bytes, that has one publication and nobody attached.</summary>
internal sealed record MemoryFigures(double ActiveResident, double ActiveHeap, double DeactivatedResident, double DeactivatedHeap);
