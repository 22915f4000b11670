using System.Collections.Concurrent;
using System.Globalization;
using WhatsSound.Client;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Simulation.Resumes;
using FrameMessage = WhatsSound.Gateway.Messages.FrameMessage;

namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>A session of a gateway, and what it is sent of a room's playback.</summary>
/// <param name="gateway">Whose session it is.</param>
/// <param name="onVector">Called as the server sends it.</param>
internal sealed class SyncSocket(ResumeGateway gateway, Action<PlaybackVector> onVector) : ISessionSocket
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Reply>> _asked = new(StringComparer.Ordinal);
    private Session _session = null!;
    private int _requests;

    public IWireFormat Format => JsonHubFormat.Instance;

    public TimeSpan Silence => TimeSpan.Zero;

    public async Task OpenAsync(string userId) => _session = await gateway.OpenAsync(userId, this);

    public Task EndAsync() => gateway.EndAsync(_session);

    public async Task<object> AskAsync(string request, object fields) =>
        ValueOf(await AnsweredAsync(reference => gateway.RunAsync(_session, reference, request, fields)), request);

    public async Task<TimeResult> AskTimeAsync(long sentUs) => (TimeResult)ValueOf(await AnsweredAsync(reference => gateway.AskTimeAsync(_session, reference, sentUs)), "Time");

    public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message is AnswerMessage answer)
                _asked[(string)answer.Reference].SetResult(answer.Reply);
            else if (message is FrameMessage { Frame: var frame })
                Take(frame);
        }

        return ValueTask.CompletedTask;
    }

    public void Close()
    {
    }

    public void Cut()
    {
    }

    private void Take(WhatsSound.Publications.ChannelFrame frame)
    {
        foreach (var publication in frame.Publications)
        {
            if (publication.Event == "playback")
                onVector(publication.Data.Read(ClientJson.Default.PlaybackVector)!);
        }
    }

    private async Task<Reply> AnsweredAsync(Func<string, Task> ask)
    {
        var reference = Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture);
        var answer = _asked[reference] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await ask(reference);
        var reply = await answer.Task;
        _asked.TryRemove(reference, out _);
        return reply;
    }

    private static object ValueOf(Reply reply, string request) => reply.Value ?? throw new InvalidOperationException($"{request} was refused: {reply.Refusal}");
}
