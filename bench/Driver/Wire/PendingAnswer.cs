using System.Diagnostics;
using System.Text;

namespace WhatsSound.Bench.Wire;

/// <summary>The one request of a connection whose answer somebody waits for: the first text in which <paramref name="marker"/> occurs.</summary>
internal sealed class PendingAnswer(string marker)
{
    private readonly byte[] _marker = Encoding.UTF8.GetBytes(marker);
    private readonly TaskCompletionSource<Answer> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Answer> Completion => _completion.Task;

    public void Look(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf(_marker) >= 0)
            _completion.TrySetResult(new Answer(Encoding.UTF8.GetString(text), Stopwatch.GetTimestamp()));
    }

    public void Fail(string reason) => _completion.TrySetException(new InvalidOperationException(reason));
}
