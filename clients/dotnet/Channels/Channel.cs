using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>A channel: publications in order, each once, over any number of connections; and who is there. Safe for all threads.</summary>
public sealed class Channel : ISubscriptionOwner
{
    private readonly Ground _ground;
    private readonly Sequence _publishing = new();
    private readonly RecentIds _own = new();
    private CancellationTokenSource _detaching = new();
    private Subscription? _subscription;
    private Position? _left;

    internal Channel(string name, Ground ground)
    {
        (Name, _ground) = (name, ground);
        Presence = new ChannelPresence(name, ground, () => _subscription);
    }

    /// <summary>Each publication comes once, in order.</summary>
    public event Action<Publication>? Published;

    /// <summary>How the channel began or went on. <c>Live</c> and <c>Lost</c> come before the publications that follow, <c>Recovered</c> after those that were missed.</summary>
    public event Action<ChannelVerdict>? Attached;

    /// <summary>The channel cannot be attached again; it is no longer subscribed.</summary>
    public event Action<Refusal>? Ended;

    /// <summary>How many are there now, at most once in 2 s: where it is subscribed with <see cref="SubscribeOptions.Occupancy"/>.</summary>
    public event Action<Occupancy>? OccupancyChanged;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Who is there.</summary>
    public ChannelPresence Presence { get; }

    /// <summary>Where this client is in the channel; kept after unsubscribing, to go on from. Null before the first answer.</summary>
    public Position? Position => _subscription?.Position ?? _left;

    /// <summary>Whether the channel is wanted, attached at the moment or not.</summary>
    public bool IsSubscribed => _subscription is not null;

    /// <summary>
    /// Subscribes until <see cref="UnsubscribeAsync"/>, over reconnects too. Done when attached; a second call shares the subscription and has no options of its own.
    /// Cancelling gives up the wait and not the subscription. Refused where that is final, with <c>TIMEOUT</c> after 60 s, or with <c>LEFT</c>; then the channel is not subscribed.
    /// A channel beneath a room that is being joined is attached behind that, here and after each reconnect; one beneath a room that was left has ended with <c>NOT_MEMBER</c>.
    /// </summary>
    public Task<Answer<ChannelVerdict>> SubscribeAsync(SubscribeOptions? options = null, CancellationToken cancellationToken = default) => _ground.Turns.AskAsync(() =>
    {
        _ground.ThrowIfClosed();
        if (_subscription is not null && options is not null)
            throw Refusals.AlreadySubscribed();
        _detaching.Cancel();
        _subscription ??= new Subscription(Name, options ?? new(), _ground, this);
        return _subscription.Attached.WaitAsync(cancellationToken);
    });

    /// <summary>Nothing is delivered any more, and this client is no longer present. Null, or why the server refused.</summary>
    public async Task<Refusal?> UnsubscribeAsync(CancellationToken cancellationToken = default) =>
        (await _ground.Turns.AskAsync(() => DetachAsync(cancellationToken)).ConfigureAwait(false)).Refusal;

    /// <summary>
    /// Publishes, whether subscribed or not. Done once the channel's promise is kept, with the place of the publication. Publications of a channel go out one after the
    /// other, 1,000 waiting at most; one that got no answer is sent again with the same id, for 60 s at most.
    /// </summary>
    /// <param name="name">What it is: up to 64 characters, or null.</param>
    /// <param name="data">JSON of any shape, and not null: refused with <c>BAD_REQUEST</c> and the detail <c>data</c>.</param>
    /// <param name="options">Its id, key, headers and extras.</param>
    /// <param name="cancellationToken">Gives up; the outcome may then be either.</param>
    public Task<Answer<Published>> PublishAsync(string? name, JsonElement data, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(name, data, encoding: null, options, cancellationToken);

    /// <inheritdoc cref="PublishAsync(string?, JsonElement, PublishOptions?, CancellationToken)"/>
    public Task<Answer<Published>> PublishAsync<T>(
        string? name, T data, JsonTypeInfo<T> type, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        TrySerialize(data, type, out var json, out var refused)
            ? PublishAsync(name, json, options, cancellationToken)
            : Task.FromResult(new Answer<Published>(refused.Refusal));

    /// <summary>Publishes text, which is delivered as the text that it is: see <see cref="Publication.ReadText"/>.</summary>
    /// <inheritdoc cref="PublishAsync(string?, JsonElement, PublishOptions?, CancellationToken)"/>
    public Task<Answer<Published>> PublishTextAsync(string? name, string data, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(name, JsonSerializer.SerializeToElement(data, ClientJson.Default.String), Publication.TextEncoding, options, cancellationToken);

    /// <summary>Publishes bytes: see <see cref="Publication.ReadBytes"/>.</summary>
    /// <inheritdoc cref="PublishAsync(string?, JsonElement, PublishOptions?, CancellationToken)"/>
    public Task<Answer<Published>> PublishBytesAsync(
        string? name, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(name, JsonSerializer.SerializeToElement(Convert.ToBase64String(data.Span), ClientJson.Default.String), Publication.BytesEncoding, options, cancellationToken);

    /// <summary>
    /// Reads a page of what was published before, in its order, whether subscribed or not: the newest within the bounds that are given, or the oldest. Nothing of it is told as <see cref="Published"/>.
    /// With <see cref="HistoryOptions.Before"/> one more than the offset of the position that <see cref="SubscribeAsync"/> answered, it is what comes before what is told.
    /// </summary>
    /// <param name="options">Which page; null: the newest 100.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Answer<HistoryPage>> HistoryAsync(HistoryOptions? options = null, CancellationToken cancellationToken = default) => _ground.Turns.AskAsync(
        () => _ground.SendAsync("GetHistory", (options ?? new()).RequestOf(Name), ClientJson.Default.HistoryPage, asked: cancellationToken));

    /// <summary>
    /// Reads page after page until there is none, or one is refused. Where the channel begins to number anew between two, the last one is empty, and not complete.
    /// </summary>
    /// <inheritdoc cref="HistoryAsync"/>
    public async IAsyncEnumerable<Answer<HistoryPage>> HistoryPagesAsync(
        HistoryOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? epoch = null;
        for (var wanted = options ?? new(); ;)
        {
            var answer = await HistoryAsync(wanted, cancellationToken).ConfigureAwait(false);
            var isGone = !answer.IsRefused && epoch is not null && epoch != answer.Value.Position.Epoch;
            yield return isGone ? new(answer.Value with { Publications = [], Next = null, IsComplete = false }) : answer;
            if (isGone || answer.IsRefused || answer.Value.Next is not { } next)
                yield break;
            epoch = answer.Value.Position.Epoch;
            wanted = wanted.IsForward ? wanted with { After = next } : wanted with { Before = next };
        }
    }

    /// <summary>Asks how many are there, whether subscribed or not.</summary>
    public Task<Answer<Occupancy>> GetOccupancyAsync(CancellationToken cancellationToken = default) =>
        _ground.Turns.AskAsync(() => _ground.SendAsync("GetOccupancy", new ChannelRequest(Name), ClientJson.Default.Occupancy, asked: cancellationToken));

    internal void OnOccupancy(Occupancy occupancy)
    {
        if (_subscription is not null)
            OccupancyChanged.Tell(occupancy, _ground.Fail);
    }

    void ISubscriptionOwner.OnPublications(IReadOnlyList<Publication> publications)
    {
        var epoch = Position!.Epoch;
        foreach (var publication in publications)
        {
            Presence.OnPublication(publication, epoch);
            if (IsWanted(publication))
                Published.Tell(publication, _ground.Fail);
        }
    }

    void ISubscriptionOwner.OnVerdict(ChannelVerdict verdict)
    {
        if (verdict.Verdict != Verdict.Recovered)
            Presence.OnBegun();
        Attached.Tell(verdict, _ground.Fail);
    }

    void ISubscriptionOwner.OnRenewed() => Presence.OnRenewed();

    void ISubscriptionOwner.OnEnded(Subscription subscription, Refusal? refusal)
    {
        if (_subscription != subscription)
            return;
        _left = subscription.Position ?? _left;
        _subscription = null;
        Presence.OnEnded();
        if (refusal is not null)
            Ended.Tell(refusal, _ground.Fail);
    }

    /// <summary>What cannot be said in JSON, as a cycle or NaN, is refused as the server refuses bad input.</summary>
    private static bool TrySerialize<T>(T data, JsonTypeInfo<T> type, out JsonElement json, [NotNullWhen(false)] out RefusedException? refused)
    {
        try
        {
            (json, refused) = (JsonSerializer.SerializeToElement(data, type), null);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or NotSupportedException)
        {
            (json, refused) = (default, Refusals.BadField("data", exception.Message));
            return false;
        }
    }

    private Task<Answer<Published>> SendAsync(string? name, JsonElement data, string? encoding, PublishOptions? options, CancellationToken asked)
    {
        if (data.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return Task.FromResult(new Answer<Published>(Refusals.BadField("data", "`data` must not be null.").Refusal));
        var request = new PublishRequest(Name, options?.Id ?? Ids.New(), name, data, encoding, options?.Key, options?.Headers, options?.Extras);
        return _ground.Turns.AskAsync(() =>
        {
            _own.Add(request.Id);
            return _ground.SendAsync(_publishing, "Publish", request, ClientJson.Default.Published, asked: asked);
        });
    }

    /// <summary>The server leaves out what comes from this connection; what an earlier one published is told here by its id.</summary>
    private bool IsWanted(Publication publication) => _subscription?.Options is not { } wanted
        || ((wanted.Echo || !_own.Contains(publication.Id))
            && (wanted.Events is not { Count: > 0 } events || events.Contains(publication.Event, StringComparer.Ordinal)));

    private async Task<bool> DetachAsync(CancellationToken asked)
    {
        if (_subscription is null)
            return true;
        _subscription.End();
        if (!_ground.Closed.IsCancellationRequested)
            await SendUnsubscribeAsync(asked);
        return true;
    }

    private async Task SendUnsubscribeAsync(CancellationToken asked)
    {
        using var detaching = new CancellationTokenSource();
        _detaching = detaching;
        try
        {
            await _ground.SendAsync("Unsubscribe", new ChannelRequest(Name), ClientJson.Default.Object, detaching.Token, asked);
        }
        catch (RefusedException exception) when (exception.Refusal.Code is "NOT_SUBSCRIBED" or "FORBIDDEN" or RefusalCodes.Left)
        {
            // It was not attached, or belongs to a room that this connection is in and comes with it, or was subscribed again.
        }
        finally
        {
            if (_detaching == detaching)
                _detaching = new();
        }
    }
}
