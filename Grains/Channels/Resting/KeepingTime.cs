namespace WhatsSound.Grains.Channels;

/// <summary>When what has changed is written: an interval after the first change that is not, and as long after each try. Pure.</summary>
internal sealed class KeepingTime(long intervalMs)
{
    /// <summary>Null: all is as it was written.</summary>
    public long? DueMs { get; private set; }

    /// <summary>Whether it is to be written now.</summary>
    public bool TakeDue(bool hasChanged, long nowMs)
    {
        DueMs = hasChanged ? DueMs ?? nowMs + intervalMs : null;
        if (DueMs is null || DueMs > nowMs)
            return false;
        DueMs = nowMs + intervalMs;
        return true;
    }
}
