using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Hooks;

/// <summary>What one request to a receiver has: a JSON object with its events, each as it was put into the outbox.</summary>
internal static class HookBody
{
    public static ReadOnlyMemory<byte> Of(IReadOnlyList<OutboxRow> rows)
    {
        using var body = new MemoryStream(rows.Sum(static row => row.Content.Length + 1) + 16);
        body.Write("""{"events":["""u8);
        for (var index = 0; index < rows.Count; index++)
        {
            if (index > 0)
                body.WriteByte((byte)',');
            body.Write(rows[index].Content);
        }

        body.Write("]}"u8);
        return body.ToArray();
    }
}
