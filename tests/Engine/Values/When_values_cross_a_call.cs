using System.Collections.Immutable;
using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Values;

public sealed class When_values_cross_a_call(SharedCluster cluster)
{
    [Fact]
    public async Task Should_copy_a_collection_on_the_way_there_and_back()
    {
        var grain = cluster.Client.GetGrain<IValueGrain>("collection");
        List<int> mine = [1, 2];

        var theirs = await grain.Extend(mine, 3);
        theirs.Add(4);

        Assert.Equal([1, 2], mine);
        Assert.Equal([1, 2, 3], await grain.Kept());
    }

    [Fact]
    public async Task Should_copy_the_numbered_members_of_a_class_deeply()
    {
        var mine = new Box { Name = "mine", NotSent = "set", Inner = { ["a"] = new() { Name = "inner" } } };

        var theirs = await cluster.Client.GetGrain<IValueGrain>("class").Rename(mine, "theirs");

        Assert.Equal(("mine", "inner"), (mine.Name, mine.Inner["a"].Name));
        Assert.Equal(("theirs", "theirs", "default"), (theirs.Name, theirs.Inner["a"].Name, theirs.NotSent));
    }

    [Fact]
    public async Task Should_bring_a_message_over_unchanged()
    {
        var message = new Everything
        {
            Text = "text",
            Number = long.MaxValue,
            Span = TimeSpan.FromMilliseconds(1.5),
            Time = new(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
            Bytes = new byte[] { 1, 2, 3 },
            Items = [new("one", Exists: true, "1", 1), new("two", Exists: false, null, 2)],
            Headers = ImmutableDictionary<string, string>.Empty.Add("a", "b"),
            Maybe = 0.25,
            Day = DayOfWeek.Friday,
        };

        var echo = await cluster.Client.GetGrain<IValueGrain>("message").Echo(message);

        Assert.Equal((message.Text, message.Number, message.Span, message.Time, message.Maybe, message.Day), (echo.Text, echo.Number, echo.Span, echo.Time, echo.Maybe, echo.Day));
        Assert.Equal(message.Bytes.ToArray(), echo.Bytes.ToArray());
        Assert.Equal(message.Items.AsEnumerable(), echo.Items);
        Assert.Equal("b", echo.Headers!["a"]);
    }

    [Fact]
    public async Task Should_bring_bytes_and_tuples_over()
    {
        var grain = cluster.Client.GetGrain<IValueGrain>("others");

        Assert.Equal([7, 8], await grain.EchoBytes(new byte[] { 7, 8 }));
        var (text, number, items) = await grain.EchoTuple(("a", null, [new("b", Exists: true, null, 1)]));
        Assert.Equal(("a", null, "b"), (text, number, Assert.Single(items).Text));
    }
}
