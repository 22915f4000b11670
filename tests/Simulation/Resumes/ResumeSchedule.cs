using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Users;

namespace WhatsSound.Tests.Simulation.Resumes;

/// <summary>
/// What happens to one client by one seed: it is cut off in the middle of what it gets, misses some or too much, its silos are killed, and it comes back on either gateway, once or twice at a time, before or
/// after the server has noticed.
/// </summary>
internal sealed class ResumeSchedule(ResumeCluster cluster, int seed, ResumeFigures figures)
{
    /// <summary>A silo is killed in one of so many schedules: each kill costs seconds.</summary>
    public const int KillEvery = 20;

    private readonly Random _random = new(seed);
    private readonly PublishedTruth _truth = new();
    private readonly string _user = $"user-{seed}";
    private readonly string[] _channels = [$"all-{seed}", $"some-{seed}"];
    private readonly List<ResumeClient> _connections = [];
    private SessionResumed _key = null!;
    private int _published;
    private int _killAt;
    private bool _isKilled;
    private bool _wasKilled;

    /// <summary>What was wrong; empty: nothing.</summary>
    public List<string> Broken { get; } = [];

    public async Task RunAsync()
    {
        var client = await BeginAsync();
        _killAt = seed % KillEvery == 0 ? _random.Next(1, 3) : 0;
        for (var cuts = Math.Max(_killAt, _random.Next(1, 4)); cuts > 0; cuts--)
            client = await CutAndResumeAsync(client);
        foreach (var channel in _channels)
            await ArriveAsync(client, channel);
        foreach (var connection in _connections)
        {
            Broken.AddRange(connection.Broken);
            Broken.AddRange(connection.Views.Select(view => view.Judge(_truth)).OfType<string>());
            await connection.EndAsync();
        }
    }

    private async Task<ResumeClient> BeginAsync()
    {
        await PublishSomeAsync(3);
        var client = await ConnectAsync([new ClientView(_channels[0], []), new ClientView(_channels[1], ["wanted"])]);
        await SubscribeAsync(client, client.Views);
        await OfferAsync(client);
        await PublishSomeAsync(4);
        return client;
    }

    private async Task OfferAsync(ResumeClient client)
    {
        var reply = await AskAsync(client, "Resume", new { });
        _key = reply.Value as SessionResumed ?? throw new InvalidOperationException($"A session could not be made one that can be resumed: {reply.Refusal?.Code}");
    }

    private async Task<ResumeClient> CutAndResumeAsync(ResumeClient client)
    {
        _isKilled = false;
        client.CutAfter(_random.Next(6));
        await PublishSomeAsync(_random.Next(100) < 20 ? 3 * ResumeCluster.HistoryCount : 5);
        if (--_killAt == 0)
            await KillAsync(_random.Next(2) == 0 ? cluster.Client.GetChannel(_channels[_random.Next(2)]) : cluster.Client.GetGrain<IUserGrain>(UserId.KeyOf(_user)));
        client.CutAfter(0);

        var noticing = _random.Next(3) switch
        {
            0 => Task.CompletedTask,
            1 => client.EndAsync(),
            _ => NoticeLaterAsync(client),
        };
        var publishing = PublishSomeAsync(6);
        var views = client.Views;
        var isTwice = _random.Next(100) < 30;
        var resuming = isTwice ? await Task.WhenAll(ResumeAsync(views), ResumeAsync(views)) : [await ResumeAsync(views)];
        await Task.WhenAll(noticing, publishing);
        return await GoOnAsync(resuming, views);
    }

    /// <summary>While its client is on its way back.</summary>
    private static async Task NoticeLaterAsync(ResumeClient client)
    {
        await Task.Yield();
        await client.EndAsync();
    }

    /// <summary>Goes on with the connection that has the session; one that has lost the race was told so.</summary>
    private async Task<ResumeClient> GoOnAsync(IReadOnlyList<(ResumeClient Client, Reply Reply)> resuming, IReadOnlyCollection<ClientView> views)
    {
        var won = resuming.Where(static one => one.Reply.Refusal is null).ToList();
        foreach (var (loser, reply) in resuming.Where(static one => one.Reply.Refusal is not null))
        {
            figures.Refused++;
            if (loser.Closed is null && reply.Refusal!.Code is not RefusalCode.SessionNotFound)
                Broken.Add($"refused as {reply.Refusal!.Code}");
        }

        if (won.Count == 0)
        {
            figures.NotFound++;
            if (!_isKilled)
                Broken.Add("nobody got a session that was there");
            var fresh = await ConnectAsync(views);
            await SubscribeAsync(fresh, views);
            await OfferAsync(fresh);
            return fresh;
        }

        var open = won.Where(static one => one.Client.Closed is null).ToList();
        if (open.Count != 1)
            Broken.Add($"{open.Count} connections have the session");
        if (won.Count == 2)
            figures.TakenOver++;
        var (client, resumed) = open.Count > 0 ? open[0] : won[0];
        figures.Resumed++;
        var answer = (SessionResumed)resumed.Value!;
        foreach (var recovery in answer.Channels)
            figures.Count(recovery.Verdict);
        if (!_isKilled && !answer.Refused.IsEmpty)
            Broken.Add($"refused: {string.Join(',', answer.Refused)}");
        await SubscribeAsync(client, [.. client.Views.Where(view => answer.Refused.Any(refused => refused.Channel == view.Channel))]);
        return client;
    }

    private async Task<(ResumeClient Client, Reply Reply)> ResumeAsync(IReadOnlyCollection<ClientView> views)
    {
        var client = await ConnectAsync(views);
        var positions = views.Where(static view => view.At is not null).ToDictionary(static view => view.Channel, static view => FieldsOf(view.At!.Value), StringComparer.Ordinal);
        return (client, await AskAsync(client, "Resume", new { sessionId = _key.SessionId, key = _key.Key, positions }));
    }

    private async Task SubscribeAsync(ResumeClient client, IReadOnlyCollection<ClientView> views)
    {
        foreach (var view in views)
        {
            var reply = await AskAsync(client, "Subscribe", new { channel = view.Channel, since = view.At is { } at ? FieldsOf(at) : null, events = view.Events });
            if (reply.Refusal is { } refusal)
                throw new InvalidOperationException($"Subscribe was refused: {refusal.Code}");
        }
    }

    /// <summary>Again, while the answer is that it may be asked again.</summary>
    private static Task<Reply> AskAsync(ResumeClient client, string request, object fields) => ResumeCluster.RetryAsync(async () =>
    {
        var reply = await client.AskAsync(request, fields);
        return reply.Refusal is { Retryable: true } refusal ? throw new TimeoutException(refusal.Code) : reply;
    });

    /// <summary>What is acknowledged arrives, without anything else being published; or, where a silo that was killed took the numbering along, the client is told of the new one.</summary>
    private async Task ArriveAsync(ResumeClient client, string channel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var published = await PublishAsync(channel, "wanted");
        var hasArrived = await client.HasArrivedAsync(channel, published);
        if (!hasArrived && _wasKilled && await cluster.HeadOfAsync(channel) is var head && head.Epoch != published.Epoch)
            hasArrived = await client.HasArrivedAsync(channel, head);
        figures.Arrived(TimeProvider.System.GetElapsedTime(begun));
        if (!hasArrived)
            Broken.Add($"{channel}: {published} does not arrive at {client.Views.Single(view => view.Channel == channel).At}; closed as {client.Closed}");
    }

    private async Task<ResumeClient> ConnectAsync(IEnumerable<ClientView> views)
    {
        var gateway = cluster.Gateways[Next(cluster.Gateways.Count)];
        var client = await ResumeClient.ConnectAsync(gateway, _user, views.Select(static view => view.Copy()));
        lock (_connections)
            _connections.Add(client);
        return client;
    }

    private async Task PublishSomeAsync(int max)
    {
        for (var count = Next(max + 1); count > 0; count--)
            await PublishAsync(_channels[Next(2)], Next(2) == 0 ? "wanted" : "other");
    }

    private async Task<Position> PublishAsync(string channel, string name)
    {
        var id = $"{Interlocked.Increment(ref _published)}";
        var position = await cluster.PublishAsync(channel, id, name);
        _truth.Add(channel, position, id, name);
        return position;
    }

    private async Task KillAsync(IAddressable grain)
    {
        _isKilled = _wasKilled = true;
        await cluster.KillSiloOfAsync(grain);
    }

    private static object FieldsOf(Position position) => new { epoch = position.Epoch, offset = position.Offset };

    private int Next(int below)
    {
        lock (_random)
            return _random.Next(below);
    }
}
