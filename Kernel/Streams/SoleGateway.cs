namespace WhatsSound.Streams;

/// <summary>
/// The gateway of this process, where no other process can have the same database. What a process before it held, as its gateway, is gone with that process.
/// </summary>
/// <param name="Id">Another for each process.</param>
public sealed record SoleGateway(Guid Id);
