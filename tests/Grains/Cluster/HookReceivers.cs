using System.Text.Json;
using WhatsSound.Grains.Hooks;

namespace WhatsSound.Tests.Grains;

/// <summary>Receivers of webhooks, by their names, that keep what they take, and answer as a test wants.</summary>
internal sealed class HookReceivers : IHookSender
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<JsonElement>> _taken = [];
    private readonly Dictionary<string, int> _requests = [];
    private readonly Dictionary<string, string> _down = [];
    private readonly HashSet<string> _silent = [];
    private readonly List<(Func<bool> IsMet, TaskCompletionSource Met)> _waiting = [];

    /// <summary>The receiver takes nothing, for a reason; null: it does again.</summary>
    public void SetDown(string endpoint, string? reason)
    {
        lock (_gate)
        {
            _down.Remove(endpoint);
            if (reason is not null)
                _down.Add(endpoint, reason);
        }
    }

    /// <summary>The receiver does not answer at all, or does again.</summary>
    public void SetSilent(string endpoint, bool isSilent)
    {
        lock (_gate)
            _ = isSilent ? _silent.Add(endpoint) : _silent.Remove(endpoint);
    }

    /// <summary>What a receiver has taken of a channel, in order.</summary>
    public IReadOnlyList<JsonElement> TakenOf(string endpoint, string channel)
    {
        lock (_gate)
            return [.. _taken.GetValueOrDefault(endpoint, []).Where(one => one.GetProperty("channel").GetString() == channel)];
    }

    /// <summary>How many requests were made to a receiver, taken or not.</summary>
    public int RequestsOf(string endpoint)
    {
        lock (_gate)
            return _requests.GetValueOrDefault(endpoint);
    }

    /// <summary>Ends when it is so, at a request.</summary>
    public Task WhenAsync(Func<bool> isMet)
    {
        lock (_gate)
        {
            if (isMet())
                return Task.CompletedTask;
            var waiting = (isMet, Met: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiting.Add(waiting);
            return waiting.Met.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends when a receiver has so many events of a channel; answers their names.</summary>
    public async Task<IReadOnlyList<string>> UntilAsync(string endpoint, string channel, int count)
    {
        await WhenAsync(() => TakenOf(endpoint, channel).Count >= count);
        return [.. TakenOf(endpoint, channel).Select(static one => one.GetProperty("event").GetString()!)];
    }

    public async Task<string?> SendAsync(HookEndpoint endpoint, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        bool isSilent;
        string? reason;
        lock (_gate)
        {
            _requests[endpoint.Name] = _requests.GetValueOrDefault(endpoint.Name) + 1;
            isSilent = _silent.Contains(endpoint.Name);
            reason = _down.GetValueOrDefault(endpoint.Name);
            if (!isSilent && reason is null)
            {
                using var document = JsonDocument.Parse(body);
                if (!_taken.TryGetValue(endpoint.Name, out var taken))
                    _taken.Add(endpoint.Name, taken = []);
                taken.AddRange(document.RootElement.GetProperty("events").EnumerateArray().Select(static one => one.Clone()));
            }

            foreach (var waiting in _waiting.Where(static waiting => waiting.IsMet()).ToList())
            {
                _waiting.Remove(waiting);
                waiting.Met.SetResult();
            }
        }

        if (isSilent)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return reason;
    }
}
