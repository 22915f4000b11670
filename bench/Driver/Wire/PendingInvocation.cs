using System.Text.Json;

namespace WhatsSound.Bench.Wire;

/// <summary>The one call of a connection whose answer somebody waits for.</summary>
internal sealed class PendingInvocation
{
    private const byte RecordEnd = 0x1E;

    private readonly TaskCompletionSource<JsonElement> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString("n");

    public Task<JsonElement> Completion => _completion.Task;

    /// <summary>Ends the wait if the answer is among <paramref name="text"/>.</summary>
    public void Look(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split(RecordEnd))
        {
            var record = text[range];
            if (record.StartsWith(HubMessages.CompletionStart) && Read(record) is { } completion && IsMine(completion))
                _completion.TrySetResult(completion);
        }
    }

    public void Fail(string reason) => _completion.TrySetException(new InvalidOperationException(reason));

    private static JsonElement Read(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        return JsonElement.ParseValue(ref reader);
    }

    private bool IsMine(JsonElement completion) => completion.GetProperty("invocationId").ValueEquals(Id);
}
