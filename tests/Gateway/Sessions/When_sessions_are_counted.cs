using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>How many sessions were kept, and where those were found that clients came back for.</summary>
public sealed class When_sessions_are_counted : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counted = new(StringComparer.Ordinal);

    public When_sessions_are_counted()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == _gateway.MeterFactory)
                self.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        _listener.Start();
    }

    private FakeUser User => _gateway.Cluster.User("ada");

    [Fact]
    public async Task Should_count_one_that_is_parked_and_found_again()
    {
        var key = await OfferAsync();
        Assert.Equal((0, 0), (Parked, Resumed(SessionPlace.Parked)));

        await _gateway.Parking.EndAsync(key.Session);
        Assert.Equal((1, 0), (Parked, Resumed(SessionPlace.Parked)));
        User.Found = new() { Parked = User.Parked.Single() };
        await ResumeAsync(key.Key);

        Assert.Equal((1, 1, 0, 0), (Parked, Resumed(SessionPlace.Parked), Resumed(SessionPlace.Held), Resumed(SessionPlace.Nowhere)));
    }

    [Fact]
    public async Task Should_count_one_that_is_taken_from_a_connection_whose_end_nobody_has_noticed()
    {
        var key = await OfferAsync();
        User.Found = new() { Holder = _gateway.Parking };

        await ResumeAsync(key.Key);
        await _gateway.Parking.EndAsync(key.Session);

        Assert.Equal((0, 0, 1, 0), (Parked, Resumed(SessionPlace.Parked), Resumed(SessionPlace.Held), Resumed(SessionPlace.Nowhere)));
    }

    [Fact]
    public async Task Should_count_one_that_has_waited_too_long_as_found_nowhere()
    {
        var key = await OfferAsync();
        await _gateway.Parking.EndAsync(key.Session);
        User.Found = new();

        var answer = await _gateway.Resume.ResumeAsync(_gateway.Connect().Session, key.Key.SessionId, key.Key.Key, Nothing);

        Assert.Equal(RefusalCode.SessionNotFound, answer.Refusal?.Code);
        Assert.Equal((1, 0, 0, 1), (Parked, Resumed(SessionPlace.Parked), Resumed(SessionPlace.Held), Resumed(SessionPlace.Nowhere)));
    }

    [Fact]
    public async Task Should_not_count_one_that_is_over_or_has_nothing()
    {
        var over = await OfferAsync();
        over.Session.HasSaidGoodbye = true;
        await _gateway.Parking.EndAsync(over.Session);
        var empty = _gateway.Connect().Session;
        await _gateway.Resume.OfferAsync(empty);
        await _gateway.Parking.EndAsync(empty);

        Assert.Equal(0, Parked);
        Assert.Empty(User.Parked);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _gateway.Dispose();
    }

    private static ResumeFrom Nothing => ResumeFrom.Positions(ImmutableDictionary<string, Position>.Empty);

    private long Parked => _counted.GetValueOrDefault("whatssound.gateway.sessions.parked");

    private long Resumed(SessionPlace place) => _counted.GetValueOrDefault($"whatssound.gateway.sessions.resumed {place}");

    private async Task<(Session Session, SessionResumed Key)> OfferAsync()
    {
        var session = _gateway.Connect().Session;
        await _gateway.SubscribeAsync(session, "news");
        return (session, (await _gateway.Resume.OfferAsync(session)).Value!);
    }

    private async Task ResumeAsync(SessionResumed key) =>
        Assert.Null((await _gateway.Resume.ResumeAsync(_gateway.Connect().Session, key.SessionId, key.Key, Nothing)).Refusal);

    private void Count(string name, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
            name += $" {tag.Value}";
        _counted[name] = _counted.GetValueOrDefault(name) + value;
    }
}
