namespace WhatsSound.Bench.Measures;

/// <summary>What the runtime of a server says of itself.</summary>
internal sealed record ProbeFigures(long HeapBytes, long AllocatedBytes, double CompilationMs);
