using WhatsSound.Bench.FanOut;
using static System.FormattableString;

namespace WhatsSound.Bench.Channels;

/// <summary>A steady rate of publishing, and what is promised of it.</summary>
/// <param name="IsKept">Whether each is in the database before it is acknowledged; measured on PostgreSQL, as it is what a cluster has.</param>
/// <param name="Channels">Over how many channels.</param>
/// <param name="PerSecond">How many a second, in all.</param>
internal sealed record PacedRate(bool IsKept, int Channels, int PerSecond)
{
    public static IReadOnlyList<PacedRate> All { get; } = [new(IsKept: true, 1, 1_000), new(IsKept: true, 100, 5_000), new(IsKept: false, 1, 5_000)];

    public string Text => Invariant($"{(IsKept ? "kept" : "not kept")}, {Channels} {(Channels == 1 ? "channel" : "channels")}, {PerSecond:N0} a second");

    public Goal Goal { get; } = new(50, OnRatio: false, "p99 at most 50 ms");
}
