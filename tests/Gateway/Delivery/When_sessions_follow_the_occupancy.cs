using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>The channel is told who follows, so that whoever begins to is told where it stands.</summary>
public sealed class When_sessions_follow_the_occupancy : IDisposable
{
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task Should_report_one_who_takes_anothers_place()
    {
        var first = await FollowAsync();
        var feed = _gateway.Feeds.FeedOf("news");
        await feed.Occupancy.ReportAsync();
        Assert.False(feed.Occupancy.IsDue);

        await _gateway.Channels.UnsubscribeAsync(first, "news");
        await FollowAsync();

        Assert.True(feed.Occupancy.IsDue);
        await feed.Occupancy.ReportAsync();
        var reports = _gateway.Cluster.Channel("news").Reports;
        Assert.Equal((1, 1), (reports[^1].Count, reports[^1].FollowersCount));
        Assert.True(reports[0].FollowsBegun < reports[^1].FollowsBegun);
    }

    [Fact]
    public async Task Should_still_follow_after_a_request_that_failed()
    {
        var session = await FollowAsync();
        session.Hold(session.FindAttachment("news")!);
        await _gateway.Channels.AttachAsync(session, "news", new AttachRequest(new RecoverRequest()));

        session.Answer(answer: null, isDone: false);

        Assert.True(session.FindAttachment("news")!.FollowsOccupancy);
        await _gateway.Feeds.FeedOf("news").Occupancy.ReportAsync();
        Assert.Equal(1, _gateway.Cluster.Channel("news").Reports[^1].FollowersCount);
    }

    [Fact]
    public async Task Should_number_its_reports()
    {
        await FollowAsync();
        var feed = _gateway.Feeds.FeedOf("news");
        await feed.Occupancy.ReportAsync();
        await feed.Occupancy.ReportAsync();

        var numbers = _gateway.Cluster.Channel("news").Reports.Select(static report => report.Number).ToList();
        Assert.Equal(numbers.Order().Distinct(), numbers);
        Assert.All(numbers, static number => Assert.True(number > 0));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<Session> FollowAsync()
    {
        var session = _gateway.Connect().Session;
        var answer = await _gateway.Channels.SubscribeAsync(session, "news", new AttachRequest(new RecoverRequest(), FollowsOccupancy: true));
        Assert.Null(answer.Refusal);
        session.Answer(answer: null, isDone: true);
        return session;
    }
}
