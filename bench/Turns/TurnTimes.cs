using System.Diagnostics;
using WhatsSound.Rooms;

namespace WhatsSound.Bench.Turns;

/// <summary>How long a room's turn takes from where the grain begins to where it answers, and how much of that it waits for the database. One command is under way at a time.</summary>
internal sealed class TurnTimes : IIncomingGrainCallFilter
{
    private TimeSpan _journal;

    /// <summary>Of the last command.</summary>
    public TimeSpan Turn { get; private set; }

    /// <summary>What is left of it without the database.</summary>
    public TimeSpan Grain => Turn - _journal;

    /// <summary>The turn waited for the database.</summary>
    public void Waited(TimeSpan time) => _journal += time;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType != typeof(IRoomGrain) || context.InterfaceMethod.Name != nameof(IRoomGrain.ActAsync))
        {
            await context.Invoke();
            return;
        }

        _journal = TimeSpan.Zero;
        var started = Stopwatch.GetTimestamp();
        await context.Invoke();
        Turn = Stopwatch.GetElapsedTime(started);
    }
}
