namespace WhatsSound.Tests.Engine.Grains;

/// <summary>Mutable, nested, and with a member that stays behind.</summary>
[GenerateSerializer, Alias("engine.box")]
public sealed class Box
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public Dictionary<string, Box> Inner { get; set; } = [];

    public string NotSent { get; set; } = "default";
}
