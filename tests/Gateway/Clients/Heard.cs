namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>What was told, in order, and a way to wait for it.</summary>
internal sealed class Heard<T>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<T> _all = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }

    public void Add(T one)
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            _all.Add(one);
            told = _more;
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        told.SetResult();
    }

    /// <summary>What was told until now is of no interest any more.</summary>
    public void Forget()
    {
        lock (_gate)
            _all.Clear();
    }

    public async Task<IReadOnlyList<T>> UntilAsync(Func<IReadOnlyList<T>, bool> condition)
    {
        while (true)
        {
            Task more;
            IReadOnlyList<T> all;
            lock (_gate)
                (more, all) = (_more.Task, [.. _all]);
            if (condition(all))
                return all;
            await more.WaitAsync(Limit);
        }
    }
}
