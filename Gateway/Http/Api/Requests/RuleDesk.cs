using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Gateway.Control;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>Shows rules, and sets them for the cluster while it runs, for whoever may (<c>admin</c>).</summary>
internal sealed class RuleDesk(ControlActs control)
{
    private const string Pattern = "pattern";

    public TypedRequest<Done, RuleList> Read => new(
        "GetRules",
        CallKind.Command,
        static _ => Done.Value,
        AdminRequests.Refuse,
        async (call, _) => new RuleList([.. await control.ReadRulesAsync(call.Asker.GivenUp)]),
        ApiJson.Default.RuleList) { IsRead = true, IsForServer = true };

    public TypedRequest<RuleArguments, ControlReceipt> Set => new(
        "SetRule",
        CallKind.Command,
        static reader => new RuleArguments(reader.Channel(Pattern), reader.Object("rule", RuleDocument.BytesMax)),
        AdminRequests.Refuse,
        SetAsync,
        ApiJson.Default.ControlReceipt) { IsForServer = true };

    public TypedRequest<string, ControlReceipt> Remove => new(
        "RemoveRule",
        CallKind.Command,
        static reader => reader.Channel(Pattern),
        AdminRequests.Refuse,
        (call, pattern) => control.RemoveRuleAsync(pattern, call.Asker.GivenUp),
        ApiJson.Default.ControlReceipt) { IsForServer = true };

    private async Task<Answer<ControlReceipt>> SetAsync(Call call, RuleArguments arguments)
    {
        using var rule = JsonDocument.Parse(arguments.Rule.Utf8);
        return await control.SetRuleAsync(arguments.Pattern, rule.RootElement, call.Asker.GivenUp);
    }

    internal sealed record RuleArguments(string Pattern, Payload Rule);
}
