using System.Collections.Immutable;
using System.Text.Json;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>
/// A client of some door, that does only what it is told, and keeps what reaches it in the order in which it came. A door's own subclass turns requests into
/// bytes and bytes into arrivals.
/// </summary>
internal abstract class DoorClient : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private ImmutableList<Arrival> _arrivals = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _stall;
    private Task _reading = Task.CompletedTask;
    private bool _hasEnded;

    /// <summary>What ended it, where nobody said so.</summary>
    private Exception? _cut;

    private long _requestsMade;

    /// <summary>Everything that came so far.</summary>
    public ImmutableList<Arrival> Arrivals => Volatile.Read(ref _arrivals);

    public IEnumerable<Arrival.Frame> FramesOf(string channel) => Arrivals.OfType<Arrival.Frame>().Where(frame => frame.Channel == channel);

    public IEnumerable<long> OffsetsOf(string channel) => FramesOf(channel).SelectMany(static frame => frame.Offsets);

    /// <summary>Done when the connection has ended, from either side.</summary>
    public Task Ended => _reading;

    /// <summary>Sends a request, and answers its number.</summary>
    public async Task<long> SendAsync(string request, object fields)
    {
        var number = Interlocked.Increment(ref _requestsMade);
        await SendBytesAsync(BytesOf(number, request, JsonSerializer.Serialize(fields)));
        return number;
    }

    /// <summary>As <see cref="SendAsync"/>, but with other bytes in the place of a text.</summary>
    public async Task<long> SendWithAsync(string request, object fields, string text, byte[] instead)
    {
        var number = Interlocked.Increment(ref _requestsMade);
        var bytes = BytesOf(number, request, JsonSerializer.Serialize(fields));
        var start = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text));
        instead.CopyTo(bytes, start);
        await SendBytesAsync(bytes);
        return number;
    }

    /// <summary>The answer to a request.</summary>
    public async Task<Arrival.Answer> AnswerAsync(long request) =>
        (Arrival.Answer)await ArrivalAsync(arrival => arrival is Arrival.Answer answer && answer.Request == request);

    public async Task<Arrival.Answer> CallAsync(string request, object fields) => await AnswerAsync(await SendAsync(request, fields));

    /// <summary>As <see cref="CallAsync"/>; fails the test if refused.</summary>
    public async Task<Arrival.Answer> DoAsync(string request, object fields)
    {
        var answer = await CallAsync(request, fields);
        Assert.True(answer.Code.Length == 0, $"{request} was refused: {answer.Code}");
        return answer;
    }

    /// <summary>As <see cref="CallAsync"/>; only the code matters.</summary>
    public async Task<string> CodeAsync(string request, object fields) => (await CallAsync(request, fields)).Code;

    /// <summary>The first arrival of a kind, now or later.</summary>
    public async Task<Arrival> ArrivalAsync(Func<Arrival, bool> isMeant) => (await CountAsync(isMeant, 1))[0];

    /// <summary>The first so many arrivals of a kind, now or later.</summary>
    public async Task<IReadOnlyList<Arrival>> CountAsync(Func<Arrival, bool> isMeant, int count)
    {
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                arrived = _arrived.Task;
                if (_arrivals.Where(isMeant).Take(count).ToList() is { } found && found.Count == count)
                    return found;
                if (_hasEnded)
                    throw new InvalidOperationException($"The connection has ended; last came {_arrivals.LastOrDefault()}.", _cut);
            }

            await arrived;
        }
    }

    /// <summary>Waits until a channel was delivered up to an offset, or said to be lost up to there.</summary>
    public Task DeliveredAsync(string channel, long offset) => ArrivalAsync(arrival => arrival switch
    {
        Arrival.Frame frame => frame.Channel == channel && frame.HeadOffset >= offset,
        Arrival.Lost lost => lost.Channel == channel && lost.To >= offset,
        _ => false,
    });

    /// <summary>Reads nothing more from now on, but for what is being read.</summary>
    public void StopReading() => Volatile.Write(ref _stall, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void GoOnReading() => Interlocked.Exchange(ref _stall, null)?.SetResult();

    /// <summary>Sends one message as it is, whatever is in it.</summary>
    public abstract Task SendBytesAsync(byte[] bytes);

    /// <summary>Says, in the door's protocol, that it goes and does not come back.</summary>
    public abstract Task SayGoodbyeAsync();

    /// <summary>Ends the connection without a word, as a pulled cable does.</summary>
    public abstract void Kill();

    public async ValueTask DisposeAsync()
    {
        GoOnReading();
        Kill();
        await _reading;
        GC.SuppressFinalize(this);
    }

    /// <summary>A request in the door's protocol.</summary>
    /// <param name="number">By which the answer is known.</param>
    /// <param name="request">What is asked for, by its name in docs/protocol.md.</param>
    /// <param name="fields">Its fields, a JSON object.</param>
    protected abstract byte[] BytesOf(long number, string request, string fields);

    /// <summary>What comes next; empty, where it was nothing that counts; null at the end.</summary>
    protected abstract Task<IReadOnlyList<Arrival>?> ReadAsync();

    protected void StartReading() => _reading = ReadAllAsync();

    private async Task ReadAllAsync()
    {
        try
        {
            while (await ReadAsync() is { } arrivals)
            {
                Add(arrivals, hasEnded: false);
                if (Volatile.Read(ref _stall) is { } stall)
                    await stall.Task;
            }
        }
        catch (Exception exception) when (exception is System.Net.WebSockets.WebSocketException or IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // An end too.
            _cut = exception;
        }

        Add([], hasEnded: true);
    }

    private void Add(IReadOnlyList<Arrival> arrivals, bool hasEnded)
    {
        TaskCompletionSource arrived;
        lock (_gate)
        {
            _arrivals = _arrivals.AddRange(arrivals);
            _hasEnded |= hasEnded;
            arrived = _arrived;
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        arrived.SetResult();
    }
}
