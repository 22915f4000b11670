using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.Turns;

/// <summary>The votes of one room.</summary>
internal sealed class VoteTimes
{
    private readonly List<int> _grainUs = [];
    private readonly List<int> _turnUs = [];
    private readonly List<int> _callUs = [];

    /// <param name="grain">The turn without its wait for the database.</param>
    /// <param name="turn">The turn, until the answer.</param>
    /// <param name="call">What a caller in the same process sees: also the wait for turns before.</param>
    public void Add(TimeSpan grain, TimeSpan turn, TimeSpan call)
    {
        _grainUs.Add((int)grain.TotalMicroseconds);
        _turnUs.Add((int)turn.TotalMicroseconds);
        _callUs.Add((int)call.TotalMicroseconds);
    }

    public VoteLatencies ToLatencies() => new(new Latencies(_grainUs), new Latencies(_turnUs), new Latencies(_callUs));
}
