using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>A channel: publications in order, each once, over any number of connections; and who is there. Safe for all threads.</summary>
public sealed class Channel : ISubscriptionOwner
{
    private readonly Ground _ground;
    private readonly Sequence _publishing = new();
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
    /// <param name="name">What it is: 1 to 64 characters.</param>
    /// <param name="data">JSON of any shape.</param>
    /// <param name="options">Its id and key.</param>
    /// <param name="cancellationToken">Gives up; the outcome may then be either.</param>
    public Task<Answer<Published>> PublishAsync(string name, JsonElement data, PublishOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new PublishRequest(Name, options?.Id ?? Ids.New(), name, data, options?.Key);
        return _ground.Turns.AskAsync(() => _publishing.RunAsync(() => _ground.SendAsync("Publish", request, ClientJson.Default.Published, asked: cancellationToken)));
    }

    /// <inheritdoc cref="PublishAsync(string, JsonElement, PublishOptions?, CancellationToken)"/>
    public Task<Answer<Published>> PublishAsync<T>(
        string name, T data, JsonTypeInfo<T> type, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        PublishAsync(name, JsonSerializer.SerializeToElement(data, type), options, cancellationToken);

    void ISubscriptionOwner.OnPublications(IReadOnlyList<Publication> publications)
    {
        var epoch = Position!.Epoch;
        foreach (var publication in publications)
        {
            Presence.OnPublication(publication, epoch);
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

    private async Task<bool> DetachAsync(CancellationToken asked)
    {
        if (_subscription is null)
            return true;
        _subscription.End();
        if (_ground.Closed.IsCancellationRequested)
            return true;
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

        return true;
    }
}
