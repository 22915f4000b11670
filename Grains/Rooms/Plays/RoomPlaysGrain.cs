using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using WhatsSound.Grains.Placement;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Owns what was played in a room: pages of a hundred plays, each a row; a play writes the last. Bounded by <see cref="RoomPlayOptions"/>: the oldest pages go, whole. In memory it has the last page, and the totals once
/// somebody has asked for them.
/// </summary>
[GrainType("roomplays")]
[RoomPlacement]
internal sealed class RoomPlaysGrain(
    [PersistentState("room-plays", "grains")] IPersistentState<RoomPlaysState> head,
    [FromKeyedServices("grains")] IGrainStorage storage,
    IOptions<RoomPlayOptions> options,
    IRoomClock clock) : Grain, IRoomPlaysGrain
{
    private readonly RoomPlayOptions _options = options.Value;

    /// <summary>With its number, which the head is ahead of while a page begins.</summary>
    private (long Number, GrainState<PlaysPageState> Row) _last = (-1, Empty());

    private PlayTotals? _totals;

    private long OldestMs => clock.NowMs - (long)_options.Age.TotalMilliseconds;

    private long KeptUpTo => _last.Row.State!.Plays is [.., var newest] ? newest.Number : head.State.LastPage * PlaysPageState.PlaysMax;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        head.State = head.State.Upgrade();
        if (head.State.LastPage >= 0)
            _last = (head.State.LastPage, await ReadPageAsync(head.State.LastPage));
    }

    public async Task<long> AppendAsync(ImmutableArray<RoomPlay> plays)
    {
        foreach (var page in plays.Where(play => play.Number > KeptUpTo).GroupBy(static play => PlaysPageState.NumberOf(play.Number)).OrderBy(static page => page.Key).ToList())
            await AppendAsync(page.Key, [.. page.OrderBy(static play => play.Number)]);
        return Math.Max(0, KeptUpTo);
    }

    public async Task<RoomPlaysPage> ReadAsync(long? before, int countMax)
    {
        var read = new List<RoomPlay>();
        var oldestMs = OldestMs;
        for (var page = before is { } number ? Math.Min(PlaysPageState.NumberOf(number - 1), head.State.LastPage) : head.State.LastPage; page >= head.State.FirstPage && read.Count <= countMax; page--)
        {
            var plays = await PlaysOfAsync(page);
            read.AddRange(plays.Reverse().Where(play => (before is null || play.Number < before) && play.Song.EndedAtMs >= oldestMs));
        }

        return read.Count > countMax
            ? new RoomPlaysPage { Plays = [.. read.Take(countMax)], Next = read[countMax - 1].Number }
            : new RoomPlaysPage { Plays = [.. read] };
    }

    public async Task<RoomStatistics> ReadStatisticsAsync()
    {
        // What is too old is in no total, as it is in no page; a sum cannot forget, and is made anew.
        var oldestMs = OldestMs;
        if (_totals is null || _totals.OldestEndedAtMs < oldestMs)
        {
            var totals = new PlayTotals();
            for (var page = head.State.FirstPage; page <= head.State.LastPage; page++)
            {
                foreach (var play in (await PlaysOfAsync(page)).Where(play => play.Song.EndedAtMs >= oldestMs))
                    totals.Add(play);
            }

            _totals = totals;
        }

        return _totals.ToView();
    }

    /// <summary>The head knows of a page before it is there; so what a crash leaves is a page that is empty.</summary>
    private async Task AppendAsync(long page, ImmutableArray<RoomPlay> plays)
    {
        if (page > head.State.LastPage)
        {
            await BeginPageAsync(page);
            _last = (page, await ReadPageAsync(page));
        }

        var next = new GrainState<PlaysPageState>(new PlaysPageState { Plays = [.. _last.Row.State!.Plays, .. plays] }, _last.Row.ETag) { RecordExists = _last.Row.RecordExists };
        await WriteAsync(() => storage.WriteStateAsync(PlaysPageState.StateName, IdOf(page), next));
        _last = (page, next);
        foreach (var play in plays)
            _totals?.Add(play);
    }

    private async Task BeginPageAsync(long page)
    {
        var (first, before) = (head.State.LastPage < 0 ? page : head.State.FirstPage, head.State);
        var pagesMax = Math.Max(1, _options.PlaysMax / PlaysPageState.PlaysMax);
        var kept = first;
        while (kept < page && (page - kept >= pagesMax || (await PlaysOfAsync(kept)).All(play => play.Song.EndedAtMs < OldestMs)))
            kept++;
        head.State = before with { FirstPage = kept, LastPage = page };
        await WriteAsync(head.WriteStateAsync);
        if (kept > first)
            _totals = null;
        for (; first < kept; first++)
        {
            var gone = await ReadPageAsync(first);
            if (gone.RecordExists)
                await storage.ClearStateAsync(PlaysPageState.StateName, IdOf(first), gone);
        }
    }

    /// <summary>What could not be written nobody knows: the next activation reads what is there.</summary>
    private async Task WriteAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<ImmutableArray<RoomPlay>> PlaysOfAsync(long page) => page == _last.Number ? _last.Row.State!.Plays : (await ReadPageAsync(page)).State!.Plays;

    private async Task<GrainState<PlaysPageState>> ReadPageAsync(long page)
    {
        var row = Empty();
        await storage.ReadStateAsync(PlaysPageState.StateName, IdOf(page), row);
        row.State = (row.State ?? new PlaysPageState()).Upgrade();
        return row;
    }

    private GrainId IdOf(long page) => GrainId.Create(this.GetGrainId().Type, string.Create(CultureInfo.InvariantCulture, $"{this.GetPrimaryKeyString()}/{page}"));

    private static GrainState<PlaysPageState> Empty() => new() { State = new() };
}
