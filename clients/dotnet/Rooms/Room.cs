using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>
/// A listening room from the client's side. Commands go out one after the other in the order given: chat in its order, all else in its own; one that got no answer is
/// sent again with the same id, for 60 s at most. Safe for all threads.
/// </summary>
public sealed class Room : IRoomStayOwner
{
    private readonly Ground _ground;
    private readonly Sequence _chat = new();
    private readonly Sequence _others = new();
    private RoomStay? _stay;
    private CancellationTokenSource _leaving = new();

    internal Room(string id, Ground ground) => (Id, _ground) = (id, ground);

    /// <summary>The room's state changed.</summary>
    public event Action<RoomState>? Changed;

    /// <summary>One publication was applied; each comes once, in order, with the name of its channel.</summary>
    public event Action<(string Channel, Publication Publication)>? Published;

    /// <summary>How the room's state came about: at the first join <c>Live</c>, after a new connection <c>Recovered</c> or <c>Lost</c>.</summary>
    public event Action<Verdict>? Recovered;

    /// <summary>The room cannot be joined again; the stay is over, the connection lives.</summary>
    public event Action<Refusal>? Ended;

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its state; null unless joined.</summary>
    public RoomState? State => _stay?.State;

    /// <summary>
    /// Joins and follows the room, over reconnects too, until <see cref="LeaveAsync"/>. Cancelling gives up the wait and not the wish. Refused with <c>LEFT</c> if leaving comes
    /// first; a join that succeeds after that is left again.
    /// </summary>
    /// <param name="info">What the others see of this user besides the token's name.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public Task<Answer<RoomState>> JoinAsync(JsonElement info = default, CancellationToken cancellationToken = default) => _ground.Turns.AskAsync(() =>
    {
        _ground.ThrowIfClosed();
        _leaving.Cancel();
        _stay ??= new RoomStay(Id, info, _ground, this);
        return _stay.Joined.WaitAsync(cancellationToken);
    });

    /// <summary>Leaves on purpose: the others see it at once. Null when this client is not in the room, whether it was or not; or why the server refused.</summary>
    public async Task<Refusal?> LeaveAsync(CancellationToken cancellationToken = default) =>
        (await _ground.Turns.AskAsync(() => LeaveInTurnAsync(cancellationToken)).ConfigureAwait(false)).Refusal;

    /// <summary>Says something.</summary>
    public Task<Answer<RoomReceipt>> SendChatAsync(string text, CancellationToken cancellationToken = default) =>
        CommandAsync("SendChat", new RoomRequest(Id, Text: text), cancellationToken);

    /// <summary>Adds songs to the queue.</summary>
    public Task<Answer<RoomReceipt>> EnqueueAsync(IReadOnlyList<Track> tracks, CancellationToken cancellationToken = default) =>
        CommandAsync("Enqueue", new RoomRequest(Id, Tracks: tracks), cancellationToken);

    /// <summary>Takes a song out of the queue.</summary>
    public Task<Answer<RoomReceipt>> RemoveEntryAsync(string entryId, CancellationToken cancellationToken = default) =>
        CommandAsync("RemoveEntry", new RoomRequest(Id, EntryId: entryId), cancellationToken);

    /// <summary>Sets one's vote on a queued song: -1, 0 or 1.</summary>
    public async Task<Answer<RoomReceipt>> VoteAsync(string entryId, int value, CancellationToken cancellationToken = default)
    {
        var voted = await CommandAsync("Vote", new RoomRequest(Id, EntryId: entryId, Value: value), cancellationToken).ConfigureAwait(false);
        await UpdateAsync(voted, state => RoomFold.WithMyVote(state, entryId, value)).ConfigureAwait(false);
        return voted;
    }

    /// <summary>Sets one's vote to skip the current song.</summary>
    public async Task<Answer<RoomReceipt>> VoteSkipAsync(string entryId, bool isOn, CancellationToken cancellationToken = default)
    {
        var voted = await CommandAsync("VoteSkip", new RoomRequest(Id, EntryId: entryId, IsOn: isOn), cancellationToken).ConfigureAwait(false);
        await UpdateAsync(voted, state => RoomFold.WithMySkipVote(state, entryId, isOn)).ConfigureAwait(false);
        return voted;
    }

    /// <summary>Plays on.</summary>
    public Task<Answer<RoomReceipt>> PlayAsync(CancellationToken cancellationToken = default) => CommandAsync("Play", new RoomRequest(Id), cancellationToken);

    /// <summary>Stands still.</summary>
    public Task<Answer<RoomReceipt>> PauseAsync(CancellationToken cancellationToken = default) => CommandAsync("Pause", new RoomRequest(Id), cancellationToken);

    /// <summary>Goes to a place in the current song.</summary>
    public Task<Answer<RoomReceipt>> SeekAsync(string entryId, TimeSpan position, CancellationToken cancellationToken = default) =>
        CommandAsync("Seek", new RoomRequest(Id, EntryId: entryId, PositionMs: (long)position.TotalMilliseconds), cancellationToken);

    /// <summary>Ends the current song.</summary>
    public Task<Answer<RoomReceipt>> SkipAsync(string entryId, CancellationToken cancellationToken = default) =>
        CommandAsync("Skip", new RoomRequest(Id, EntryId: entryId), cancellationToken);

    /// <summary>Makes another member the host.</summary>
    public Task<Answer<RoomReceipt>> TransferHostAsync(string toUserId, CancellationToken cancellationToken = default) =>
        CommandAsync("TransferHost", new RoomRequest(Id, ToUserId: toUserId), cancellationToken);

    /// <summary>A hint that the player reached the end of a song; sent once, and not at all while there is no connection.</summary>
    public Task ReportEndedAsync(string entryId) => HintAsync("ReportEnded", new RoomRequest(Id, EntryId: entryId));

    /// <summary>A hint where the host's player is; sent once, and not at all while there is no connection.</summary>
    public Task ReportHostPositionAsync(string entryId, TimeSpan position) =>
        HintAsync("ReportHostPosition", new RoomRequest(Id, EntryId: entryId, PositionMs: (long)position.TotalMilliseconds));

    void IRoomStayOwner.OnChanged(RoomState state) => Changed.Tell(state, _ground.Fail);

    void IRoomStayOwner.OnPublication(string channel, Publication publication) => Published.Tell((channel, publication), _ground.Fail);

    void IRoomStayOwner.OnRecovered(Verdict verdict) => Recovered.Tell(verdict, _ground.Fail);

    void IRoomStayOwner.OnEnded(RoomStay stay, Refusal? refusal)
    {
        if (_stay != stay)
            return;
        _stay = null;
        if (refusal is not null)
            Ended.Tell(refusal, _ground.Fail);
    }

    void IRoomStayOwner.OnUnknown() => _ = _ground.Turns.AskAsync(() => SendLeaveAsync(CancellationToken.None));

    private Task<Answer<RoomReceipt>> CommandAsync(string method, RoomRequest request, CancellationToken asked)
    {
        var sequence = method == "SendChat" ? _chat : _others;
        var command = request with { CommandId = Ids.New() };
        return _ground.Turns.AskAsync(() =>
        {
            var stay = _stay ?? throw Refusals.NotInRoom();
            return sequence.RunAsync(() => _ground.SendAsync(method, command, ClientJson.Default.RoomReceipt, stay.Wanted, asked));
        });
    }

    private Task UpdateAsync(Answer<RoomReceipt> answer, Func<RoomState, RoomState> change) => _ground.Turns.RunAsync(() =>
    {
        if (!answer.IsRefused)
            _stay?.Update(change);
        return Task.CompletedTask;
    });

    private Task HintAsync(string method, RoomRequest request) => _ground.Turns.RunAsync(async () =>
    {
        try
        {
            if (_stay is not null)
                await _ground.InvokeAsync(method, request, ClientJson.Default.Object);
        }
        catch (Exception exception) when (exception is RefusedException or LinkDownException)
        {
            // A hint.
        }
    });

    private async Task<bool> LeaveInTurnAsync(CancellationToken asked)
    {
        if (_stay is null)
            return true;
        _stay.End();
        return await SendLeaveAsync(asked);
    }

    private async Task<bool> SendLeaveAsync(CancellationToken asked)
    {
        using var leaving = new CancellationTokenSource();
        _leaving = leaving;
        try
        {
            // A join under way comes before this on the connection that both are sent on.
            await _ground.SendAsync("LeaveRoom", new RoomRequest(Id, CommandId: Ids.New()), ClientJson.Default.Object, leaving.Token, asked);
        }
        catch (RefusedException exception) when (exception.Refusal.Code is "NOT_MEMBER" or "ROOM_NOT_FOUND" or "ROOM_CLOSED" or "BANNED" or "KICKED" or RefusalCodes.Left)
        {
            // Whoever is not in the room has left it.
        }
        finally
        {
            if (_leaving == leaving)
                _leaving = new();
        }

        return true;
    }
}
