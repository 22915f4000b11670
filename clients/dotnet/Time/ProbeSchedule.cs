namespace WhatsSound.Client;

/// <summary>
/// When a connection is probed: 12 times at 60 ms, then once a second until 20 s, then every 5 s ± 0.5 s; sooner where an answer missed the estimate, since it takes two or more to know
/// that a clock was stepped, three times at once, and three times a minute. After a step six more come fast, and then one a second for 10 s; once a minute.
/// </summary>
internal sealed class ProbeSchedule
{
    private const int BurstCount = 12;
    private const int BurstIntervalMs = 60;
    private const int SettlingMs = 20_000;
    private const int SettlingIntervalMs = 1_000;
    private const int SteadyIntervalMs = 5_000;
    private const int SteadyJitterMs = 500;
    private const int ConfirmsApartMs = 20_000;
    private const int AfterStepCount = 6;
    private const int AfterStepMs = 10_000;
    private const int StepsApartMs = 60_000;

    private static readonly int[] ConfirmMs = [250, 1_000, 2_000];

    private int _sent;
    private int _confirms;
    private double _confirmedMs;
    private double _settledMs = SettlingMs;
    private double _stepMs = double.NegativeInfinity;

    /// <summary>How long to wait for the next probe, before any of it is known.</summary>
    /// <param name="elapsedMs">How long ago the connection was opened.</param>
    /// <param name="random">In [0, 1).</param>
    public double NextMs(double elapsedMs, double random)
    {
        if (_sent++ < BurstCount)
            return BurstIntervalMs;
        return elapsedMs < _settledMs ? SettlingIntervalMs : SteadyIntervalMs + (random * 2 - 1) * SteadyJitterMs;
    }

    /// <summary>How long after an answer to probe again; null: when it is due.</summary>
    public double? AfterAnswerMs(bool isStep, bool isSuspect, double elapsedMs)
    {
        if (isStep)
            return AfterStep(elapsedMs);
        if (!isSuspect)
            _confirms = 0;
        return isSuspect && elapsedMs >= _settledMs ? AfterMiss(elapsedMs) : null;
    }

    private double? AfterMiss(double elapsedMs)
    {
        var usedMs = Math.Max(_confirmedMs, elapsedMs);
        if (usedMs > elapsedMs + ConfirmsApartMs * (ConfirmMs.Length - 1))
            return null;
        _confirmedMs = usedMs + ConfirmsApartMs;
        return ConfirmMs[Math.Min(_confirms++, ConfirmMs.Length - 1)];
    }

    /// <summary>What is known since the step are two samples.</summary>
    private double? AfterStep(double elapsedMs)
    {
        _confirms = 0;
        // Whatever a clock does, that is no reason to ask ever more.
        if (elapsedMs - _stepMs < StepsApartMs)
            return null;
        _stepMs = elapsedMs;
        _settledMs = Math.Max(_settledMs, elapsedMs + AfterStepMs);
        _sent = Math.Min(_sent, BurstCount - AfterStepCount);
        return BurstIntervalMs;
    }
}
