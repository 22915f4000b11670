using WhatsSound.Channels;

namespace WhatsSound.Tests.Simulation.Resumes;

/// <summary>What happened in a run: a judge of nothing is content with everything.</summary>
internal sealed class ResumeFigures
{
    public int Resumed { get; set; }

    /// <summary>Of two who came for one session both had it, one after the other.</summary>
    public int TakenOver { get; set; }

    public int Refused { get; set; }

    /// <summary>Nobody got it: it went with a silo.</summary>
    public int NotFound { get; set; }

    /// <summary>The longest that a publication was on its way to a client that is there.</summary>
    public TimeSpan Slowest { get; private set; }

    public int Recovered { get; private set; }

    public int Lost { get; private set; }

    public void Count(Verdict verdict)
    {
        if (verdict == Verdict.Recovered)
            Recovered++;
        else
            Lost++;
    }

    public void Arrived(TimeSpan after) => Slowest = after > Slowest ? after : Slowest;

    public override string ToString() => $"{Resumed} resumed, {TakenOver} taken over, {Refused} refused, {NotFound} not found; {Recovered} recovered, {Lost} lost; a publication took {Slowest.TotalMilliseconds:0} ms at most";
}
