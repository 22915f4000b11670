using System.Collections.Concurrent;

namespace WhatsSound.Tests.Engine.Grains;

public class StateGrain([PersistentState("engine-note")] IPersistentState<Note> note) : Grain, IStateGrain
{
    private static readonly ConcurrentDictionary<string, int> Incarnations = new(StringComparer.Ordinal);

    private int incarnation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        incarnation = Incarnations.AddOrUpdate(IdentityString, 1, static (_, last) => last + 1);
        return Task.CompletedTask;
    }

    public Task<Seen> Read() => Task.FromResult(Look());

    public async Task<Seen> Write(string text)
    {
        note.State.Text = text;
        await note.WriteStateAsync();
        return Look();
    }

    public Task Change(string text)
    {
        note.State.Text = text;
        return Task.CompletedTask;
    }

    public async Task<Seen> Refresh()
    {
        await note.ReadStateAsync();
        return Look();
    }

    public async Task<Seen> Clear()
    {
        await note.ClearStateAsync();
        return Look();
    }

    public async Task<string> TryWrite(string text)
    {
        try
        {
            await Write(text);
            return "written";
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }

    private Seen Look() => new(note.State.Text, note.RecordExists, note.Etag, incarnation);
}
