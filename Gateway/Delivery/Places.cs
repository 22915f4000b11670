namespace WhatsSound.Gateway.Delivery;

/// <summary>So many may be at something at once; the others wait, in the order in which they came. How many may wait is whoever uses it to say.</summary>
internal sealed class Places(int max)
{
    private readonly Lock _gate = new();
    private Queue<TaskCompletionSource>? _waiting;
    private int _taken;

    /// <summary>Done when the caller has a place; <see cref="Leave"/> must follow.</summary>
    public Task EnterAsync()
    {
        lock (_gate)
        {
            if (_taken < max)
            {
                _taken++;
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_waiting ??= []).Enqueue(turn);
            return turn.Task;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (_waiting is null || !_waiting.TryDequeue(out var next))
                _taken--;
            else
                next.SetResult();
        }
    }
}
