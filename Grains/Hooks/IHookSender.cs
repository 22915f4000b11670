namespace WhatsSound.Grains.Hooks;

/// <summary>Takes a batch to a receiver.</summary>
internal interface IHookSender
{
    /// <summary>Null: the receiver has it. Otherwise why not, in a few words for an operator. Cancelled, nobody knows. Does not throw anything else.</summary>
    Task<string?> SendAsync(HookEndpoint endpoint, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
