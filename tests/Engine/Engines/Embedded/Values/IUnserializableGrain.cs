namespace WhatsSound.Tests.Engine.Values;

internal interface IUnserializableGrain : IGrainWithStringKey
{
    Task Take(Plain plain);
}

internal sealed class Plain
{
    public string Text { get; set; } = "";
}

internal sealed class UnserializableGrain : Grain, IUnserializableGrain
{
    public Task Take(Plain plain) => Task.CompletedTask;
}
