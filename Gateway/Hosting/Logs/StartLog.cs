namespace WhatsSound.Gateway.Hosting.Logs;

/// <summary>
/// While the program starts, what goes wrong is held back: if it cannot start for a reason that a sentence tells, host, web server and silo would each tell it
/// again with a stack trace. Once it has started, or failed for another reason, what is held is written after all. Bounded: 64 lines.
/// </summary>
internal sealed class StartLog
{
    private const int HeldMax = 64;

    private readonly Lock _gate = new();
    private readonly List<string> _held = [];
    private bool _hasEnded;

    /// <summary>Whether the program is still starting.</summary>
    public bool IsStarting => !Volatile.Read(ref _hasEnded);

    /// <summary>False: the start is over, and the line is to be written.</summary>
    public bool TryHold(string line)
    {
        lock (_gate)
        {
            if (_hasEnded)
                return false;
            if (_held.Count < HeldMax)
                _held.Add(line);
            return true;
        }
    }

    /// <summary>The program has started; answers what was held.</summary>
    public IReadOnlyList<string> End()
    {
        Volatile.Write(ref _hasEnded, true);
        return TakeHeld();
    }

    /// <summary>Answers what was held, once.</summary>
    public IReadOnlyList<string> TakeHeld()
    {
        lock (_gate)
        {
            string[] held = [.. _held];
            _held.Clear();
            return held;
        }
    }
}
