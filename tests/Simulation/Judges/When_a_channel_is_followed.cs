using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>A judge that cannot say no proves nothing.</summary>
public sealed class When_a_channel_is_followed
{
    private readonly Findings _findings = new(() => TimeSpan.Zero);
    private readonly List<long> _taken = [];
    private readonly ChannelFollower _follower;

    public When_a_channel_is_followed()
    {
        _follower = new("ada", "room:one:chat", publication => _taken.Add(publication.Offset), _findings);
        _follower.StartAt(new("e", 4));
    }

    [Fact]
    public void Should_take_what_continues()
    {
        _follower.Take(Frame(4, 5, 6));
        _follower.Take(Frame(6, 7));

        Assert.Equal([5, 6, 7], _taken);
        Assert.Empty(_findings.Broken);
    }

    [Fact]
    public void Should_find_a_gap()
    {
        _follower.Take(Frame(5, 6));

        Assert.NotEmpty(_findings.Broken);
    }

    [Fact]
    public void Should_find_a_duplicate()
    {
        _follower.Take(Frame(4, 5));
        _follower.Take(Frame(4, 5));

        Assert.NotEmpty(_findings.Broken);
    }

    [Fact]
    public void Should_find_another_epoch()
    {
        _follower.Take(Frame(4, 5) with { Epoch = "f" });

        Assert.NotEmpty(_findings.Broken);
    }

    [Fact]
    public void Should_find_a_part_of_a_gap_called_recovered()
    {
        _follower.TakeRecovered(new("e", 7), DeliveryClass.Ordered, [Publication(6), Publication(7)]);

        Assert.NotEmpty(_findings.Broken);
    }

    [Fact]
    public void Should_leave_out_of_a_held_back_frame_what_the_snapshot_has()
    {
        _follower.TakeHeldBack(Frame(2, 3, 4));
        _follower.TakeHeldBack(Frame(3, 4, 5));

        Assert.Equal([5], _taken);
        Assert.Empty(_findings.Broken);
    }

    private static ChannelFrame Frame(long previous, params ReadOnlySpan<long> offsets)
    {
        var publications = ImmutableArray.CreateBuilder<Publication>();
        foreach (var offset in offsets)
            publications.Add(Publication(offset));
        return new()
        {
            Channel = "room:one:chat",
            Epoch = "e",
            PreviousOffset = previous,
            HeadOffset = offsets[^1],
            Class = DeliveryClass.Ordered,
            Publications = publications.ToImmutable(),
        };
    }

    private static Publication Publication(long offset) => new() { Offset = offset, Id = $"{offset}", TimeMs = offset, Event = "chat" };
}
