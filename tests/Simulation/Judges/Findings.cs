namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>
/// What a run has done so far, and which laws it has broken. The laws are those of the listening room's invariants. Safe from any thread.
/// </summary>
internal sealed class Findings(Func<TimeSpan> elapsed)
{
    /// <summary>The end of the story is what explains a broken law.</summary>
    private const int NotesMax = 400;

    /// <summary>How far virtual time may get, with real threads, between a reading of the clock and what follows from it.</summary>
    public const int SlackMs = 250;

    private readonly Lock _gate = new();
    private readonly Queue<string> _notes = new();
    private readonly List<string> _broken = [];

    public IReadOnlyList<string> Broken
    {
        get
        {
            lock (_gate)
                return [.. _broken];
        }
    }

    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_gate)
                return [.. _notes];
        }
    }

    public void Note(string what)
    {
        lock (_gate)
        {
            _notes.Enqueue($"{elapsed():mm\\:ss\\.fff} {what}");
            if (_notes.Count > NotesMax)
                _notes.Dequeue();
        }
    }

    public void Break(string law, string how)
    {
        lock (_gate)
            _broken.Add($"{law}: {how}");
        Note($"BROKEN {law}: {how}");
    }

    /// <summary>A call has thrown. That is the weather, where the network, the cluster or the database may have done it; anything else is a fault of the product.</summary>
    public void Failed(string what, Exception exception)
    {
        if (exception is TimeoutException or OperationCanceledException or OrleansException)
            Note($"{what}: {exception.GetType().Name} {exception.Message}");
        else
            Break("No call fails by a fault of the product", $"{what}: {exception}");
    }

    public void Check(bool holds, string law, Func<string> how)
    {
        if (!holds)
            Break(law, how());
    }
}
