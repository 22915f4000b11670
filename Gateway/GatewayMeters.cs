using System.Diagnostics.Metrics;

namespace WhatsSound.Gateway;

/// <summary>What the gateway counts; meter <c>WhatsSound.Gateway</c>.</summary>
internal sealed class GatewayMeters
{
    public const string Name = "WhatsSound.Gateway";

    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _conflated;
    private readonly Counter<long> _slowConsumers;
    private readonly Counter<long> _repairs;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _resumed;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _refusals;
    private int _connections;
    private int _feeds;

    public GatewayMeters(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        // Observed, not told in steps: whoever begins to listen sees how many there are.
        meter.CreateObservableUpDownCounter("whatssound.gateway.connections", () => Volatile.Read(ref _connections), "{connection}", "Open connections");
        meter.CreateObservableUpDownCounter("whatssound.gateway.feeds", () => Volatile.Read(ref _feeds), "{feed}", "Channels this gateway is subscribed to");
        _deliveries = meter.CreateCounter<long>("whatssound.gateway.deliveries", "{message}", "Messages handed to outboxes");
        _conflated = meter.CreateCounter<long>("whatssound.gateway.outbox.conflated", "{message}", "Messages replaced before they were sent");
        _slowConsumers = meter.CreateCounter<long>("whatssound.gateway.outbox.closed", "{connection}", "Connections closed because their outbox was full");
        _repairs = meter.CreateCounter<long>("whatssound.gateway.repairs", "{repair}", "Gaps read from the channel, by verdict");
        _parked = meter.CreateCounter<long>("whatssound.gateway.sessions.parked", "{session}", "Sessions kept when their connections were lost");
        _resumed = meter.CreateCounter<long>("whatssound.gateway.sessions.resumed", "{session}", "Sessions asked for by clients that came back, by where they were found");
        _requests = meter.CreateCounter<long>("whatssound.gateway.requests", "{request}", "Requests, by name and door");
        _refusals = meter.CreateCounter<long>("whatssound.gateway.refusals", "{answer}", "Refused requests, by code and door");
    }

    public void ConnectionOpened() => Interlocked.Increment(ref _connections);

    public void ConnectionClosed() => Interlocked.Decrement(ref _connections);

    public void FeedOpened() => Interlocked.Increment(ref _feeds);

    public void FeedClosed() => Interlocked.Decrement(ref _feeds);

    public void Delivered(int sessions) => _deliveries.Add(sessions);

    public void Conflated() => _conflated.Add(1);

    public void SlowConsumerClosed() => _slowConsumers.Add(1);

    public void Repaired(Channels.Verdict verdict) => _repairs.Add(1, new KeyValuePair<string, object?>("verdict", verdict));

    public void Parked() => _parked.Add(1);

    public void Resumed(Sessions.SessionPlace place) => _resumed.Add(1, new KeyValuePair<string, object?>("place", place));

    public void Requested(string door, string request) =>
        _requests.Add(1, new KeyValuePair<string, object?>("door", door), new KeyValuePair<string, object?>("request", request));

    public void Refused(string door, string code) =>
        _refusals.Add(1, new KeyValuePair<string, object?>("door", door), new KeyValuePair<string, object?>("code", code));
}
