namespace WhatsSound.Tests.Engine.Grains;

/// <summary>A state as storage sees it.</summary>
[GenerateSerializer, Alias("engine.note")]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "empty";
}
