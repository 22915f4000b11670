using System.Collections.Immutable;
using WhatsSound.Presence;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Presence;

[Collection(ClusterTests.Name)]
public sealed class When_a_grain_watches
{
    private readonly TestCluster _cluster;
    private readonly Channel _channel;
    private readonly Members _members;
    private readonly IRecordingWatcher _watcher;

    public When_a_grain_watches(TestCluster cluster)
    {
        _cluster = cluster;
        _channel = Channel.New(cluster, "room:*");
        _members = new(_channel);
        _watcher = cluster.Grains.GetGrain<IRecordingWatcher>(_channel.Name);
    }

    [Fact]
    public async Task Should_continue_the_roster_with_deltas()
    {
        await EnterAndTickAsync("ann");
        var roster = await _watcher.WatchAsync(_channel.Name, knownVersion: 0);
        await EnterAndTickAsync("bob");
        await _members.LeaveAsync("ann");
        await TickAsync();

        var told = await UntilToldAsync(2);

        Assert.Equal(["ann"], roster.Members.Select(member => member.UserId));
        Assert.Equal((roster.Version, "bob"), (told[0].PreviousVersion, told[0].Joined.Single()));
        Assert.Equal((told[0].Version, "ann"), (told[1].PreviousVersion, told[1].Left.Single()));
    }

    [Fact]
    public async Task Should_answer_nothing_to_one_that_knows_the_version()
    {
        await EnterAndTickAsync("ann");
        var roster = await _watcher.WatchAsync(_channel.Name, knownVersion: 0);

        var again = await _watcher.WatchAsync(_channel.Name, roster.Version);

        Assert.True(again.IsUnchanged);
        Assert.Empty(again.Members);
    }

    [Fact]
    public async Task Should_answer_another_version_after_the_channel_moved()
    {
        await EnterAndTickAsync("ann");
        var before = await _watcher.WatchAsync(_channel.Name, knownVersion: 0);
        await TickAsync();

        await _cluster.DeactivateAsync(_channel.Grain);
        var after = await _watcher.WatchAsync(_channel.Name, before.Version);

        Assert.False(after.IsUnchanged);
        Assert.True(after.Version > before.Version);
        Assert.Equal(["ann"], after.Members.Select(member => member.UserId));
    }

    /// <summary>What was told, by version: calls that nobody waits for may overtake each other.</summary>
    private async Task<ImmutableArray<PresenceDelta>> UntilToldAsync(int count)
    {
        var told = await _watcher.ReadToldAsync();
        while (told.Length < count)
            told = await _watcher.ReadToldAsync();
        return [.. told.OrderBy(delta => delta.Version)];
    }

    private Task TickAsync() => _channel.AdvanceAsync(Members.Tick, Members.Tick);

    private async Task EnterAndTickAsync(string userId)
    {
        await _members.EnterAsync(userId);
        await TickAsync();
    }
}
