using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

public readonly struct GrainTimerCreationOptions
{
    public GrainTimerCreationOptions()
    {
    }

    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    public required TimeSpan DueTime { get; init; }

    /// <summary>Counted from the end of a callback; infinite for a timer that fires once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>The callback may run while a request runs.</summary>
    public bool Interleave { get; init; }

    /// <summary>A tick counts as activity, so that the timer keeps its activation.</summary>
    public bool KeepAlive { get; init; }
}
