namespace WhatsSound.Embedded.Runtime;

/// <summary>How long ago an activation was last used.</summary>
internal sealed class IdleClock(TimeProvider time)
{
    private long lastUse = time.GetTimestamp();
    private DateTimeOffset keepUntil = DateTimeOffset.MinValue;

    public void Touch() => lastUse = time.GetTimestamp();

    public void KeepFor(TimeSpan span)
        => keepUntil = span <= TimeSpan.Zero ? DateTimeOffset.MinValue
            : span >= DateTimeOffset.MaxValue - time.GetUtcNow() ? DateTimeOffset.MaxValue
            : time.GetUtcNow() + span;

    public bool HasPassed(TimeSpan age) => time.GetElapsedTime(lastUse) >= age && time.GetUtcNow() >= keepUntil;
}
