using System.Text.Json;
using WhatsSound.Grains.Rooms;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>The room's row: it takes a write only from who has read the last, and may fail before or after it has.</summary>
internal sealed class ModelStore(RoomJudge judge)
{
    private string _row = JsonSerializer.Serialize(new RoomState());

    public enum Outcome
    {
        Saved,
        Unknown,
        Overtaken,
    }

    public int Version { get; private set; }

    public int WritesToFail { get; set; }

    public int AnswersToLose { get; set; }

    public RoomState Read() => JsonSerializer.Deserialize<RoomState>(_row)!;

    /// <summary>Writes over the version that the writer knows; null: over whatever is there.</summary>
    public Outcome Write(RoomState state, int? known)
    {
        if (WritesToFail > 0)
        {
            WritesToFail--;
            return Outcome.Unknown;
        }

        if (known is { } version && version != Version)
            return Outcome.Overtaken;
        _row = JsonSerializer.Serialize(state);
        Version++;
        judge.Saw(state);
        if (AnswersToLose == 0)
            return Outcome.Saved;
        AnswersToLose--;
        return Outcome.Unknown;
    }
}
