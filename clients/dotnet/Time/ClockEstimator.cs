namespace WhatsSound.Client;

/// <summary>
/// Estimates server time from local monotonic time by weighted least squares over the last 180 s. Queueing only ever adds delay, so a sample counts by how little delay
/// it had: (0.7 ms + excess / 2) ^ -2. The drift is held to 0 ± 40 ppm by a ridge prior. Two successive samples that miss the estimate by more than their
/// excess / 2 + 15 ms mean that a clock was stepped: what came before them is dropped. Reads no clock.
/// </summary>
internal sealed class ClockEstimator
{
    private const double WindowMs = 180_000;
    private const int SamplesMax = 256;
    private const double NoiseMs = 0.7;
    private const double DriftPriorWeight = 1 / (40e-6 * 40e-6);
    private const double ResetSlackMs = 15;
    private const int ResetAfter = 2;

    private List<ClockSample> _samples = [];
    private int _misses;
    private double _meanAt;
    private double _meanOffset;
    private double _slope;

    /// <summary>How many samples the estimate stands on.</summary>
    public int Count => _samples.Count;

    /// <summary>The least round trip in the window: the estimate errs by at most half of it.</summary>
    public double LeastDelayMs { get; private set; } = double.PositiveInfinity;

    /// <summary>How fast the offset changes, in parts per million.</summary>
    public double DriftPpm => _slope * 1e6;

    /// <summary>Server time less local time at a local time.</summary>
    public double OffsetAt(double localMs) => _meanOffset + _slope * (localMs - _meanAt);

    /// <summary>Takes a probe. True if it made the estimator drop its older history.</summary>
    public bool Add(Probe probe)
    {
        var sample = ClockSample.Of(probe);
        _misses = IsMiss(sample) ? _misses + 1 : 0;
        var isReset = _misses >= ResetAfter;
        _samples = isReset ? [.. _samples.TakeLast(ResetAfter - 1)] : [.. _samples.Where(old => sample.At - old.At <= WindowMs).TakeLast(SamplesMax - 1)];
        _samples.Add(sample);
        if (isReset)
            _misses = 0;
        Fit();
        return isReset;
    }

    private bool IsMiss(ClockSample sample)
    {
        if (_samples.Count == 0)
            return false;
        var excess = Math.Max(0, sample.Delay - LeastDelayMs);
        return Math.Abs(sample.Offset - OffsetAt(sample.At)) > excess / 2 + ResetSlackMs;
    }

    private void Fit()
    {
        LeastDelayMs = _samples.Min(sample => sample.Delay);
        var origin = _samples[0];
        double weights = 0, atSum = 0, offsetSum = 0;
        foreach (var sample in _samples)
        {
            var weight = WeightOf(sample);
            weights += weight;
            atSum += weight * (sample.At - origin.At);
            offsetSum += weight * (sample.Offset - origin.Offset);
        }

        _meanAt = origin.At + atSum / weights;
        _meanOffset = origin.Offset + offsetSum / weights;
        double covariance = 0, variance = DriftPriorWeight;
        foreach (var sample in _samples)
        {
            var weight = WeightOf(sample);
            covariance += weight * (sample.At - _meanAt) * (sample.Offset - _meanOffset);
            variance += weight * (sample.At - _meanAt) * (sample.At - _meanAt);
        }

        _slope = covariance / variance;
    }

    private double WeightOf(ClockSample sample)
    {
        var noise = NoiseMs + (sample.Delay - LeastDelayMs) / 2;
        return 1 / (noise * noise);
    }
}
