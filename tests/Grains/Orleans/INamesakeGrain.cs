namespace WhatsSound.Tests.Grains.Orleans;

[Alias("ws.test.INamesakeGrain"), GrainInterfaceType("ws.test.INamesakeGrain")]
public interface INamesakeGrain : IGrainWithStringKey
{
    [Alias("ReadName")]
    Task<string> ReadNameAsync();
}
