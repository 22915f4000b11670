using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>Somebody who publishes to a channel one after another, each again under its id until it is acknowledged.</summary>
internal sealed class Talk(HubClient speaker, string channel)
{
    private readonly Lock _gate = new();
    private readonly List<(string Epoch, long Offset)> _acknowledged = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public string Channel => channel;

    /// <summary>How often something had to be said again.</summary>
    public int Retries { get; private set; }

    /// <summary>The positions that were answered, in the order of the publications.</summary>
    public IReadOnlyList<(string Epoch, long Offset)> Acknowledged
    {
        get
        {
            lock (_gate)
                return [.. _acknowledged];
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        for (var number = 1; !stopping.IsCancellationRequested; number++)
        {
            var request = new { channel, id = $"p{number}", @event = "said", data = number };
            var answer = await speaker.CallAsync("Publish", request);
            for (; !answer.GetProperty("ok").GetBoolean(); answer = await speaker.CallAsync("Publish", request))
            {
                Assert.True(answer.GetProperty("error").GetProperty("retryable").GetBoolean(), answer.ToString());
                Retries++;
            }

            var position = answer.GetProperty("result").GetProperty("position");
            Take((position.GetProperty("epoch").GetString()!, position.GetProperty("offset").GetInt64()));
        }
    }

    /// <summary>Done when that many are acknowledged.</summary>
    public Task UntilAsync(int count)
    {
        lock (_gate)
        {
            if (_acknowledged.Count >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task;
        }
    }

    private void Take((string Epoch, long Offset) position)
    {
        lock (_gate)
        {
            _acknowledged.Add(position);
            foreach (var waiting in _waiting.Where(waiting => waiting.Count <= _acknowledged.Count).ToList())
            {
                _waiting.Remove(waiting);
                waiting.Reached.SetResult();
            }
        }
    }
}
