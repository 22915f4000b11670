namespace WhatsSound.Bench.Idle;

/// <summary>What one thing that does nothing costs a server.</summary>
/// <param name="Server">Which build.</param>
/// <param name="What">What is there.</param>
/// <param name="CorePercent">The part of one core that the server takes.</param>
/// <param name="ResidentBytes">What it has of the machine's memory.</param>
/// <param name="HeapBytes">What of it is in use, after a collection.</param>
internal sealed record IdleFigures(string Server, string What, double? CorePercent, double ResidentBytes, double? HeapBytes);
