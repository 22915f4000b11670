using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Owns nothing but answers of the last second, on each silo its own, as many as <see cref="AnswersMax"/>: whoever asks the same meanwhile gets the same, also while it is being found. A part of the
/// list that has not answered in time is not asked again before it has.
/// </summary>
[GrainType("roomfinder"), StatelessWorker(1)]
internal sealed class RoomFinderGrain(IOptions<RoomDirectoryOptions> options, RoomListInstruments instruments, TimeProvider time, ILogger<RoomFinderGrain> logger) : Grain, IRoomFinderGrain
{
    private const int AnswersMax = 256;

    private readonly Dictionary<string, (DateTimeOffset Until, Task<Answer<RoomListingPage>> Answer)> _answers = new(StringComparer.Ordinal);
    private readonly HashSet<int> _silent = [];

    public Task<Answer<RoomListingPage>> FindAsync(RoomQuery query)
    {
        if (RoomSearch.Check(query) is { } refusal)
            return Task.FromResult<Answer<RoomListingPage>>(refusal);
        var now = time.GetUtcNow();
        var print = $"{query.CountMax}\n{query.After}\n{RoomSearch.Of(query).Print}";
        if (_answers.TryGetValue(print, out var known) && (known.Until > now || !known.Answer.IsCompleted))
            return known.Answer;
        Forget(now);
        var finding = FindInAllAsync(query);
        if (_answers.Count < AnswersMax)
            _answers[print] = (now + options.Value.AnswerAge, finding);
        return finding;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (print, known) in _answers)
        {
            if (known.Until <= now && known.Answer.IsCompleted)
                _answers.Remove(print);
        }
    }

    private async Task<Answer<RoomListingPage>> FindInAllAsync(RoomQuery query)
    {
        var started = time.GetTimestamp();
        var found = await Task.WhenAll(Enumerable.Range(0, options.Value.ShardsCount).Select(number => AskAsync(number, query)));
        var pages = found.OfType<RoomListingPage>().ToList();
        instruments.Found(time.GetElapsedTime(started), found.Length - pages.Count);
        return pages.Count == 0
            ? Refusals.Retry(RefusalCode.NotReady, "The list of rooms does not answer right now.", TimeSpan.FromSeconds(1))
            : Merge(pages, query.CountMax) with { IsPartial = pages.Count < found.Length };
    }

    /// <summary>Null: no answer in time.</summary>
    private async Task<RoomListingPage?> AskAsync(int number, RoomQuery query)
    {
        if (_silent.Contains(number))
            return null;
        var asking = GrainFactory.GetGrain<IRoomShardGrain>(IRoomShardGrain.KeyOf(number)).FindAsync(query);
        try
        {
            return await asking.WaitAsync(options.Value.QueryTimeout, time);
        }
        catch (Exception exception)
        {
            // Whatever the reason, the other parts answer.
            logger.ListPartSilent(number, exception);
            if (!asking.IsCompleted && _silent.Add(number))
                _ = WhenAnsweredAsync(number, asking);
            return null;
        }
    }

    /// <summary>Ends with Orleans' own limit at the latest.</summary>
    private async Task WhenAnsweredAsync(int number, Task asking)
    {
        await asking.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        _silent.Remove(number);
    }

    /// <summary>The newest line of a room counts, should it be in two parts.</summary>
    private static RoomListingPage Merge(IReadOnlyList<RoomListingPage> pages, int countMax)
    {
        var rooms = pages.SelectMany(static page => page.Rooms)
            .GroupBy(static room => room.RoomId, StringComparer.Ordinal)
            .Select(static same => same.MaxBy(static room => room.UpdatedAtMs)!)
            .OrderBy(ListPlace.Of, ListPlace.Order).ToList();
        var isMore = rooms.Count > countMax || pages.Any(static page => page.Next is not null);
        ImmutableArray<RoomListing> shown = [.. rooms.Take(countMax)];
        return new RoomListingPage { Rooms = shown, Total = pages.Sum(static page => page.Total), Next = isMore && shown is [.., var last] ? ListPlace.Of(last).ToString() : null };
    }
}
