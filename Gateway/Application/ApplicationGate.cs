namespace WhatsSound.Gateway.Application;

/// <summary>Whether the app is asked at all: so many at once, and, after so many failures in a row, nobody for a while and then one. Safe from any thread.</summary>
internal sealed class ApplicationGate(ApplicationOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private int _atOnce;
    private int _failures;
    private DateTimeOffset _restUntil;

    /// <summary>True: ask, and say how it went by <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_atOnce >= options.AtOnceMax)
                return false;
            if (_failures >= options.FailuresMax)
            {
                if (time.GetUtcNow() < _restUntil)
                    return false;

                // This one finds out; the others wait as long as it may take, and longer.
                _restUntil = time.GetUtcNow() + options.Timeout + options.RestFor;
            }

            _atOnce++;
            return true;
        }
    }

    /// <summary>Answers whether the app rests from now on.</summary>
    /// <param name="hasAnswered">Null: nobody knows whether it would have.</param>
    public bool Leave(bool? hasAnswered)
    {
        lock (_gate)
        {
            _atOnce--;
            if (hasAnswered is null)
                return false;
            if (hasAnswered is true)
            {
                _failures = 0;
                return false;
            }

            if (++_failures < options.FailuresMax)
                return false;
            _restUntil = time.GetUtcNow() + options.RestFor;
            return _failures == options.FailuresMax;
        }
    }
}
