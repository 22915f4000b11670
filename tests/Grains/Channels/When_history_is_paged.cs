using WhatsSound.Channels;

namespace WhatsSound.Tests.Grains.Channels;

[Collection(ClusterTests.Name)]
public sealed class When_history_is_paged(TestCluster cluster)
{
    private const string Logged = "user:*:activity";
    private const string InMemory = "test:*";

    [Theory]
    [InlineData(Logged, 1)]
    [InlineData(Logged, 2)]
    [InlineData(Logged, 3)]
    [InlineData(InMemory, 4)]
    [InlineData(InMemory, 5)]
    public async Task Should_be_all_of_the_channel_with_what_is_live_while_others_publish(string pattern, int seed)
    {
        var channel = Channel.New(cluster, pattern);
        var story = new Story(cluster, channel, seed);
        await story.PublishAsync(250);
        var follower = new Follower(channel);
        await follower.AttachAsync();
        var attached = await channel.HeadAsync();

        var publishing = story.PublishAsync(150);
        var backward = ReadAllAsync(channel, new() { Before = attached.Offset + 1, CountMax = 0, IsForward = false }, new(seed));
        var forward = ReadAllAsync(channel, new() { CountMax = 0, IsForward = true }, new(-seed));
        await Task.WhenAll(publishing, backward, forward);
        await follower.UntilAsync(await channel.HeadAsync());

        Assert.Equal(Enumerable.Range(1, 250).Select(offset => (long)offset), (await backward).SelectMany(page => page.Publications).Select(publication => publication.Offset).Order());
        Assert.Equal(story.Log, Story.Follow((await backward).SelectMany(page => page.Publications), follower.Seen));
        Assert.Equal(story.Log, Story.Follow((await forward).SelectMany(page => page.Publications), follower.Seen));
        Assert.All(await forward, page => Assert.True(page.Position.Offset >= attached.Offset));
        Assert.Equal(Enumerable.Range((int)attached.Offset + 1, 150).Select(offset => (long)offset), follower.Seen.Select(publication => publication.Offset));
    }

    [Theory]
    [InlineData(Logged)]
    [InlineData(InMemory)]
    public async Task Should_begin_and_end_at_times(string pattern)
    {
        var channel = Channel.New(cluster, pattern);
        var story = new Story(cluster, channel, seed: 7);
        await story.PublishAsync(200);
        var (random, log) = (new Random(7), story.Log);
        var (firstMs, lastMs) = (log[0].TimeMs, log[^1].TimeMs);

        for (var attempt = 0; attempt < 40; attempt++)
        {
            var (fromMs, toMs) = (random.NextInt64(firstMs - 2, lastMs + 3), random.NextInt64(firstMs - 2, lastMs + 3));
            var isForward = random.Next(2) == 0;

            var pages = await ReadAllAsync(channel, new() { FromMs = fromMs, ToMs = toMs, CountMax = 0, IsForward = isForward }, random);

            Assert.Equal(
                log.Where(publication => publication.TimeMs >= fromMs && publication.TimeMs < toMs),
                (isForward ? pages : pages.AsEnumerable().Reverse()).SelectMany(page => page.Publications));
        }
    }

    [Fact]
    public async Task Should_have_a_thousand_at_once()
    {
        var channel = Channel.New(cluster, Logged);
        var head = await channel.PublishAsync(1_001);

        var newest = await channel.Grain.ReadHistoryAsync(new() { CountMax = 5_000 });
        var oldest = await channel.Grain.ReadHistoryAsync(new() { CountMax = 1_000, IsForward = true });

        AssertIs(newest, Enumerable.Range(2, 1_000).Select(offset => (long)offset), next: 2, isComplete: true);
        AssertIs(oldest, Enumerable.Range(1, 1_000).Select(offset => (long)offset), next: 1_000, isComplete: true);
        Assert.Equal(head, newest.Position);
    }

    [Theory]
    [InlineData(Logged)]
    [InlineData(InMemory)]
    public async Task Should_have_as_much_as_may_be_and_one_in_any_case(string pattern)
    {
        var channel = Channel.New(cluster, pattern);
        await channel.AttachAsync();
        await channel.PublishLargestAsync(12);

        var some = await channel.Grain.ReadHistoryAsync(new() { CountMax = 1_000, BytesMax = 512 * 1024 });
        var one = await channel.Grain.ReadHistoryAsync(new() { CountMax = 1_000, BytesMax = 1_000, IsForward = true });

        AssertIs(some, [5, 6, 7, 8, 9, 10, 11, 12], next: 5, isComplete: true);
        AssertIs(one, [1], next: 1, isComplete: true);
    }

    [Fact]
    public async Task Should_say_that_something_is_missing_where_memory_has_let_go_of_it()
    {
        var channel = Channel.New(cluster);
        await channel.AttachAsync();
        var head = await channel.PublishAsync(520);

        var newer = await channel.Grain.ReadHistoryAsync(new() { CountMax = 500 });
        var older = await channel.Grain.ReadHistoryAsync(new() { Before = newer.Next, CountMax = 500 });
        var since = await channel.Grain.ReadHistoryAsync(new() { FromMs = 0, CountMax = 1, IsForward = true });
        cluster.Time.Advance(TimeSpan.FromMinutes(3));
        var gone = await channel.Grain.ReadHistoryAsync(new() { CountMax = 500 });
        var none = await channel.Grain.ReadHistoryAsync(new() { After = head.Offset, CountMax = 500 });

        AssertIs(newer, Enumerable.Range(21, 500).Select(offset => (long)offset), next: 21, isComplete: true);
        AssertIs(older, Enumerable.Range(9, 12).Select(offset => (long)offset), next: null, isComplete: false);
        AssertIs(since, [9], next: 9, isComplete: false);
        AssertIs(gone, [], next: null, isComplete: false);
        AssertIs(none, [], next: null, isComplete: true);
    }

    [Fact]
    public async Task Should_have_nothing_of_an_append_whose_outcome_nobody_knows()
    {
        var channel = Channel.New(cluster, Logged);
        var head = await channel.PublishAsync(3);
        cluster.Log.Fail(channel.Name, LogFault.AfterAppend);
        await channel.Grain.PublishAsync(Channel.Request("in doubt"));
        cluster.Log.Fail(channel.Name, LogFault.None);

        var page = await channel.Grain.ReadHistoryAsync(new() { CountMax = 10, IsForward = true });

        AssertIs(page, [1, 2, 3], next: null, isComplete: true);
        Assert.Equal(head, page.Position);
    }

    [Fact]
    public async Task Should_be_the_newest_of_each_key_with_what_is_live()
    {
        var channel = Channel.New(cluster, "room:*:playback");
        var random = new Random(11);
        for (var number = 0; number < 100; number++)
            await channel.PublishAsync($"a{number}", key: $"k{random.Next(40)}");
        var follower = new Follower(channel);
        await follower.AttachAsync();
        var attached = await channel.HeadAsync();

        var reading = ReadAllAsync(channel, new() { Before = attached.Offset + 1, CountMax = 0, IsForward = false }, random, countMax: 5);
        for (var number = 0; number < 60; number++)
            await channel.PublishAsync($"b{number}", key: $"k{random.Next(50)}");
        var pages = await reading;
        await channel.AdvanceAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await follower.UntilAsync(await channel.HeadAsync());

        Assert.All(pages, page => Assert.True(page.IsComplete));
        var live = follower.Seen.Where(publication => publication.Offset > attached.Offset);
        var newest = await channel.Grain.ReadHistoryAsync(new() { CountMax = 1_000 });
        Assert.Equal(
            newest.Publications.Select(publication => publication.Id),
            pages.SelectMany(page => page.Publications).Concat(live).GroupBy(publication => publication.Key).Select(of => of.MaxBy(publication => publication.Offset)!).OrderBy(publication => publication.Offset).Select(publication => publication.Id));
    }

    /// <summary>Page after page, of sizes by chance, until there is none; each continues the one before.</summary>
    private static async Task<List<HistoryPage>> ReadAllAsync(Channel channel, HistoryRequest request, Random random, int countMax = 30)
    {
        for (var pages = new List<HistoryPage>(); ;)
        {
            var page = await channel.Grain.ReadHistoryAsync(request with { CountMax = random.Next(1, countMax + 1) });
            pages.Add(page);
            Assert.True(page.IsComplete);
            Assert.All(page.Publications, publication => Assert.InRange(publication.Offset, 1, page.Position.Offset));
            if (page.Next is not { } next)
                return pages;
            request = request.IsForward == true ? request with { After = next } : request with { Before = next };
        }
    }

    private static IEnumerable<long> Offsets(HistoryPage page) => page.Publications.Select(publication => publication.Offset);

    private static void AssertIs(HistoryPage page, IEnumerable<long> offsets, long? next, bool isComplete)
    {
        Assert.Equal(offsets, Offsets(page));
        Assert.Equal(next, page.Next);
        Assert.Equal(isComplete, page.IsComplete);
    }
}
