namespace WhatsSound.Grains.Storage;

/// <summary>How a grain's state becomes another one.</summary>
internal static class StateReplacement
{
    /// <summary>
    /// The state is the next one, and saved; nothing is done where it is the same. What could not be saved did not happen; and since another activation may have saved, or nobody knows, the grain gives up, so that
    /// whoever comes next reads what is there.
    /// </summary>
    /// <param name="stored">The grain's.</param>
    /// <param name="next">What it is to be.</param>
    /// <param name="giveUp">Ends the activation.</param>
    /// <param name="save">How it is saved, unless it is written.</param>
    /// <returns>Whether it was saved.</returns>
    public static async Task<bool> ReplaceAsync<TState>(this IPersistentState<TState> stored, TState next, Action giveUp, Func<Task>? save = null)
        where TState : class
    {
        var before = stored.State;
        if (ReferenceEquals(next, before))
            return false;
        stored.State = next;
        try
        {
            await (save is null ? stored.WriteStateAsync() : save());
            return true;
        }
        catch
        {
            stored.State = before;
            giveUp();
            throw;
        }
    }
}
