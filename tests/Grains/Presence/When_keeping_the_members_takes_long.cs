using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Presence;

namespace WhatsSound.Tests.Grains.Presence;

/// <summary>The database takes longer than a channel waits for a write of its members: the write is given up, and may be done later or never.</summary>
public sealed class When_keeping_the_members_takes_long
{
    private static readonly GrainId Channel = GrainId.Create("channel", "channel:test/room:jazz");

    /// <summary>Longer than any write is waited for.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly MemoryStorage _storage = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _disk = new();
    private readonly MembersKeeper _keeper;
    private readonly Membership _members = new(100, TimeSpan.FromSeconds(15), 1);

    public When_keeping_the_members_takes_long() => _keeper = new(_storage, Channel, sole: null, _time, NullLogger.Instance);

    [Fact]
    public async Task Should_begin_no_other_write_before_it_is_done()
    {
        await GiveUpAWriteAsync();
        var second = _keeper.TryKeepLastAsync(_members, 2);
        _time.Advance(Long);

        Assert.False(await second);
        Assert.Equal(1, _storage.WritesBegun);
    }

    [Fact]
    public async Task Should_keep_what_there_is_once_it_is_done()
    {
        await GiveUpAWriteAsync();
        Enter("bob");
        var second = _keeper.TryKeepLastAsync(_members, 2);
        _disk.SetResult();

        Assert.True(await second);
        Assert.Equal(["ann", "bob"], _storage.Read<KeptMembers>(MembersKeeper.StateName, Channel).Membership!.Members.Select(member => member.UserId));
    }

    private async Task GiveUpAWriteAsync()
    {
        await _keeper.LoadAsync(TestContext.Current.CancellationToken);
        _storage.HoldWrites(_disk.Task);
        Enter("ann");
        var first = _keeper.TryKeepLastAsync(_members, 1);
        _time.Advance(Long);
        Assert.False(await first);
    }

    private void Enter(string userId) => Assert.Null(_members.Enter(Members.Entry(userId, "1", Guid.NewGuid()), 1));
}
