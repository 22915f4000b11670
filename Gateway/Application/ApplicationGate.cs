namespace WhatsSound.Gateway.Application;

/// <summary>
/// Whether the app is asked one kind of call at all: so many at once, of which one caller has a part, and, after so many failures in a row, nobody for a while and then one. Safe from any thread.
/// </summary>
internal sealed class ApplicationGate(ApplicationOptions options, TimeProvider time)
{
    /// <summary>One caller has at most a quarter of what is asked at once, and always one.</summary>
    private const int CallersMin = 4;

    private readonly Lock _gate = new();
    private readonly int _eachMax = Math.Max(1, options.AtOnceMax / CallersMin);

    /// <summary>How many are asked for each caller who has any: no more callers than may be asked at once.</summary>
    private readonly Dictionary<string, int> _callers = [];
    private int _atOnce;
    private int _failures;
    private DateTimeOffset _restUntil;

    /// <summary>True: ask, and say how it went by <see cref="Leave"/>.</summary>
    /// <param name="caller">Who has it asked: one who has their part already is not let in.</param>
    public bool TryEnter(string caller)
    {
        lock (_gate)
        {
            var callers = _callers.GetValueOrDefault(caller);
            if (_atOnce >= options.AtOnceMax || callers >= _eachMax)
                return false;
            if (_failures >= options.FailuresMax)
            {
                if (time.GetUtcNow() < _restUntil)
                    return false;

                // This one finds out; the others wait as long as it may take, and longer.
                _restUntil = time.GetUtcNow() + options.Timeout + options.RestFor;
            }

            _atOnce++;
            _callers[caller] = callers + 1;
            return true;
        }
    }

    /// <summary>Answers whether the app rests from now on.</summary>
    /// <param name="caller">As they entered.</param>
    /// <param name="hasAnswered">Null: nobody knows whether it would have.</param>
    public bool Leave(string caller, bool? hasAnswered)
    {
        lock (_gate)
        {
            _atOnce--;
            if (--_callers[caller] == 0)
                _callers.Remove(caller);
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
