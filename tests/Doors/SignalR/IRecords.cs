namespace WhatsSound.Tests.Doors.SignalR;

/// <summary>One of SignalR's transports, from the client's side; disposed of, it ends the connection without a word.</summary>
internal interface IRecords : IDisposable
{
    Task SendAsync(byte[] bytes);

    /// <summary>Some of what the server sent, in order; null at the end.</summary>
    Task<byte[]?> ReceiveAsync();
}
