namespace WhatsSound.Tests.Rules.Composed;

/// <summary>What a model may do wrong, to see that its laws find it.</summary>
public enum Mistake
{
    None = 0,

    /// <summary>The answer to a command is remembered, but not saved with what it did.</summary>
    ReceiptIsNotSaved,

    /// <summary>What is to be published is forgotten when it is saved, before it is published.</summary>
    OutboxIsClearedBeforePublishing,

    /// <summary>A channel does not remember which ids it has published.</summary>
    IdsAreForgotten,

    /// <summary>A client takes a frame that does not continue what it has.</summary>
    GapIsIgnored,

    /// <summary>A client asks for a position of a numbering that is lost as if it were of the new one.</summary>
    StaleEpochIsAccepted,

    /// <summary>A write of unknown outcome is taken to have failed.</summary>
    LostAnswerIsAFailure,
}
