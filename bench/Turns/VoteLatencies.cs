using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.Turns;

/// <summary>How long the votes of one room took, as <see cref="VoteTimes.Add"/> has them.</summary>
internal sealed record VoteLatencies(Latencies Grain, Latencies Turn, Latencies Call);
