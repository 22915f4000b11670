namespace WhatsSound.Tests.Engine.Grains;

public sealed class OtherStateGrain([PersistentState("engine-note")] IPersistentState<Note> note) : StateGrain(note), IOtherStateGrain;
