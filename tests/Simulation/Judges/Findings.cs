namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>What a run has done so far, and which laws it has broken. The laws are those of the listening room's invariants.</summary>
internal sealed class Findings(Func<TimeSpan> elapsed)
{
    /// <summary>The end of the story is what explains a broken law.</summary>
    private const int NotesMax = 400;

    private readonly Queue<string> _notes = new();
    private readonly List<string> _broken = [];

    public IReadOnlyList<string> Broken => _broken;

    public IEnumerable<string> Notes => _notes;

    public void Note(string what)
    {
        _notes.Enqueue($"{elapsed():mm\\:ss\\.fff} {what}");
        if (_notes.Count > NotesMax)
            _notes.Dequeue();
    }

    public void Break(string law, string how)
    {
        _broken.Add($"{law}: {how}");
        Note($"BROKEN {law}: {how}");
    }

    public void Check(bool holds, string law, Func<string> how)
    {
        if (!holds)
            Break(law, how());
    }
}
