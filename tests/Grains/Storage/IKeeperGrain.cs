namespace WhatsSound.Tests.Grains.Storage;

[Alias("ws.test.IKeeperGrain"), GrainInterfaceType("ws.test.IKeeperGrain")]
public interface IKeeperGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task WriteAsync(KeeperState value);

    /// <summary>Whether the storage refuses the write as inconsistent.</summary>
    [Alias("IsOvertaken")]
    Task<bool> IsOvertakenAsync(KeeperState value);

    [Alias("Read")]
    Task<KeeperState> ReadAsync();

    [Alias("Clear")]
    Task ClearAsync();
}
