namespace WhatsSound.Grains;

/// <summary>When what could not be done is tried again: later and later, up to a bound, until something is done.</summary>
/// <param name="grain">Between whose turns.</param>
/// <param name="min">After the first failure.</param>
/// <param name="max">After many.</param>
/// <param name="again">Tries again; waits for nothing.</param>
internal sealed class RetryTimer(IGrainBase grain, TimeSpan min, TimeSpan max, Action again)
{
    private readonly RoomTimer _timer = new(grain, () =>
    {
        again();
        return Task.CompletedTask;
    });

    /// <summary>After the next failure; null: it is the first.</summary>
    private TimeSpan? _delay;

    public bool IsSet => _timer.IsSet;

    public void Clear() => _timer.Clear();

    /// <summary>Tries as soon as it can be.</summary>
    public void Now() => _timer.Set(TimeSpan.Zero);

    /// <summary>It failed: tries after the delay, which grows.</summary>
    public void Later()
    {
        var delay = _delay ?? min;
        _timer.Set(delay);
        _delay = TimeSpan.FromTicks(Math.Min(max.Ticks, 2 * delay.Ticks));
    }

    /// <summary>It was done: the next failure is the first.</summary>
    public void Reset() => _delay = null;
}
