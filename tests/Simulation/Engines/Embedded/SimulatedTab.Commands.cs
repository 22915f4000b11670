using System.Collections.Immutable;
using WhatsSound.Playback;
using WhatsSound.Queue;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Simulation;

/// <summary>What the person does.</summary>
internal sealed partial class SimulatedTab
{
    /// <summary>Below the two minutes in which a command id is remembered.</summary>
    private static readonly TimeSpan ResendAge = TimeSpan.FromSeconds(90);

    private readonly List<SentCommand> _sent = [];
    private SentCommand? _unsettled;

    private TimeSpan Now => TimeSpan.FromMilliseconds(_world.NowMs);

    /// <summary>Does something every now and then.</summary>
    public async Task LiveAsync(TimeSpan until)
    {
        while (Now < until)
        {
            await _world.DelayAsync(50, 1500);
            await ActAsync();
        }
    }

    /// <summary>Does nothing but get to follow the room, and have its last command answered.</summary>
    public async Task SettleAsync(TimeSpan until)
    {
        while (Now < until)
        {
            if (!_isFollowing)
                await FollowAsync();
            else if (_unsettled is { } sent)
                await AttemptAsync(sent);
            await _world.DelayAsync(200, 400);
        }
    }

    private Task ActAsync()
    {
        if (!_isFollowing)
            return FollowAsync();
        if (_unsettled is { } sent)
            return AttemptAsync(sent);
        return _world.Random.Next(100) switch
        {
            < 4 => LeaveAsync(),
            < 9 => BreakAsync(),
            < 37 => ChatAsync(),
            < 52 => EnqueueAsync(),
            < 66 => VoteAsync(),
            < 71 => SendAsync("play", (room, command) => room.PlayAsync(command)),
            < 75 => SendAsync("pause", (room, command) => room.PauseAsync(command)),
            < 80 => SeekAsync(),
            < 84 => SkipAsync(),
            < 87 => VoteSkipAsync(),
            < 90 => RemoveAsync(),
            < 92 => TransferAsync(),
            < 95 => ReportPositionsAsync(),
            _ => ResendAsync(),
        };
    }

    private Task BreakAsync()
    {
        Break();
        return Task.CompletedTask;
    }

    private async Task LeaveAsync()
    {
        var (gateway, session) = (_gateway!, _session!);
        try
        {
            var answer = await gateway.Rooms.LeaveAsync(session, SimulatedWorld.RoomName, NewCommand("leave")).WaitAsync(Patience, _world.Time);
            _world.Findings.Note($"{_name} left: {answer.Refusal?.Code ?? "well"}");
        }
        catch (Exception exception)
        {
            // It goes in any case.
            _world.Findings.Note($"{_name} could not leave: {exception.GetType().Name}");
        }

        if (ReferenceEquals(_session, session))
            Break();
        _hasView = false;
    }

    private Task ChatAsync()
    {
        var text = $"{_name} says {_commandsMade}";
        var sent = Make("chat", (room, command) => room.SendChatAsync(command, text));
        _world.Ledger.Sent(sent);
        return StartAsync(sent);
    }

    private Task EnqueueAsync()
    {
        var command = NewCommand("enqueue");
        ImmutableArray<Track> tracks =
        [
            .. Enumerable.Range(0, _world.Random.Next(1, 3)).Select(i => new Track
            {
                Url = $"/audio/{command.CommandId}-{i}.wav",
                Title = command.CommandId,
                DurationMs = _world.Random.Next(3_000, 40_000),
            }),
        ];
        return StartAsync(new(command, command.CommandId, (room, again) => room.EnqueueAsync(again, tracks), Now)
        {
            OnRefused = () =>
            {
                foreach (var track in tracks)
                    _world.Ledger.Refused(track.Url);
            },
        });
    }

    private Task VoteAsync()
    {
        if (_view.Queue is not { Window: { IsEmpty: false } window } || _name != _userId)
            return Task.CompletedTask;
        var entryId = _world.Pick(window).EntryId;
        var value = _world.Random.Next(-1, 2);
        var before = _world.Ledger.VoteOf(entryId, _userId);
        var command = NewCommand("vote");
        _world.Ledger.Vote(entryId, _userId, null);
        return StartAsync(new(command, $"{command.CommandId} of {value} for {entryId}", (room, again) => room.VoteAsync(again, entryId, value), Now)
        {
            OnCarriedOut = _ => _world.Ledger.Vote(entryId, _userId, value),
            OnRefused = () => _world.Ledger.Vote(entryId, _userId, before),
        });
    }

    private Task SeekAsync()
    {
        if (_view.Vector is not { EntryId: { } entryId } vector)
            return Task.CompletedTask;
        var positionMs = _world.Random.NextInt64(vector.DurationMs);
        _world.Judge.MaySeek(entryId, positionMs);
        return SendAsync("seek", (room, command) => room.SeekAsync(command, entryId, positionMs));
    }

    /// <summary>The current song, or one that is over: that must change nothing (INV-Q7).</summary>
    private Task SkipAsync()
    {
        var ended = _world.Judge.Ended.Order(StringComparer.Ordinal).ToList();
        if (ended.Count > 0 && _world.Random.Next(2) == 0)
        {
            var staleId = _world.Pick(ended);
            var stale = NewCommand("skip");
            return StartAsync(new(stale, $"{stale.CommandId} of {staleId}", (room, command) => room.SkipAsync(command, staleId), Now)
            {
                OnCarriedOut = _ => _world.Findings.Break("INV-Q7", $"{stale.CommandId} skipped {staleId}, which was over."),
            });
        }

        return _view.Vector?.EntryId is { } entryId ? SendAsync("skip", (room, command) => room.SkipAsync(command, entryId)) : Task.CompletedTask;
    }

    private Task VoteSkipAsync() =>
        _view.Vector?.EntryId is { } entryId ? SendAsync("voteskip", (room, command) => room.VoteSkipAsync(command, entryId, isOn: true)) : Task.CompletedTask;

    private Task RemoveAsync()
    {
        if (_view.Queue is not { Window: { IsEmpty: false } window })
            return Task.CompletedTask;
        var entryId = _world.Pick(window).EntryId;
        _world.Judge.MayRemove(entryId);
        return SendAsync("remove", (room, command) => room.RemoveEntryAsync(command, entryId));
    }

    private Task TransferAsync()
    {
        var to = _world.Pick(_world.Tabs).UserId;
        return SendAsync("transfer", (room, command) => room.TransferHostAsync(command, to));
    }

    /// <summary>As a player does at each animation frame.</summary>
    private async Task ReportPositionsAsync()
    {
        for (var i = 0; i < 40 && _isFollowing && _view.IsHost(_userId) && _view.Vector is { EntryId: { } entryId, Status: PlaybackStatus.Playing } vector; i++)
        {
            var positionMs = vector.PositionAtMs(_world.NowMs);
            _world.Judge.MaySeek(entryId, positionMs);
            _ = ReportAsync(Room, entryId, positionMs);
            await Task.Delay(TimeSpan.FromMilliseconds(17), _world.Time);
        }
    }

    private async Task ReportAsync(IRoomGrain room, string entryId, long positionMs)
    {
        try
        {
            await room.ReportHostPositionAsync(_userId, entryId, positionMs).WaitAsync(Patience, _world.Time);
        }
        catch (Exception exception)
        {
            // A report is worth nothing a moment later.
            _world.Findings.Note($"{_name} could not report: {exception.GetType().Name}");
        }
    }

    /// <summary>A command that was answered, once more.</summary>
    private Task ResendAsync()
    {
        var again = _sent.Where(sent => sent.Receipt is not null && Now - sent.SentAt < ResendAge).ToList();
        return again.Count == 0 ? Task.CompletedTask : AttemptAsync(_world.Pick(again));
    }

    private Task SendAsync(string kind, Func<IRoomGrain, RoomCommand, Task<Answer<RoomReceipt>>> call) => StartAsync(Make(kind, call));

    private SentCommand Make(string kind, Func<IRoomGrain, RoomCommand, Task<Answer<RoomReceipt>>> call)
    {
        var command = NewCommand(kind);
        return new(command, command.CommandId, call, Now);
    }

    private Task StartAsync(SentCommand sent)
    {
        _sent.Add(sent);
        _unsettled = sent;
        return AttemptAsync(sent);
    }

    private async Task AttemptAsync(SentCommand sent)
    {
        var wasSettled = sent.IsSettled;
        try
        {
            var answer = await sent.SendAsync(Room).WaitAsync(Patience, _world.Time);
            _world.Findings.Note($"{sent.What}: {answer.Refusal?.Code ?? $"revision {answer.Value!.Revision} {answer.Value.Position}"}");
            if (!sent.Take(answer, _world.Findings))
                return;
        }
        catch (Exception exception)
        {
            // The outcome is unknown: the same id again, later.
            _world.Findings.Note($"{sent.What}: {exception.GetType().Name}");
            return;
        }
        finally
        {
            if (ReferenceEquals(_unsettled, sent) && (sent.IsSettled || Now - sent.SentAt > ResendAge))
                _unsettled = null;
        }

        if (!wasSettled)
            Settle(sent);
    }

    private void Settle(SentCommand sent)
    {
        if (sent.Receipt is { } receipt)
        {
            _world.Ledger.Acknowledged(sent, receipt);
            sent.OnCarriedOut?.Invoke(receipt);
        }
        else
        {
            sent.OnRefused?.Invoke();
        }
    }
}
