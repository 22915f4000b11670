namespace WhatsSound.Tests.Rules.Composed;

/// <summary>What a model may do wrong, to see that its laws find it.</summary>
public enum Mistake
{
    None = 0,

    /// <summary>The answer to a command is remembered, but not in the entry of what it did.</summary>
    ReceiptIsNotSaved,

    /// <summary>What an entry leads to counts as published when it is written, before it is.</summary>
    PublishedBeforeItIs,

    /// <summary>An event is left out when the journal is folded.</summary>
    EventIsSkipped,

    /// <summary>The journal is trimmed up to the snapshot, with the answers that are there.</summary>
    AnswersAreTrimmed,

    /// <summary>A channel does not remember which ids it has published.</summary>
    IdsAreForgotten,

    /// <summary>A client takes a frame that does not continue what it has.</summary>
    GapIsIgnored,

    /// <summary>A client asks for a position of a numbering that is lost as if it were of the new one.</summary>
    StaleEpochIsAccepted,

    /// <summary>A write of unknown outcome is taken to have failed.</summary>
    LostAnswerIsAFailure,
}
