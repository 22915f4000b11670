using System.Text;

namespace WhatsSound.Bench.Traffic;

/// <summary>Counts what the server answered to the publisher.</summary>
internal sealed class PublisherAnswers
{
    private long _refused;
    private string? _firstRefusal;

    /// <summary>How many publications were refused since this was last asked, and what the first of them was told.</summary>
    public long TakeRefused(out string? first)
    {
        first = Interlocked.Exchange(ref _firstRefusal, null);
        return Interlocked.Exchange(ref _refused, 0);
    }

    public void OnText(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("\"ok\":false"u8) < 0 && text.IndexOf("\"error\":\""u8) < 0)
            return;

        Interlocked.Increment(ref _refused);
        if (Volatile.Read(ref _firstRefusal) is null)
            Volatile.Write(ref _firstRefusal, Encoding.UTF8.GetString(text));
    }
}
