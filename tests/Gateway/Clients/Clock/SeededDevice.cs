using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients.Clock;

/// <summary>A device on a seeded link to a server whose clock is the true time, and its estimate of that.</summary>
internal sealed class SeededDevice
{
    private readonly Seeded _random;
    private readonly SeededLink _link;
    private readonly ProbeSchedule _schedule = new();

    public SeededDevice(string profile, int seed, double stepAtMs = double.PositiveInfinity, double stepByMs = 0)
    {
        _random = new Seeded(seed);
        _link = new SeededLink(profile, _random);
        _link.Step(stepAtMs, stepByMs);
    }

    public ClockEstimator Estimator { get; } = new();

    /// <summary>How many probes were sent.</summary>
    public int Probes { get; private set; }

    /// <summary>How often a step was found.</summary>
    public int Steps { get; private set; }

    /// <summary>What its clock shows at a true time.</summary>
    public double LocalAt(double trueMs) => _link.LocalAt(trueMs);

    /// <summary>Probes until the last of some times: at each of them the estimate less the truth, in milliseconds, net of the difference of the ways, which nobody can see.</summary>
    public IReadOnlyList<double> ErrorsAt(IReadOnlyList<double> timesMs)
    {
        var errors = new List<double>();
        var answers = new Queue<(Probe Probe, double BackMs)>();
        var sendMs = _schedule.NextMs(0, _random.Next());
        while (errors.Count < timesMs.Count)
        {
            var answerMs = answers.TryPeek(out var first) ? first.BackMs : double.PositiveInfinity;
            var timeMs = timesMs[errors.Count];
            if (timeMs <= Math.Min(sendMs, answerMs))
                errors.Add(ErrorAt(timeMs));
            else if (answerMs <= sendMs)
                sendMs = Take(answers.Dequeue()) ?? sendMs;
            else
                sendMs = Send(sendMs, answers);
        }

        return errors;
    }

    private double ErrorAt(double trueMs)
    {
        var local = LocalAt(trueMs);
        return local + Estimator.OffsetAt(local) - trueMs - _link.AsymmetryMs;
    }

    private double? Take((Probe Probe, double BackMs) answer)
    {
        var isStep = Estimator.Add(answer.Probe);
        Steps += isStep ? 1 : 0;
        return answer.BackMs + _schedule.AfterAnswerMs(isStep, Estimator.IsSuspect, answer.BackMs);
    }

    private double Send(double atMs, Queue<(Probe Probe, double BackMs)> answers)
    {
        var arrivedMs = _link.Up(atMs);
        var leaveMs = arrivedMs + _random.Between(0.05, 0.3);
        var backMs = _link.Down(leaveMs);
        answers.Enqueue((new Probe(LocalAt(atMs), arrivedMs, leaveMs, LocalAt(backMs)), backMs));
        Probes++;
        return atMs + Math.Max(_schedule.NextMs(atMs, _random.Next()), 1);
    }
}
