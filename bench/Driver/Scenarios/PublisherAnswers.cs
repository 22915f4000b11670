using System.Text;

namespace WhatsSound.Bench.Scenarios;

/// <summary>Counts what the server answered to the publisher.</summary>
internal sealed class PublisherAnswers
{
    private long _refused;
    private string? _firstRefusal;

    public long Refused => Volatile.Read(ref _refused);

    public string? FirstRefusal => Volatile.Read(ref _firstRefusal);

    public void OnText(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("\"ok\":false"u8) < 0 && text.IndexOf("\"error\":\""u8) < 0)
            return;

        Interlocked.Increment(ref _refused);
        if (FirstRefusal is null)
            Volatile.Write(ref _firstRefusal, Encoding.UTF8.GetString(text));
    }
}
