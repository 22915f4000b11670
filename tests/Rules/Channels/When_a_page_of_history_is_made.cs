using WhatsSound.Channels;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_a_page_of_history_is_made
{
    [Fact]
    public void Should_have_everything_once_over_all_pages_and_say_where_something_is_missing() => Property.Holds(
        script =>
        {
            if (script.Length < 6)
                return;
            var head = new Position("e", script.Length);
            var kept = Enumerable.Range(1, script.Length).Where(offset => script[offset - 1] % 7 != 0).Select(offset => Sample.At(offset, timeMs: offset / 2, bytes: script[offset - 1] % 20)).ToList();
            var request = new HistoryRequest
            {
                CountMax = 1 + (script[0] % 8),
                BytesMax = script[1] % 3 == 0 ? null : 5 + (script[1] % 60),
                IsForward = script[2] % 2 == 0,
                After = script[3] % 3 == 0 ? script[3] % head.Offset : null,
                Before = script[4] % 3 == 0 ? 1 + (script[4] % (head.Offset + 5)) : null,
                FromMs = script[5] % 4 == 0 ? script[5] % (head.Offset / 2) : null,
            };
            var span = HistorySpan.Of(request, head.Offset, Find(kept, request.FromMs), to: null);

            var pages = ReadAll(request, head, kept, stepMax: 1 + (script[5] % 30)).ToList();

            var all = kept.Where(publication => span.Includes(publication.Offset)).ToList();
            Assert.Equal(all, pages.SelectMany(page => page.Publications).OrderBy(publication => publication.Offset));
            Assert.Equal(span.IsEmpty || all.Count == span.Before - span.After - 1, pages.All(page => page.IsComplete == true));
            Assert.All(pages, page => Assert.InRange(page.Publications.Length, 0, request.CountMax));
            Assert.All(pages, page => Assert.True(page.Publications.Length <= 1 || request.BytesMax is null || RecoveryRules.BytesOf(page.Publications) <= request.BytesMax));
        },
        tries: 1_000,
        lengthMax: 120);

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(5L, null, false)]
    [InlineData(null, 5L, true)]
    [InlineData(3L, 5L, false)]
    public void Should_read_forward_where_only_the_beginning_is_given(long? before, long? after, bool isForward) =>
        Assert.Equal(isForward, HistoryPaging.IsForward(new() { Before = before, After = after, CountMax = 1 }));

    private static IEnumerable<HistoryPage> ReadAll(HistoryRequest request, Position head, List<Publication> kept, int stepMax)
    {
        while (true)
        {
            var span = HistorySpan.Of(request, head.Offset, Find(kept, request.FromMs), to: null);
            var within = kept.Where(publication => span.Includes(publication.Offset)).ToList();
            var count = Math.Max(request.CountMax, stepMax);
            var read = request.IsForward == true ? within.Take(count).ToList() : within.TakeLast(count).ToList();
            var page = HistoryPaging.PageOf(request, head, span, read, isAll: read.Count == within.Count);
            yield return page;
            if (page.Next is not { } next)
                yield break;
            request = request.IsForward == true ? request with { After = next } : request with { Before = next };
        }
    }

    private static LoggedTime? Find(List<Publication> kept, long? timeMs) =>
        timeMs is null ? null : new(kept.Find(publication => publication.TimeMs >= timeMs)?.Offset, kept.Exists(publication => publication.TimeMs < timeMs));
}
