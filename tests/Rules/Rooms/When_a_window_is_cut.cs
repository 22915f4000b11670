using System.Text.Json;
using WhatsSound.Grains.Rooms;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_window_is_cut
{
    /// <summary>Exactly: one byte less, and the last song does not fit.</summary>
    [Fact]
    public void Should_keep_as_many_songs_as_fit()
    {
        var view = ViewOf(50, urlLength: 200);
        var whole = BytesOf(view);

        Assert.Same(view, QueueViews.Fit(view, whole));
        Assert.Equal(49, QueueViews.Fit(view, whole - 1).Window.Length);
        foreach (var bytesMax in new[] { 100, 1_000, 5_000, 10_000 })
        {
            var fitted = QueueViews.Fit(view, bytesMax);
            var more = view with { Window = view.Window[..(fitted.Window.Length + 1)] };
            Assert.True(fitted.Window.IsEmpty || BytesOf(fitted) <= bytesMax);
            Assert.True(BytesOf(more) > bytesMax);
        }
    }

    /// <summary>However long songs are, no more is measured than goes out: three votes a second on 500 songs of 7 KB blocked a room.</summary>
    [Fact]
    public void Should_not_cost_more_for_songs_that_do_not_fit()
    {
        var view = ViewOf(50, urlLength: 2_000);
        QueueViews.Fit(view, QueueViews.BytesMax);
        var before = GC.GetAllocatedBytesForCurrentThread();

        QueueViews.Fit(view, QueueViews.BytesMax);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 3 * QueueViews.BytesMax);
    }

    private static int BytesOf(QueueChanged view) => JsonSerializer.SerializeToUtf8Bytes(view, WireJson.Default.QueueChanged).Length;

    private static QueueChanged ViewOf(int count, int urlLength) => new()
    {
        Revision = 1,
        Total = count,
        Reason = "voted",
        Window =
        [
            .. Enumerable.Range(0, count).Select(number => new QueueEntryView
            {
                EntryId = $"e{number}", Track = new Track { Url = $"https://music.example/{number}/".PadRight(urlLength, 'é'), Title = "A song", DurationMs = 60_000 }, AddedBy = "ann", AddedAtMs = 1, Score = 1,
            }),
        ],
    };
}
