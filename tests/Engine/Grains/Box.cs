namespace WhatsSound.Tests.Engine.Grains;

/// <summary>Mutable, nested, and with a member that stays behind.</summary>
#pragma warning disable ORLEANS0004 // What becomes of a member without an id is what is tested.
[GenerateSerializer, Alias("engine.box")]
public sealed class Box
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public Dictionary<string, Box> Inner { get; set; } = [];

    public string NotSent { get; set; } = "default";
}
#pragma warning restore ORLEANS0004
