namespace WhatsSound.Control;

/// <summary>
/// What is set for the whole cluster while it runs: channel rules, and which tokens count no more. What was answered is saved. Silos and gateways follow it; none is told. Bounds: 1,000 rules and 10,000
/// revocations.
/// </summary>
[Alias("ws.IControlGrain"), GrainInterfaceType("ws.IControlGrain")]
public interface IControlGrain : IGrainWithStringKey
{
    /// <summary>The key of the only one.</summary>
    public const string Key = "control:cluster";

    /// <summary>The most rules that are set.</summary>
    public const int RulesMax = 1_000;

    /// <summary>The most revocations that hold.</summary>
    public const int RevocationsMax = 10_000;

    /// <summary>The most revocations in an answer.</summary>
    public const int PageMax = 1_000;

    /// <summary>What has changed since what the caller knows. Waits for nothing, also while something is being saved: it answers what was saved before.</summary>
    /// <param name="rulesVersion">The version of the rules that the caller knows; 0: none.</param>
    /// <param name="revocationsNumber">The number of the newest revocation that it knows; 0: none.</param>
    [Alias("Read"), AlwaysInterleave]
    Task<ControlChanges> ReadAsync(long rulesVersion, long revocationsNumber);

    /// <summary>
    /// Sets the rule of a pattern: it takes the place of one that is configured, or was set before. Refusals: BAD_REQUEST for what is no rule, or weakens what the product depends on; CONTROL_LIMIT.
    /// </summary>
    /// <param name="pattern">Its pattern.</param>
    /// <param name="document">The rule, in JSON.</param>
    [Alias("SetRule")]
    Task<Answer<ControlReceipt>> SetRuleAsync(string pattern, string document);

    /// <summary>Takes a rule back that was set: what is configured holds again. Idempotent. Refusals: BAD_REQUEST.</summary>
    [Alias("RemoveRule")]
    Task<Answer<ControlReceipt>> RemoveRuleAsync(string pattern);

    /// <summary>
    /// Has tokens count no more. The same again takes the place of the one before. Refusals: BAD_REQUEST; CONTROL_LIMIT while as many hold as are kept.
    /// </summary>
    /// <param name="revocation">Which; its number and times are given here.</param>
    [Alias("Revoke")]
    Task<Answer<ControlReceipt>> RevokeAsync(Revocation revocation);

    /// <summary>Takes a revocation back: the tokens that it was about count again, if they have not run out. Idempotent; nothing happens where none holds that has the number.</summary>
    /// <param name="number">Its number.</param>
    [Alias("RemoveRevocation")]
    Task<Answer<ControlReceipt>> RemoveRevocationAsync(long number);
}
