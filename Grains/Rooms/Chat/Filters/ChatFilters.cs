namespace WhatsSound.Grains.Rooms;

/// <summary>All filters of a silo, one after another.</summary>
internal sealed class ChatFilters(IEnumerable<IChatFilter> filters)
{
    private readonly IChatFilter[] _filters = [.. filters];

    /// <summary>What is said of the text; FILTERED, if nothing is.</summary>
    public (string Text, Refusal? Refusal) Judge(ChatDraft draft)
    {
        foreach (var filter in _filters)
        {
            var verdict = filter.Judge(draft);
            if (verdict.IsRefused)
                return (draft.Text, Refused(verdict.Reason));
            draft = draft with { Text = verdict.Replacement ?? draft.Text };
        }

        // What a filter made of it has to be a text too.
        return (draft.Text, ChatRules.Check(draft.Text) is null ? null : Refused("replacement"));
    }

    private static Refusal Refused(string? reason) => Refusals.Final(RefusalCode.Filtered, "The text is not taken here.", reason);
}
