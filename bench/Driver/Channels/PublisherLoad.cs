using System.Globalization;
using System.Text;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Channels;

/// <summary>What the publishers of one measurement publish, and what was answered. Answers come on the one thread that polls the sockets.</summary>
internal sealed class PublisherLoad(int bytes)
{
    private readonly string _run = Guid.NewGuid().ToString("n")[..8];
    private readonly string _data = $"\"{new string('x', bytes - 2)}\"";
    private List<int> _latencyUs = [];
    private int _number;
    private int _inFlight;
    private int _left;
    private volatile bool _isRunning;

    /// <summary>The channel of a publication by its number.</summary>
    public Func<int, string> Channel { get; set; } = static _ => "";

    public string? FirstRefusal { get; private set; }

    /// <summary>Answered since <see cref="Begin"/>.</summary>
    public int Answered => Volatile.Read(ref _answered);

    private int _answered;

    /// <summary>So many publishers begin, to publish until <see cref="End"/>, or <paramref name="count"/> publications in all.</summary>
    public void Begin(int publishers, int count = int.MaxValue)
    {
        _latencyUs = [];
        _answered = 0;
        _left = count - publishers;
        _inFlight = publishers;
        _isRunning = true;
    }

    /// <summary>One more is made, of a load that began without any.</summary>
    public void Sending() => Interlocked.Increment(ref _inFlight);

    /// <summary>No further publication.</summary>
    public void End() => _isRunning = false;

    /// <summary>Whether every publication that was sent is answered.</summary>
    public bool IsQuiet => Volatile.Read(ref _inFlight) == 0;

    /// <summary>The time to each answer, in microseconds. Only when it is quiet.</summary>
    public IReadOnlyList<int> LatencyUs => _latencyUs;

    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"{_run}-{Interlocked.Increment(ref _number)}");

    public string Invocation(string id)
    {
        var number = int.Parse(id.AsSpan(_run.Length + 1), CultureInfo.InvariantCulture);
        return HubCalls.Invocation(id, "Publish", $"{{\"channel\":\"{Channel(number)}\",\"id\":\"{id}\",\"event\":\"message\",\"data\":{_data}}}");
    }

    /// <summary>Notes an answer. Whether its publisher goes on.</summary>
    public bool TakeAnswer(ReadOnlySpan<byte> text, int latencyUs)
    {
        if (text.IndexOf("\"ok\":true"u8) >= 0)
            _latencyUs.Add(latencyUs);
        else
            FirstRefusal ??= Encoding.UTF8.GetString(text);
        Volatile.Write(ref _answered, _answered + 1);
        if (_isRunning && _left-- > 0)
            return true;
        Interlocked.Decrement(ref _inFlight);
        return false;
    }
}
