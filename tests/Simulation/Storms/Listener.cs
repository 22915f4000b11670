using System.Collections.Immutable;
using WhatsSound.Playback;
using WhatsSound.Queue;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>Somebody with a tab, who does something every now and then, and sends a command again, with its id, until it has an answer.</summary>
internal sealed class Listener
{
    /// <summary>Below the two minutes in which a command id is remembered.</summary>
    private static readonly TimeSpan ResendAge = TimeSpan.FromSeconds(90);

    private const int AttemptsMax = 30;

    /// <summary>A kick lasts a minute, and nobody is to be out any more when everything has to add up.</summary>
    private static readonly TimeSpan KicksFor = TimeSpan.FromSeconds(15);

    private readonly StormWorld _world;
    private readonly TimeSpan _kicksUntil;
    private readonly Random _random;
    private readonly List<SentCommand> _sent = [];
    private SentCommand? _unsettled;

    public Listener(StormWorld world, Tab tab)
    {
        _world = world;
        _random = world.Dice.For($"listener {tab.Name}");
        _kicksUntil = world.Now + KicksFor;
        Tab = tab;
    }

    public Tab Tab { get; }

    /// <summary>Whether the tab follows the room, and every command has its answer.</summary>
    public bool IsSettled => Tab.IsFollowing && _unsettled is null;

    /// <summary>Does something every now and then.</summary>
    public Task LiveAsync(TimeSpan until) => Tab.Run(async () =>
    {
        while (_world.Now < until)
        {
            await _world.DelayAsync(_random, 50, 1500);
            await ActAsync();
        }
    });

    /// <summary>Does nothing but follow the room, and have the last command answered.</summary>
    public Task SettleAsync(TimeSpan until) => WaitAsync(() => _world.Now < until);

    /// <summary>As <see cref="SettleAsync"/>, but done as soon as it is so.</summary>
    public Task FollowAsync(TimeSpan until) => WaitAsync(() => _world.Now < until && !IsSettled);

    /// <summary>Sends a command once, and remembers it.</summary>
    public Task SendAsync(SentCommand sent) => Tab.Run(() => StartAsync(sent));

    /// <summary>Sends a command again, though it was answered, until it is answered again.</summary>
    public Task SendAgainAsync(SentCommand sent) => Tab.Run(async () =>
    {
        for (var attempt = 0; attempt < AttemptsMax && !await AttemptAsync(sent); attempt++)
            await _world.Clock.DelayAsync(TimeSpan.FromSeconds(1));
    });

    /// <summary>A message that nobody has sent yet.</summary>
    public SentCommand Chat()
    {
        var command = Tab.NewCommand("chat");
        var sent = new SentCommand(command, command.CommandId, (room, again) => room.SendChatAsync(again, $"{Tab.Name} says {again.CommandId}"), _world.Now) { IsSaying = true };
        _world.Ledger.Sent(sent);
        return sent;
    }

    /// <summary>A change of a message.</summary>
    public SentCommand Change(long offset, bool isDeletion)
    {
        var command = Tab.NewCommand("change");
        RoomAction action = isDeletion ? new DeleteChat { Offset = offset } : new EditChat { Offset = offset, Text = $"{Tab.Name} means {command.CommandId}" };
        var sent = new SentCommand(command, $"{command.CommandId} of {offset}", (room, again) => room.SayAsync(again with { Action = action }), _world.Now) { IsSaying = !isDeletion };
        _world.Ledger.Sent(sent);
        return sent;
    }

    /// <summary>Songs that nobody has queued yet.</summary>
    public SentCommand Enqueue(int count, int durationMsMin = 3_000, int durationMsMax = 40_000)
    {
        var command = Tab.NewCommand("enqueue");
        ImmutableArray<Track> tracks =
        [
            .. Enumerable.Range(0, count).Select(i => new Track
            {
                Url = $"/tracks/{command.CommandId}-{i}.wav",
                Title = command.CommandId,
                DurationMs = _random.Next(durationMsMin, durationMsMax),
            }),
        ];
        return new(command, command.CommandId, (room, again) => room.EnqueueAsync(again, tracks), _world.Now)
        {
            OnRefused = () =>
            {
                foreach (var track in tracks)
                    _world.Ledger.Refused(track.Url);
            },
        };
    }

    /// <summary>A sanction that names its command as its reason, so that a judge knows who asked for it.</summary>
    public SentCommand Sanction(string userId, SanctionKind kind, long? forMs)
    {
        var command = Tab.NewCommand("sanction");
        _world.Order.Asked(command);
        var action = new ApplySanction { Kind = kind, UserId = userId, Reason = command.CommandId, ForMs = forMs };
        return new(command, $"{command.CommandId} of {kind} for {userId}", (room, again) => room.ActAsync(again with { Action = action }), _world.Now);
    }

    /// <summary>Somebody else is to be the host.</summary>
    public SentCommand Transfer(string userId) => Act("transfer", new TransferHost { ToUserId = userId });

    private SentCommand Act(string kind, RoomAction action)
    {
        var command = Tab.NewCommand(kind);
        return new(command, $"{command.CommandId}: {action}", (room, again) => room.ActAsync(again with { Action = action }), _world.Now);
    }

    private Task WaitAsync(Func<bool> goesOn) => Tab.Run(async () =>
    {
        while (goesOn())
        {
            if (!Tab.IsFollowing)
                await Tab.FollowAsync();
            else if (_unsettled is { } sent)
                await AttemptAsync(sent);
            await _world.DelayAsync(_random, 200, 400);
        }
    });

    private Task ActAsync()
    {
        if (!Tab.IsFollowing)
            return Tab.FollowAsync();
        if (_unsettled is { } sent)
            return AttemptAsync(sent);
        return _random.Next(100) switch
        {
            < 4 => Tab.LeaveAsync(),
            < 9 => Tab.BreakAsync(),
            < 30 => StartAsync(Chat()),
            < 34 => SetRoleAsync(),
            < 41 => SanctionAsync(),
            < 45 => ChangeChatAsync(),
            < 53 => StartAsync(Enqueue(_random.Next(1, 3))),
            < 66 => VoteAsync(),
            < 71 => StartAsync("play", (room, command) => room.PlayAsync(command)),
            < 75 => StartAsync("pause", (room, command) => room.PauseAsync(command)),
            < 80 => SeekAsync(),
            < 84 => SkipAsync(),
            < 87 => VoteSkipAsync(),
            < 90 => RemoveAsync(),
            < 92 => TransferAsync(),
            < 95 => ReportPositionsAsync(),
            _ => ResendAsync(),
        };
    }

    /// <summary>Says something anew, or takes it back: something of one's own, if it is still there.</summary>
    private Task ChangeChatAsync()
    {
        var own = Tab.View.Chat.Values.Where(line => line.Publisher == Tab.UserId && line.Data.Read(WireJson.Default.ChatMessage) is { IsDeleted: false }).TakeLast(5).ToList();
        if (own.Count == 0)
            return Task.CompletedTask;
        return StartAsync(Change(Pick(own).Offset, isDeletion: _random.Next(3) == 0));
    }

    private Task VoteAsync()
    {
        // A second tab of the same user would not know what the first has voted.
        if (Tab.View.Queue is not { Window: { IsEmpty: false } window } || Tab.Name != Tab.UserId)
            return Task.CompletedTask;
        var entryId = Pick(window).EntryId;
        var value = _random.Next(-1, 2);
        var before = _world.Ledger.VoteOf(entryId, Tab.UserId);
        var command = Tab.NewCommand("vote");
        var nowMs = _world.Clock.NowMs;
        _world.Ledger.Vote(entryId, Tab.UserId, null, nowMs);
        return StartAsync(new(command, $"{command.CommandId} of {value} for {entryId}", (room, again) => room.VoteAsync(again, entryId, value), _world.Now)
        {
            OnCarriedOut = () => _world.Ledger.Vote(entryId, Tab.UserId, value, nowMs),
            OnRefused = () => _world.Ledger.Vote(entryId, Tab.UserId, before, 0),
        });
    }

    private Task SeekAsync()
    {
        if (Tab.View.Vector is not { EntryId: { } entryId } vector)
            return Task.CompletedTask;
        var positionMs = _random.NextInt64(vector.DurationMs);
        _world.Judge.MaySeek(entryId, positionMs);
        return StartAsync("seek", (room, command) => room.SeekAsync(command, entryId, positionMs));
    }

    /// <summary>The current song, or one that is over: that must change nothing (INV-Q7).</summary>
    private Task SkipAsync()
    {
        var ended = _world.Judge.Ended;
        if (ended.Count > 0 && _random.Next(2) == 0)
        {
            var staleId = Pick(ended);
            var stale = Tab.NewCommand("skip");
            return StartAsync(new(stale, $"{stale.CommandId} of {staleId}", (room, command) => room.SkipAsync(command, staleId), _world.Now)
            {
                OnCarriedOut = () => _world.Findings.Break("INV-Q7", $"{stale.CommandId} skipped {staleId}, which was over."),
            });
        }

        return Tab.View.Vector?.EntryId is { } entryId ? StartAsync("skip", (room, command) => room.SkipAsync(command, entryId)) : Task.CompletedTask;
    }

    private Task VoteSkipAsync() => Tab.View.Vector?.EntryId is { } entryId
        ? StartAsync("voteskip", (room, command) => room.VoteSkipAsync(command, entryId, isOn: true))
        : Task.CompletedTask;

    private Task RemoveAsync()
    {
        if (Tab.View.Queue is not { Window: { IsEmpty: false } window })
            return Task.CompletedTask;
        var entryId = Pick(window).EntryId;
        _world.Judge.MayRemove(entryId);
        return StartAsync("remove", (room, command) => room.RemoveEntryAsync(command, entryId));
    }

    private Task TransferAsync() => StartAsync(Transfer(Pick(_world.Listeners).Tab.UserId));

    /// <summary>Somebody is to have another role, or none: most may not say so.</summary>
    private Task SetRoleAsync()
    {
        var userId = Pick(_world.Listeners).Tab.UserId;
        var role = _random.Next(4) switch
        {
            0 => RoomRole.Dj,
            1 => RoomRole.Moderator,
            2 => RoomRole.CoHost,
            _ => RoomRole.Listener,
        };
        RoomAction action = role == RoomRole.Listener ? new RevokeRole { OfUserId = userId } : new GrantRole { ToUserId = userId, Role = role };
        return StartAsync(Act("role", action));
    }

    /// <summary>Somebody is kept from something for a few seconds, or is let again.</summary>
    private Task SanctionAsync()
    {
        var userId = Pick(_world.Listeners).Tab.UserId;
        var kind = _random.Next(4) switch
        {
            0 => SanctionKind.Mute,
            1 => SanctionKind.Timeout,
            2 when _world.Now < _kicksUntil => SanctionKind.Kick,
            _ => SanctionKind.Ban,
        };
        return StartAsync(_random.Next(3) == 0
            ? Act("lift", new LiftSanction { Kind = kind, UserId = userId })
            : Sanction(userId, kind, kind == SanctionKind.Kick ? null : _random.Next(2_000, 8_000)));
    }

    /// <summary>As a player does while it plays.</summary>
    private async Task ReportPositionsAsync()
    {
        for (var i = 0; i < 40 && Tab.IsFollowing && Tab.View.IsHost(Tab.UserId); i++)
        {
            if (Tab.View.Vector is not { EntryId: { } entryId, Status: PlaybackStatus.Playing } vector)
                return;
            var positionMs = vector.PositionAtMs(_world.Clock.NowMs);
            _world.Judge.MaySeek(entryId, positionMs);
            _ = ReportAsync(entryId, positionMs);
            await _world.Clock.DelayAsync(TimeSpan.FromMilliseconds(17));
        }
    }

    private async Task ReportAsync(string entryId, long positionMs)
    {
        try
        {
            await Tab.AskAsync(room => room.ReportHostPositionAsync(Tab.UserId, entryId, positionMs));
        }
        catch (Exception exception)
        {
            // A report is worth nothing a moment later.
            _world.Findings.Failed($"{Tab.Name} could not report", exception);
        }
    }

    /// <summary>A command that was answered, once more.</summary>
    private Task ResendAsync()
    {
        var again = _sent.Where(sent => sent.Receipt is not null && _world.Now - sent.SentAt < ResendAge).ToList();
        return again.Count == 0 ? Task.CompletedTask : AttemptAsync(Pick(again));
    }

    private Task StartAsync(string kind, Func<IRoomGrain, RoomCommand, Task<Answer<RoomReceipt>>> call)
    {
        var command = Tab.NewCommand(kind);
        return StartAsync(new(command, command.CommandId, call, _world.Now));
    }

    private async Task StartAsync(SentCommand sent)
    {
        _sent.Add(sent);
        _unsettled = sent;
        await AttemptAsync(sent);
    }

    /// <summary>Whether there was an answer that another attempt would not change.</summary>
    private async Task<bool> AttemptAsync(SentCommand sent)
    {
        var wasSettled = sent.IsSettled;
        var askedAtMs = _world.Clock.NowMs;
        try
        {
            var answer = await Tab.AskAsync(sent.SendAsync);
            _world.Findings.Note($"{sent.What}: {answer.Refusal?.Code ?? $"revision {answer.Value!.Revision} {answer.Value.Position}"}");
            if (answer.Refusal is { } refused)
                _world.Order.Refused(Tab.UserId, sent.What, refused.Code, askedAtMs, _world.Clock.NowMs);
            if (!sent.Take(answer, _world.Findings) || answer.Refusal is { Retryable: true })
                return false;
        }
        catch (Exception exception)
        {
            // The outcome is unknown: the same id again, later.
            _world.Findings.Failed(sent.What, exception);
            return false;
        }
        finally
        {
            if (ReferenceEquals(_unsettled, sent) && (sent.IsSettled || _world.Now - sent.SentAt > ResendAge))
                _unsettled = null;
        }

        if (!wasSettled)
            Settle(sent);
        return true;
    }

    private void Settle(SentCommand sent)
    {
        if (sent.Receipt is { } receipt)
        {
            _world.Ledger.Acknowledged(sent, receipt);
            _world.Order.CarriedOut(Tab.UserId, sent.What, (long)sent.SentAt.TotalMilliseconds, _world.Clock.NowMs, sent.IsSaying);
            sent.OnCarriedOut?.Invoke();
        }
        else
        {
            sent.OnRefused?.Invoke();
        }
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
