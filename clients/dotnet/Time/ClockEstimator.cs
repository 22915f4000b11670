namespace WhatsSound.Client;

/// <summary>
/// Estimates server time from local monotonic time by weighted least squares over the last 180 s. Queueing only ever adds delay, so a sample leaves open half of what it adds, to either
/// side; and less, where that would be half as much again on one way as was ever seen there: over a line that is full on the way up alone, a sample says well how long it waited there. It counts by
/// (0.7 ms + half of what it leaves open) ^ -2. The drift is held to 0 ± 40 ppm by a ridge prior.
/// </summary>
/// <remarks>
/// A sample that misses the estimate by 15 ms more than it leaves open is set aside, with those after it that could be of either clock. A second one that misses alike means that a clock was
/// stepped, and what came before is dropped; where only the usual queueing says that they miss, it takes four. One that does not miss acquits them. Reads no clock.
/// </remarks>
internal sealed class ClockEstimator
{
    private const double WindowMs = 180_000;
    private const int SamplesMax = 256;
    private const double NoiseMs = 0.7;
    private const double DriftPriorWeight = 1 / (40e-6 * 40e-6);
    private const double SlackMs = 15;
    private const double FarMs = 30;
    private const int JudgedFrom = 12;
    private const int SuspectsMax = 9;
    private const double Unusual = 1.5;
    private const double Kept = 0.99;
    private const int ProofOfStep = 4;

    private readonly List<ClockSample> _samples = [];

    /// <summary>Set aside: the first one missed, and none since has said more.</summary>
    private readonly List<ClockSample> _suspects = [];
    private ClockRange? _suspicion;
    private int _proof;

    /// <summary>The most queueing that there usually is.</summary>
    private double _up = double.PositiveInfinity;
    private double _down = double.PositiveInfinity;
    private double _floorMs = double.PositiveInfinity;
    private double _floorUntil = double.NegativeInfinity;
    private double _meanAt;
    private double _meanOffset;
    private double _slope;
    private double _weights;
    private double _spread = DriftPriorWeight;

    private enum Judgement
    {
        Good,
        Stepped,
        Open,
    }

    /// <summary>How many samples the estimate stands on.</summary>
    public int Count => _samples.Count;

    /// <summary>The least round trip in the window: the estimate errs by at most half of it.</summary>
    public double LeastDelayMs { get; private set; } = double.PositiveInfinity;

    /// <summary>How fast the offset changes, in parts per million.</summary>
    public double DriftPpm => _slope * 1e6;

    /// <summary>Whether a sample missed the estimate, and none since has said more: another one soon tells a clock that was stepped from one odd answer.</summary>
    public bool IsSuspect => _suspicion is not null;

    /// <summary>The standard error of the estimate at a local time, in milliseconds; what the ways there and back differ by cannot be seen, and is not in it.</summary>
    public double SigmaAt(double localMs) =>
        _weights > 0 ? Math.Sqrt(1 / _weights + (localMs - _meanAt) * (localMs - _meanAt) / _spread) : double.PositiveInfinity;

    /// <summary>Server time less local time at a local time.</summary>
    public double OffsetAt(double localMs) => _meanOffset + _slope * (localMs - _meanAt);

    /// <summary>Takes a probe. True if it made the estimator drop its older history.</summary>
    public bool Add(Probe probe)
    {
        var sample = ClockSample.Of(probe);
        var judgement = Judge(sample);
        _suspects.Add(sample);
        if (judgement == Judgement.Open)
            return false;
        if (judgement == Judgement.Stepped)
            Forget(sample);
        _samples.AddRange(_suspects);
        _samples.RemoveAll(old => sample.At - old.At > WindowMs);
        _samples.RemoveRange(0, Math.Max(0, _samples.Count - SamplesMax));
        _suspects.Clear();
        _suspicion = null;
        Fit();
        return judgement == Judgement.Stepped;
    }

    private Judgement Judge(ClockSample sample)
    {
        if (_samples.Count < JudgedFrom)
            return Judgement.Good;
        var estimate = OffsetAt(sample.At);
        var range = RangeOf(sample);
        var miss = range with { Offset = range.Offset - estimate };
        var isAlike = _suspicion?.IsLike(miss, SlackMs) == true;
        // What was held up less than all before it says how far those may be off, and need not agree with them.
        if (Math.Abs(miss.Offset) <= miss.Half + SlackMs + (Math.Max(0, LeastDelayMs - sample.Delay) / 2))
            return isAlike && IsFar(_suspicion!.Value) ? Judgement.Open : Judgement.Good;
        if (!isAlike)
        {
            _suspects.Clear();
            _suspicion = miss;
            _proof = 0;
        }

        _proof += Math.Abs(sample.Offset - estimate) > HalfExcess(sample) + SlackMs ? 2 : 1;
        return _proof < ProofOfStep ? Judgement.Open : Judgement.Stepped;
    }

    /// <summary>What leaves much open does not acquit what missed by far.</summary>
    private bool IsFar(ClockRange suspicion) => Math.Abs(suspicion.Offset) > suspicion.Half + FarMs && _suspects.Count < SuspectsMax;

    /// <summary>The path is the same as before, however much delay the few samples had that are left.</summary>
    private void Forget(ClockSample sample)
    {
        _samples.Clear();
        (_floorMs, _floorUntil) = (LeastDelayMs, sample.At + WindowMs);
    }

    private void Fit()
    {
        var floor = _samples[^1].At <= _floorUntil ? _floorMs : double.PositiveInfinity;
        LeastDelayMs = Math.Min(floor, _samples.Min(sample => sample.Delay));
        var ranges = _samples.ConvertAll(sample => (sample.At, Range: RangeOf(sample)));
        var origin = ranges[0];
        double weights = 0, atSum = 0, offsetSum = 0;
        foreach (var (at, range) in ranges)
        {
            var weight = WeightOf(range);
            weights += weight;
            atSum += weight * (at - origin.At);
            offsetSum += weight * (range.Offset - origin.Range.Offset);
        }

        _weights = weights;
        _meanAt = origin.At + atSum / weights;
        _meanOffset = origin.Range.Offset + offsetSum / weights;
        double covariance = 0, variance = DriftPriorWeight;
        foreach (var (at, range) in ranges)
        {
            var weight = WeightOf(range);
            covariance += weight * (at - _meanAt) * (range.Offset - _meanOffset);
            variance += weight * (at - _meanAt) * (at - _meanAt);
        }

        _spread = variance;
        _slope = covariance / variance;
        if (_samples.Count < JudgedFrom)
            return;
        _up = MostQueueing(_up, 1);
        _down = MostQueueing(_down, -1);
    }

    /// <summary>On one way, seen from the estimate; what was seen before the window is forgotten slowly.</summary>
    private double MostQueueing(double before, int sign)
    {
        var most = double.IsPositiveInfinity(before) ? 0 : before * Kept;
        foreach (var sample in _samples)
            most = Math.Max(most, Unusual * (HalfExcess(sample) + sign * (sample.Offset - OffsetAt(sample.At))));
        return most;
    }

    private ClockRange RangeOf(ClockSample sample)
    {
        var half = HalfExcess(sample);
        var from = Math.Max(-half, half - _up);
        var to = Math.Min(half, _down - half);

        // More than is usual on both ways: then that is no measure.
        return from > to ? new ClockRange(sample.Offset, half) : new ClockRange(sample.Offset + (from + to) / 2, (to - from) / 2);
    }

    /// <summary>Queueing shifts a sample by half of what it adds to the delay, at most.</summary>
    private double HalfExcess(ClockSample sample) => Math.Max(0, sample.Delay - LeastDelayMs) / 2;

    private static double WeightOf(ClockRange range) => 1 / ((NoiseMs + range.Half) * (NoiseMs + range.Half));
}
